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
import { beatKey, beatPartition, dependencyKey, partitions } from "../../../shared/aws/keys.ts";
import { cadenceMs } from "../../../shared/contracts/api/cadence.ts";
import type { Dependency } from "../../../shared/dependencies/dependency.ts";
import { beatCadencesMs, beatOf, beatsUntilMs, nextCheckMs } from "../../../shared/dependencies/next-check.ts";
import { dependencyFixture } from "../../unit/sync-fixtures.ts";

/** What DynamoDB is asked for, as it counts it: an eventual Query in 0.5 and a consistent read in 1 for each 4 KB. */
export type Counts = { indexEntries: number; items: number; readUnits: number; writes: number; requests: number };

const unitBytes = 4_096;
const known = new Set<string>([...partitions.dueDependencies, ...beatCadencesMs.map(beatPartition)]);
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
  const everyMs = cadenceMs(cadence);
  const counts: Counts = { indexEntries: 0, items: 0, readUnits: 0, writes: 0, requests: 0 };
  const isoOf = (number: number): string => new Date(nextCheck[number] ?? 0).toISOString();

  /** The index: every one waits on its beat, so that it never changes. */
  const entries: { position: string; number: number }[] = [];
  for (let number = 0; number < size; number += 1) {
    const id = idOf(number);
    nextCheck[number] = nextCheckMs({ id, cadence, health: healthy }, startMs);
    const beat = beatOf({ id, cadence, nextCheckAt: isoOf(number) });
    if (beat === undefined) throw new Error(`${cadence} is none of the cadences with a beat`);
    entries.push({ position: beatKey(id, beat).GSI2SK, number });
  }
  entries.sort((a, b) => (a.position < b.position ? -1 : 1));

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

  /** Where the entries begin that are not below `position`. */
  const firstFrom = (position: string): number => {
    let [low, high] = [0, entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((entries[middle]?.position ?? "") < position) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const query = ({ IndexName, ExpressionAttributeValues: values = {}, Limit = 0 }: QueryCommand["input"]) => {
    const partition = String(values[":pk"]);
    if (IndexName !== "GSI2" || !known.has(partition)) throw new Error(`a query that no index serves: ${partition}`);
    const [from, to] = [String(values[":from"]), String(values[":to"])];
    const first = firstFrom(from);
    const page = partition === beatPartition(everyMs) ? entries.slice(first, first + Limit) : [];
    const Items = page
      .filter(({ position }) => position <= to)
      .map(({ position, number }) => ({
        ...dependencyKey(tenantOf(number), idOf(number)),
        GSI2PK: partition,
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

  const send = async (command: unknown): Promise<unknown> => {
    counts.requests += 1;
    if (command instanceof QueryCommand) return query(command.input);
    if (command instanceof BatchGetCommand) return batchGet(command.input.RequestItems ?? {});
    if (command instanceof UpdateCommand) counts.writes += 1;
    throw new Error("the schedule sent a command that reads or writes in another way");
  };

  return {
    // A client that sends nothing.
    table: { client: Object.assign(DynamoDBDocumentClient.from(new DynamoDBClient()), { send }), tableName: "table" },
    counts,
    /** What the check of a dependency writes: when the next one is. */
    checked(id: string, nowMs: number): void {
      nextCheck[numberOf(id)] = nextCheckMs({ id, cadence, health: healthy }, nowMs);
    },
    /** Counted one by one, without the index. */
    dueAt: (nowMs: number): number => nextCheck.reduce((due, atMs) => due + (atMs <= beatsUntilMs(nowMs) ? 1 : 0), 0),
  };
};
