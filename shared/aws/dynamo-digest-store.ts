import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Digest } from "../alerts/digests/digest.ts";
import type { DigestStore } from "../alerts/digests/ports.ts";
import { whileContended } from "./contention.ts";
import { defaultDeliveryRetentionDays } from "./dynamo-delivery-store.ts";
import { readRange, readShards } from "./dynamo-list.ts";
import { changeEntity, type DynamoTable, newItem } from "./dynamo-table.ts";
import { writeItem } from "./item-codec.ts";
import { deliveryItem } from "./items/alert-items.ts";
import { digestEntryItem, digestItem } from "./items/digest-items.ts";
import { digestEntries, digestKey, dueUntil, partitions } from "./keys.ts";

const retentionDays = defaultDeliveryRetentionDays;
const digestCodec = digestItem(retentionDays);
const entryCodec = digestEntryItem(retentionDays);

export const dynamoDigestStore = (table: DynamoTable): DigestStore => {
  const { client, tableName } = table;

  /** The digest as it is while it is open: written with each entry, on condition that nobody closed it. */
  const openDigest = (digest: Digest) => ({
    TableName: tableName,
    Item: { ...writeItem(digestCodec, digest), rev: 0 },
    ConditionExpression: "attribute_not_exists(PK) OR #status = :open",
    ExpressionAttributeNames: { "#status": "status" },
    ExpressionAttributeValues: { ":open": "open" },
  });

  const mark = async (digest: Digest, status: Digest["status"]): Promise<void> => {
    await changeEntity(table, digestCodec, digestKey(digest), (found) =>
      found.status === "sent" || found.status === status ? undefined : { ...found, status },
    );
  };

  return {
    collect: (delivery, entry, digest) =>
      whileContended(`digest ${digest.id}`, async () => {
        const { id, tenantId, dueAt } = digest;
        try {
          await client.send(
            new TransactWriteCommand({
              TransactItems: [
                { Put: newItem(tableName, deliveryItem(retentionDays), delivery) },
                { Put: openDigest(digest) },
                { Put: newItem(tableName, entryCodec, { ...entry, digest: { id, tenantId, dueAt } }) },
              ],
            }),
          );
          return "collected" as const;
        } catch (error) {
          if (!(error instanceof TransactionCanceledException)) throw error;
          const [ofDelivery, ofDigest] = (error.CancellationReasons ?? []).map(({ Code }) => Code);
          if (ofDelivery === "ConditionalCheckFailed") return "known" as const;
          if (ofDigest === "ConditionalCheckFailed") return "closed" as const;
          throw error;
        }
      }),

    async listDue(nowMs, limit) {
      const ranges = partitions.dueDigests.map(
        (partition) => ({ index: "GSI2", partition, to: dueUntil(nowMs), order: "oldestFirst" }) as const,
      );
      const found = await readShards(table, digestCodec, ranges, undefined, limit);
      return found.flatMap(({ value }) => (value === undefined || value.status === "sent" ? [] : [value]));
    },

    close: (digest) => mark(digest, "closed"),

    async listEntries({ tenantId, id }, limit) {
      const range = { partition: partitions.digest(tenantId, id), ...digestEntries, order: "oldestFirst" } as const;
      const found = await readRange(table, entryCodec, range, undefined, limit);
      return found.flatMap(({ value }) => {
        if (value === undefined) return [];
        const { digest: _, ...entry } = value;
        return [entry];
      });
    },

    markSent: (digest) => mark(digest, "sent"),
  };
};
