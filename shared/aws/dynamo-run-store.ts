import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { ConflictError } from "../jobs/errors.ts";
import {
  applyRunEnd,
  isOpenRun,
  newRun,
  openRunsLookedAt,
  type RunRecord,
  type RunStore,
} from "../orchestrator/run-record.ts";
import { isConditionFailure } from "./contention.ts";
import { readPage, readRange } from "./dynamo-list.ts";
import { changeEntity, type DynamoTable, getAttributes, getEntity, putNew } from "./dynamo-table.ts";
import { runItem } from "./items/run-item.ts";
import { partitions, runCounterKey, runKey } from "./keys.ts";

export type DynamoRunStoreOptions = DynamoTable & {
  /** Days for which a run is kept. */
  runRetentionDays: number;
};

const counterAnswer = z.object({ lastId: z.int().positive() });
const coverage = z.object({ coveredMs: z.int().optional() });

/** Runs of the orchestrator in DynamoDB: one partition in the order of their ids, and a counter that gives those out. */
export const dynamoRunStore = (options: DynamoRunStoreOptions): RunStore => {
  const table: DynamoTable = options;
  const { client, tableName } = options;
  const codec = runItem(options.runRetentionDays);
  const range = { partition: partitions.runs, order: "newestFirst" } as const;

  const nextId = async (): Promise<number> => {
    const { Attributes } = await client.send(
      new UpdateCommand({
        TableName: tableName,
        Key: runCounterKey,
        UpdateExpression: "ADD lastId :one",
        ExpressionAttributeValues: { ":one": 1 },
        ReturnValues: "UPDATED_NEW",
      }),
    );
    return counterAnswer.parse(Attributes).lastId;
  };

  const put = async (run: RunRecord): Promise<RunRecord> => {
    if (!(await putNew(table, codec, run))) throw new ConflictError(`orchestrator run ${run.id} exists already`);
    return run;
  };

  return {
    async begin(startedAt, dryRun) {
      return (await put(newRun(await nextId(), startedAt, dryRun))).id;
    },

    async complete(end) {
      await changeEntity(table, codec, runKey(end.id), (run) => applyRunEnd(run, end));
    },

    async record(run) {
      return put({ ...run, id: await nextId() });
    },

    get: (runId) => getEntity(table, codec, runKey(runId)),

    async addOutcomes(runId, { completed, failed }) {
      try {
        await client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: runKey(runId),
            UpdateExpression: "ADD jobsCompleted :completed, jobsFailed :failed, rev :one",
            ConditionExpression: "attribute_exists(PK)",
            ExpressionAttributeValues: { ":completed": completed, ":failed": failed, ":one": 1 },
          }),
        );
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
      }
    },

    async list(limit) {
      const read = (after: string | undefined, count: number) => readRange(table, codec, range, after, count);
      const { items } = await readPage<RunRecord>("runs", { limit }, read, (run) => !isOpenRun(run));
      return items;
    },

    async coveredMs() {
      return coverage.parse((await getAttributes(table, runCounterKey)) ?? {}).coveredMs;
    },

    async noteCovered(untilMs) {
      try {
        await client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: runCounterKey,
            UpdateExpression: "SET coveredMs = :until",
            ConditionExpression: "attribute_not_exists(coveredMs) OR coveredMs < :until",
            ExpressionAttributeValues: { ":until": untilMs },
          }),
        );
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
      }
    },

    async listOpen() {
      const entries = await readRange(table, codec, range, undefined, openRunsLookedAt);
      return entries.flatMap(({ value }) => (value !== undefined && isOpenRun(value) ? [value] : []));
    },
  };
};
