import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { beatCadencesMs, beatsUntilMs, phasesBetween } from "../dependencies/next-check.ts";
import type { DependencyStore, DueWindow } from "../dependencies/ports.ts";
import { applyNotice, applyPatch, coveredBy, dueBatchSize, isDue, isSubscriber } from "../dependencies/transitions.ts";
import { subscriptionList } from "../jobs/cursor.ts";
import { ConflictError } from "../jobs/errors.ts";
import { isConditionFailure, whileContended } from "./contention.ts";
import { type Entry, type KeyRange, mergeShards, readPage, readRange } from "./dynamo-list.ts";
import { changeEntity, type DynamoTable, getEntity, putNew } from "./dynamo-table.ts";
import { dependencyItem, presentDependency, type StoredDependency } from "./items/dependency-item.ts";
import {
  beatAsDue,
  beatPartition,
  dependencyKey,
  dueMs,
  dueUntil,
  partitions,
  phaseRange,
  subscriptionsTo,
} from "./keys.ts";

const present = ({ position, value }: Entry<StoredDependency>) => ({ position, value: presentDependency(value) });

/** Where to look for what is due: at moments of their own, and at the beats that have come up. */
const dueRanges = ({ nowMs, coveredMs }: DueWindow): KeyRange[] => [
  ...partitions.dueDependencies.map(
    (partition): KeyRange => ({ index: "GSI2", partition, to: dueUntil(nowMs), order: "oldestFirst" }),
  ),
  ...beatCadencesMs.flatMap((everyMs) =>
    phasesBetween(everyMs, coveredMs, beatsUntilMs(nowMs)).map(
      ({ cycleMs, fromMs, toMs }): KeyRange => ({
        index: "GSI2",
        partition: beatPartition(everyMs),
        ...phaseRange(fromMs, toMs),
        order: "oldestFirst",
        rank: (position) => beatAsDue(position, cycleMs),
      }),
    ),
  ),
];

export const dynamoDependencyStore = (table: DynamoTable): DependencyStore => ({
  async create(dependency) {
    if (!(await putNew(table, dependencyItem, { ...dependency, isRemoved: false })))
      throw new ConflictError(`dependency ${dependency.id} exists already`);
  },

  async get(tenantId, dependencyId) {
    return presentDependency(await getEntity(table, dependencyItem, dependencyKey(tenantId, dependencyId)));
  },

  list(tenantId, page) {
    const range = { partition: partitions.dependencies(tenantId), order: "newestFirst" } as const;
    return readPage(`dependencies/${tenantId}`, page, async (after, count) =>
      (await readRange(table, dependencyItem, range, after, count)).map(present),
    );
  },

  async update(tenantId, dependencyId, patch, atMs) {
    const { after } = await changeEntity(table, dependencyItem, dependencyKey(tenantId, dependencyId), (stored) =>
      stored.isRemoved ? undefined : { ...applyPatch(stored, patch, atMs), isRemoved: false },
    );
    return presentDependency(after);
  },

  async remove(tenantId, dependencyId) {
    const { after } = await changeEntity(table, dependencyItem, dependencyKey(tenantId, dependencyId), (stored) =>
      stored.isRemoved ? undefined : { ...stored, isRemoved: true },
    );
    return after !== undefined;
  },

  async *due(window) {
    // The index may lag behind a check that was just planned, a removal or a pause.
    for await (const entries of mergeShards(table, dependencyItem, dueRanges(window), dueBatchSize)) {
      const dependencies = entries
        .map(({ value }) => presentDependency(value))
        .filter((dependency) => dependency !== undefined)
        .filter((dependency) => isDue(dependency, window.nowMs));
      yield { dependencies, coveredMs: coveredBy(dueMs(entries.at(-1)?.position ?? ""), window) };
    }
  },

  async subscribers(surfaceId, { after, limit }) {
    const range = { index: "GSI1", partition: partitions.subscribers(surfaceId), order: "oldestFirst" } as const;
    const entries = await readRange(table, dependencyItem, range, after, limit);
    // The index may lag behind who left, or was disabled.
    const subscribers = entries
      .map(({ value }) => presentDependency(value))
      .filter((dependency) => dependency?.providerSurfaceId === surfaceId)
      .filter((dependency) => dependency !== undefined)
      .filter(isSubscriber);
    return { subscribers, next: entries.length < limit ? undefined : entries.at(-1)?.position };
  },

  subscriptions(tenantId, page, surfaceId) {
    const range = {
      index: "GSI2",
      partition: partitions.subscriptions(tenantId),
      ...(surfaceId === undefined ? {} : subscriptionsTo(surfaceId)),
      order: "oldestFirst",
    } as const;
    return readPage(subscriptionList(tenantId, surfaceId), page, async (after, count) =>
      (await readRange(table, dependencyItem, range, after, count)).map(present),
    );
  },

  async noteNotice(tenantId, dependencyId, toldUnhealthy) {
    const { after } = await changeEntity(table, dependencyItem, dependencyKey(tenantId, dependencyId), (stored) =>
      stored.isRemoved ? undefined : { ...applyNotice(stored, toldUnhealthy), isRemoved: false },
    );
    return presentDependency(after);
  },

  planCheck: (read, nextCheckAt) =>
    whileContended(`dependency ${read.id}`, async () => {
      const { GSI2PK, GSI2SK } = dependencyItem.place({ ...read, nextCheckAt, isRemoved: false });
      try {
        await table.client.send(
          new UpdateCommand({
            TableName: table.tableName,
            Key: dependencyKey(read.tenantId, read.id),
            UpdateExpression: "SET nextCheckAt = :next, GSI2PK = :partition, GSI2SK = :position, rev = rev + :one",
            // `isPlanOf`, in DynamoDB's words.
            ConditionExpression:
              "nextCheckAt = :read AND enabled = :true AND isRemoved = :false AND health.#status = :status",
            ExpressionAttributeNames: { "#status": "status" },
            ExpressionAttributeValues: {
              ":next": nextCheckAt,
              ":partition": GSI2PK,
              ":position": GSI2SK,
              ":one": 1,
              ":read": read.nextCheckAt,
              ":true": true,
              ":false": false,
              ":status": read.health.status,
            },
          }),
        );
        return true;
      } catch (error) {
        if (isConditionFailure(error)) return false;
        throw error;
      }
    }),
});
