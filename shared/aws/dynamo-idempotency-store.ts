import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { answerToRepeat, idempotencyInProgressMs, idempotencyRetentionMs } from "../tenants/idempotency.ts";
import type { IdempotencyStore } from "../tenants/ports.ts";
import { isConditionFailure, ReadAgain, whileContended } from "./contention.ts";
import { changeEntity, type DynamoTable, getEntity, newItem } from "./dynamo-table.ts";
import { idempotentRequestItem } from "./items/tenant-items.ts";
import { idempotencyKey } from "./keys.ts";

/** `answerToRepeat` in DynamoDB's words: when a request may begin. TTL deletes late, so expiry is compared here. */
const mayBegin =
  "attribute_not_exists(PK) OR expiresAtMs <= :nowMs" +
  " OR (requestSha256 = :requestSha256 AND attribute_not_exists(#response) AND startedAtMs <= :deadSinceMs)";

export const dynamoIdempotencyStore = (table: DynamoTable): IdempotencyStore => ({
  begin: (tenantId, key, requestSha256, nowMs) =>
    whileContended("this Idempotency-Key", async () => {
      const expiresAtMs = nowMs + idempotencyRetentionMs;
      const request = { tenantId, key, requestSha256, startedAtMs: nowMs, expiresAtMs };
      try {
        await table.client.send(
          new PutCommand({
            ...newItem(table.tableName, idempotentRequestItem, request),
            ConditionExpression: mayBegin,
            ExpressionAttributeNames: { "#response": "response" },
            ExpressionAttributeValues: {
              ":nowMs": nowMs,
              ":requestSha256": requestSha256,
              ":deadSinceMs": nowMs - idempotencyInProgressMs,
            },
          }),
        );
        return { outcome: "begun" };
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
        const stored = await getEntity(table, idempotentRequestItem, idempotencyKey(tenantId, key));
        const answer = stored === undefined ? undefined : answerToRepeat(stored, requestSha256, nowMs);
        if (answer === undefined) throw new ReadAgain();
        return answer;
      }
    }),

  async complete(tenantId, key, response) {
    await changeEntity(table, idempotentRequestItem, idempotencyKey(tenantId, key), (request) =>
      request.response === undefined ? { ...request, response } : undefined,
    );
  },

  async abandon(tenantId, key) {
    try {
      await table.client.send(
        new DeleteCommand({
          TableName: table.tableName,
          Key: idempotencyKey(tenantId, key),
          ConditionExpression: "attribute_not_exists(#response)",
          ExpressionAttributeNames: { "#response": "response" },
        }),
      );
    } catch (error) {
      if (!isConditionFailure(error)) throw error;
    }
  },
});
