import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { CheckStore } from "../checks/ports.ts";
import { applyFailedCheck, applyHandOver, applyPostponedCheck, applyUnchangedCheck } from "../checks/transitions.ts";
import type { Dependency } from "../dependencies/dependency.ts";
import type { SyncJob } from "../jobs/job.ts";
import { whileContended } from "./contention.ts";
import { changeEntity, type DynamoTable, getAttributes, newItem } from "./dynamo-table.ts";
import { itemChange } from "./item-change.ts";
import { readItem, writeItem } from "./item-codec.ts";
import { dependencyItem } from "./items/dependency-item.ts";
import { jobItem } from "./items/job-item.ts";
import { dependencyKey } from "./keys.ts";

export type DynamoCheckStoreOptions = DynamoTable & {
  /** Days after its end for which a job is kept. */
  jobRetentionDays: number;
};

/** What came of checks, in DynamoDB: one update of the dependency, or one transaction with a new job. */
export const dynamoCheckStore = (options: DynamoCheckStoreOptions): CheckStore => {
  const table: DynamoTable = options;
  const codec = jobItem(options.jobRetentionDays);

  const changeAlone = async (
    { tenantId, id }: Dependency,
    apply: (dependency: Dependency) => Dependency | undefined,
  ): Promise<boolean> => {
    const { after } = await changeEntity(table, dependencyItem, dependencyKey(tenantId, id), (stored) => {
      const next = stored.isRemoved ? undefined : apply(stored);
      return next === undefined ? undefined : { ...next, isRemoved: false };
    });
    return after !== undefined;
  };

  const changeWithJob = (
    { tenantId, id }: Dependency,
    apply: (dependency: Dependency) => { dependency: Dependency; job: SyncJob } | undefined,
  ): Promise<SyncJob | undefined> =>
    whileContended(`dependency ${id}`, async () => {
      const attributes = await getAttributes(table, dependencyKey(tenantId, id));
      const stored = attributes === undefined ? undefined : readItem(dependencyItem, attributes);
      if (attributes === undefined || stored === undefined || stored.isRemoved) return undefined;
      const changed = apply(stored);
      if (changed === undefined) return undefined;
      const put = newItem(table.tableName, codec, changed.job);
      const next = writeItem(dependencyItem, { ...changed.dependency, isRemoved: false });
      const update = itemChange(table.tableName, attributes, next);
      await table.client.send(new TransactWriteCommand({ TransactItems: [{ Put: put }, { Update: update }] }));
      return readItem(codec, put.Item);
    });

  return {
    recordUnchanged: (seen, found) => changeAlone(seen, (stored) => applyUnchangedCheck(stored, seen, found)),
    recordPostponed: (seen, wait) => changeAlone(seen, (stored) => applyPostponedCheck(stored, seen, wait)),
    recordFailed: async (seen, job, failure) =>
      (await changeWithJob(seen, (stored) => applyFailedCheck(stored, seen, job, failure))) !== undefined,
    handOver: (seen, job) => changeWithJob(seen, (stored) => applyHandOver(stored, seen, job)),
  };
};
