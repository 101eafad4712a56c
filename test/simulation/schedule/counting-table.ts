import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  DynamoDBDocumentClient,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { writeItem } from "../../../shared/aws/item-codec.ts";
import { dependencyItem } from "../../../shared/aws/items/dependency-item.ts";
import { dependencyKey, dueDependencyKey, partitions } from "../../../shared/aws/keys.ts";
import type { Dependency } from "../../../shared/dependencies/dependency.ts";
import { nextCheckMs } from "../../../shared/dependencies/next-check.ts";
import { dependencyFixture } from "../../unit/sync-fixtures.ts";

/** What DynamoDB is asked for, as it counts it: an eventual Query in 0.5 and a consistent read in 1 for each 4 KB. */
export type Counts = { indexEntries: number; items: number; readUnits: number; writes: number; requests: number };

const unitBytes = 4_096;
const minuteMs = 60_000;
/** DynamoDB ends a page of a Query at 1 MB; a `Limit` of the adapter comes first. */
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const idOf = (number: number): string => `01KDTV0000DEP${String(number).padStart(13, "0")}`;
const numberOf = (id: string): number => Number(id.slice(13));
const tenantOf = (number: number): string => `01KDTV000000TENANT${String(number % 1_000).padStart(8, "0")}`;
const healthy = { status: "healthy", consecutiveFailures: 0 } as const;

/**
 * A table of very many dependencies under the real DynamoDB adapter: it answers the commands that the schedule sends, keeps
 * of each dependency no more than when its next check is, and counts what it is asked for.
 */
export const createCountingTable = (size: number, cadence: string, startMs: number, hosts: number) => {
  const nextCheck = new Float64Array(size);
  const shardNumbers = new Map(partitions.dueDependencies.map((name, shard) => [name, shard]));
  const shardOf = new Uint8Array(size);
  /** By shard, then by minute: which dependencies are due in it. */
  const buckets = partitions.dueDependencies.map(() => new Map<number, Set<number>>());
  const counts: Counts = { indexEntries: 0, items: 0, readUnits: 0, writes: 0, requests: 0 };

  const bucketOf = (number: number): Set<number> => {
    const minutes = buckets[shardOf[number] ?? 0] ?? new Map<number, Set<number>>();
    const minute = Math.floor((nextCheck[number] ?? 0) / minuteMs);
    const bucket = minutes.get(minute) ?? new Set();
    minutes.set(minute, bucket);
    return bucket;
  };
  const isoOf = (number: number): string => new Date(nextCheck[number] ?? 0).toISOString();
  const positionOf = (number: number): string => dueDependencyKey(idOf(number), isoOf(number)).GSI2SK;

  for (let number = 0; number < size; number += 1) {
    const id = idOf(number);
    nextCheck[number] = nextCheckMs({ id, cadence, health: healthy }, startMs);
    shardOf[number] = shardNumbers.get(dueDependencyKey(id, isoOf(number)).GSI2PK) ?? 0;
    bucketOf(number).add(number);
  }

  const dependencyOf = (number: number): Dependency =>
    dependencyFixture({
      id: idOf(number),
      tenantId: tenantOf(number),
      specUrl: `https://h${number % hosts}.example.com/${number}/openapi.json`,
      cadence,
      nextCheckAt: isoOf(number),
      currentSnapshotId: `01KDTV0000SNAPSHOT00000001-${"0".repeat(32)}`,
      bodySha256: "ab".repeat(32),
      etag: '"33a64df551425fcc55e4d42a148795d9f25f89d4"',
    });

  /** Entries of a shard between two positions, in order. */
  const entriesBetween = (shard: number, from: string, to: string, limit: number) => {
    const minutes = buckets[shard] ?? new Map<number, Set<number>>();
    const first = from === " " ? 0 : Math.floor(Date.parse(from.split("#")[0] ?? "") / minuteMs);
    const last = Math.floor(Date.parse(to.split("#")[0] ?? "") / minuteMs);
    const found: { position: string; number: number }[] = [];
    for (const minute of [...minutes.keys()].filter((one) => one >= first && one <= last).sort((a, b) => a - b)) {
      if (found.length >= limit) break;
      const all = [...(minutes.get(minute) ?? [])].map((number) => ({ position: positionOf(number), number }));
      const within = all.filter(({ position }) => position >= from && position <= to);
      found.push(...within.sort((a, b) => (a.position < b.position ? -1 : 1)));
    }
    return found.slice(0, limit);
  };

  const query = ({ IndexName, ExpressionAttributeValues: values = {}, Limit = 0 }: QueryCommand["input"]) => {
    const shard = shardNumbers.get(String(values[":pk"]));
    if (IndexName !== "GSI2" || shard === undefined) throw new Error(`a query that no index serves: ${values[":pk"]}`);
    const found = entriesBetween(shard, String(values[":from"]), String(values[":to"]), Limit);
    const Items = found.map(({ position, number }) => ({
      ...dependencyKey(tenantOf(number), idOf(number)),
      GSI2PK: values[":pk"],
      GSI2SK: position,
    }));
    counts.indexEntries += Items.length;
    counts.readUnits += 0.5 * Math.max(1, Math.ceil(bytesOf(Items) / unitBytes));
    return { Items, ...(Items.length === Limit ? { LastEvaluatedKey: Items.at(-1) } : {}) };
  };

  const batchGet = (requests: NonNullable<BatchGetCommandInput["RequestItems"]>) => {
    const [[tableName, { Keys = [] }] = ["", {}]] = Object.entries(requests);
    const items = Keys.map(({ SK }) => ({
      ...writeItem(dependencyItem, { ...dependencyOf(numberOf(String(SK))), isRemoved: false }),
      rev: 1,
    }));
    counts.items += items.length;
    for (const item of items) counts.readUnits += Math.ceil(bytesOf(item) / unitBytes);
    return { Responses: { [tableName]: items } };
  };

  /** The one conditional update that plans a check. */
  const update = ({ Key, ExpressionAttributeValues: values = {} }: UpdateCommand["input"]) => {
    const number = numberOf(String(Key?.SK));
    if (values[":read"] !== isoOf(number)) throw new Error(`${Key?.SK} was planned by another one`);
    bucketOf(number).delete(number);
    nextCheck[number] = Date.parse(String(values[":next"]));
    bucketOf(number).add(number);
    if (values[":position"] !== positionOf(number)) throw new Error(`${Key?.SK} is not where its next check puts it`);
    counts.writes += 1;
    return {};
  };

  const send = async (command: unknown): Promise<unknown> => {
    counts.requests += 1;
    if (command instanceof QueryCommand) return query(command.input);
    if (command instanceof BatchGetCommand) return batchGet(command.input.RequestItems ?? {});
    if (command instanceof UpdateCommand) return update(command.input);
    throw new Error("the schedule sent a command that reads or writes in another way");
  };

  return {
    // A client that sends nothing.
    table: { client: Object.assign(DynamoDBDocumentClient.from(new DynamoDBClient()), { send }), tableName: "table" },
    counts,
    /** Counted one by one, without the index. */
    dueAt: (nowMs: number): number => nextCheck.reduce((due, atMs) => due + (atMs <= nowMs ? 1 : 0), 0),
  };
};
