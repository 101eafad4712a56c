import { PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { EmbedJob } from "../embeddings/embed-job.ts";
import type { EmbedJobStore, SearchManifestStore } from "../embeddings/ports.ts";
import { isConditionFailure, ReadAgain, whileContended } from "./contention.ts";
import { mergeShards, readShards } from "./dynamo-list.ts";
import { type DynamoTable, getAttributes, getEntity, putNew } from "./dynamo-table.ts";
import { itemChange } from "./item-change.ts";
import { readItem, writeItem } from "./item-codec.ts";
import { embedJobItem, searchManifestItem } from "./items/embed-items.ts";
import { embeddedOtherwise, embedJobKey, partitions, searchManifestKey } from "./keys.ts";

/** DynamoDB's most for one BatchGetItem. */
const unfinishedPerBatch = 100;

/** Embed jobs in DynamoDB: one item a dependency, read and written on condition that nobody wrote it in between. */
export const dynamoEmbedJobStore = (table: DynamoTable): EmbedJobStore => ({
  get: (id) => getEntity(table, embedJobItem, embedJobKey(id)),
  change: (id, change) =>
    whileContended(`embed job of ${id.dependencyId}`, async () => {
      const item = await getAttributes(table, embedJobKey(id));
      const before = item === undefined ? undefined : readItem(embedJobItem, item);
      const after = change(before);
      if (after === undefined) return before;
      const next = writeItem(embedJobItem, after);
      if (item !== undefined) await table.client.send(new UpdateCommand(itemChange(table.tableName, item, next)));
      else if (!(await putNew(table, embedJobItem, after))) throw new ReadAgain();
      return readItem(embedJobItem, next);
    }),
  async *unfinished() {
    const ranges = partitions.unfinishedEmbedJobs.map(
      (partition) => ({ index: "GSI2", partition, order: "oldestFirst" }) as const,
    );
    for await (const batch of mergeShards(table, embedJobItem, ranges, unfinishedPerBatch))
      yield batch.flatMap(({ value }) => (value === undefined ? [] : [value]));
  },
  async listOutdated(now, limit) {
    const found: EmbedJob[] = [];
    for (const range of embeddedOtherwise(now)) {
      const ranges = partitions.embedded.map(
        (partition) => ({ index: "GSI2", partition, ...range, order: "oldestFirst" }) as const,
      );
      const entries = await readShards(table, embedJobItem, ranges, undefined, limit - found.length);
      found.push(...entries.flatMap(({ value }) => (value === undefined ? [] : [value])));
      if (found.length >= limit) break;
    }
    return found;
  },
});

/** Manifests of tenants' indexes in DynamoDB. */
export const dynamoSearchManifestStore = (table: DynamoTable): SearchManifestStore => ({
  get: (tenantId) => getEntity(table, searchManifestItem, searchManifestKey(tenantId)),
  async replace(next) {
    const isFirst = next.version === 1;
    try {
      await table.client.send(
        new PutCommand({
          TableName: table.tableName,
          Item: { ...writeItem(searchManifestItem, next), rev: next.version },
          ConditionExpression: isFirst ? "attribute_not_exists(PK)" : "rev = :before",
          ...(isFirst ? {} : { ExpressionAttributeValues: { ":before": next.version - 1 } }),
        }),
      );
      return true;
    } catch (error) {
      if (isConditionFailure(error)) return false;
      throw error;
    }
  },
});
