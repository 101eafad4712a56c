import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { endedPause, type Pause, pauseTarget } from "../pauses/pause.ts";
import type { PauseStore } from "../pauses/ports.ts";
import { ReadAgain, whileContended } from "./contention.ts";
import { readPage, readRange } from "./dynamo-list.ts";
import { type DynamoTable, getEntity, newItem, putNew } from "./dynamo-table.ts";
import { pauseItem } from "./items/pause-item.ts";
import { activePauseKey, partitions } from "./keys.ts";

/** Pauses that last at once; far above what people set, and one Query of 1 MB at most. */
const maxActivePauses = 2_000;

/** Pauses in DynamoDB: a partition of those that last, read by whatever starts work, and one of those that ended. */
export const dynamoPauseStore = (table: DynamoTable): PauseStore => {
  const listActive = async (): Promise<Pause[]> => {
    const range = { partition: partitions.activePauses, order: "oldestFirst" } as const;
    const entries = await readRange(table, pauseItem, range, undefined, maxActivePauses);
    return entries.flatMap(({ value }) => (value === undefined ? [] : [value]));
  };

  return {
    listActive,

    begin: (pause) =>
      whileContended(`pause ${pauseTarget(pause)}`, async () => {
        if (await putNew(table, pauseItem, pause)) return { created: true, pause };
        const there = await getEntity(table, pauseItem, activePauseKey(pauseTarget(pause)));
        // It ended between the two.
        if (there === undefined) throw new ReadAgain();
        return { created: false, pause: there };
      }),

    async end(pauseId, end) {
      const found = (await listActive()).find(({ id }) => id === pauseId);
      if (found === undefined) return undefined;
      const after = endedPause(found, end);
      try {
        await table.client.send(
          new TransactWriteCommand({
            TransactItems: [
              {
                Delete: {
                  TableName: table.tableName,
                  Key: activePauseKey(pauseTarget(found)),
                  ConditionExpression: "id = :id",
                  ExpressionAttributeValues: { ":id": pauseId },
                },
              },
              { Put: newItem(table.tableName, pauseItem, after) },
            ],
          }),
        );
        return after;
      } catch (error) {
        if (isEndedByAnother(error)) return undefined;
        throw error;
      }
    },

    listEnded: (page, tenantId) =>
      readPage(
        `endedPauses/${tenantId ?? "*"}`,
        page,
        (after, count) =>
          readRange(table, pauseItem, { partition: partitions.endedPauses, order: "newestFirst" }, after, count),
        tenantId === undefined ? undefined : (pause) => pause.tenantId === tenantId,
      ),
  };
};

const isEndedByAnother = (error: unknown): boolean =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).some(({ Code }) => Code === "ConditionalCheckFailed");
