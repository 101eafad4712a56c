import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { SignalStore } from "../first-signal/ports.ts";
import { isConditionFailure } from "./contention.ts";
import type { DynamoTable } from "./dynamo-table.ts";
import { readItem, writeItem } from "./item-codec.ts";
import { signalItem } from "./items/signal-item.ts";
import { signalKey } from "./keys.ts";

/** Signals in DynamoDB; read with half a unit, since an entry only counts beside the run, or while it is fresh. */
export const dynamoSignalStore = ({ client, tableName }: DynamoTable, keyPrefix: string): SignalStore => {
  const codec = signalItem(keyPrefix);
  return {
    async get(tenantId, runId) {
      const Key = signalKey(keyPrefix, { tenantId, runId });
      const { Item } = await client.send(new GetCommand({ TableName: tableName, Key }));
      return Item === undefined ? undefined : readItem(codec, Item);
    },
    async put(entry) {
      try {
        await client.send(
          new PutCommand({
            TableName: tableName,
            Item: writeItem(codec, entry),
            ConditionExpression: "attribute_not_exists(PK) OR checkedAtMs <= :checkedAtMs",
            ExpressionAttributeValues: { ":checkedAtMs": entry.checkedAtMs },
          }),
        );
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
      }
    },
  };
};
