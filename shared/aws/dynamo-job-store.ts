import { TransactWriteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Dependency } from "../dependencies/dependency.ts";
import { applyNewJob, applySyncFailure, applySyncResult, freeDependency } from "../dependencies/transitions.ts";
import { jobList } from "../jobs/cursor.ts";
import { LeaseLostError, NotFoundError } from "../jobs/errors.ts";
import { isTerminal, type Lease, type SyncJob } from "../jobs/job.ts";
import type { JobStore } from "../jobs/ports.ts";
import {
  applyCancel,
  applyCancelRequest,
  applyFailure,
  applyFinish,
  applyRelease,
  applyRequeue,
  claimRefusal,
  hasCommitted,
  isHeldBy,
  isRetryable,
  leaseOf,
  stageAfter,
} from "../jobs/transitions.ts";
import { isConditionFailure, ReadAgain, whileContended } from "./contention.ts";
import { readPage, readRange, readShards } from "./dynamo-list.ts";
import { changeEntity, type DynamoTable, getAttributes, getEntity, newItem } from "./dynamo-table.ts";
import { itemChange } from "./item-change.ts";
import { type Attributes, readItem, writeItem } from "./item-codec.ts";
import { dependencyItem, type StoredDependency } from "./items/dependency-item.ts";
import { jobItem, storedCheckpoint, storedProgress } from "./items/job-item.ts";
import { dependencyKey, type ItemKey, jobKey, partitions } from "./keys.ts";

export type DynamoJobStoreOptions = DynamoTable & {
  /** Days after its end for which a job is kept. */
  jobRetentionDays: number;
};

/**
 * Jobs in DynamoDB. What a worker does under its lease is one update fenced by term and owner; what ends or begins an
 * attempt is read, changed by the pure transition, and written on condition that nothing came between, in one
 * transaction with the dependency.
 */
export const dynamoJobStore = (options: DynamoJobStoreOptions): JobStore => {
  const table: DynamoTable = options;
  const { client, tableName } = options;
  const codec = jobItem(options.jobRetentionDays);

  const getJob = (jobId: string): Promise<SyncJob | undefined> => getEntity(table, codec, jobKey(jobId));

  /** One update of a job; `undefined` when `condition` does not hold. Names and values are those of the expressions. */
  const updateJob = async (
    jobId: string,
    condition: string,
    change: { set: string; remove?: string; names: readonly string[]; paths?: Record<string, string> },
    values: Attributes,
  ): Promise<SyncJob | undefined> => {
    try {
      const { Attributes: attributes } = await client.send(
        new UpdateCommand({
          TableName: tableName,
          Key: jobKey(jobId),
          ConditionExpression: `attribute_exists(PK) AND ${condition}`,
          UpdateExpression: `SET ${change.set}, rev = rev + :one${change.remove === undefined ? "" : ` REMOVE ${change.remove}`}`,
          ExpressionAttributeNames: {
            ...Object.fromEntries(change.names.map((name) => [`#${name}`, name])),
            ...change.paths,
          },
          ExpressionAttributeValues: { ...values, ":one": 1 },
          ReturnValues: "ALL_NEW",
        }),
      );
      return readItem(codec, { ...attributes });
    } catch (error) {
      if (isConditionFailure(error)) return undefined;
      throw error;
    }
  };

  /** The fence: see `isHeldBy`. */
  const fence = "#status = :running AND #term = :term AND #leaseOwner = :owner";
  const fenceNames = ["status", "term", "leaseOwner"] as const;
  const fenceValues = ({ term, owner }: Lease) => ({ ":running": "running", ":term": term, ":owner": owner });
  const lost = ({ jobId, stage, term }: Lease): LeaseLostError => new LeaseLostError(jobId, stage, term);

  type Read<T> = { attributes: Attributes & ItemKey; value: T };

  const readJob = async (jobId: string): Promise<Read<SyncJob> | undefined> => {
    const attributes = await getAttributes(table, jobKey(jobId));
    return attributes === undefined ? undefined : { attributes, value: readItem(codec, attributes) };
  };

  const readDependency = async (job: SyncJob): Promise<Read<StoredDependency> | undefined> => {
    const attributes = await getAttributes(table, dependencyKey(job.tenantId, job.dependencyId));
    return attributes === undefined ? undefined : { attributes, value: readItem(dependencyItem, attributes) };
  };

  /** The dependency that `job` may be begun for. @throws NotFoundError */
  const readClaimable = async (job: SyncJob): Promise<Read<StoredDependency>> => {
    const found = await readDependency(job);
    if (found === undefined || found.value.isRemoved) throw new NotFoundError("dependency", job.dependencyId);
    return found;
  };

  const dependencyChange = ({ attributes, value }: Read<StoredDependency>, next: Dependency) =>
    itemChange(tableName, attributes, writeItem(dependencyItem, { ...next, isRemoved: value.isRemoved }));

  /** Writes the changed job, and its dependency where that changes too, or neither. */
  const saveBoth = async (
    job: Read<SyncJob>,
    next: SyncJob,
    changeDependency: (dependency: Dependency) => Dependency,
    dependency?: Read<StoredDependency>,
  ): Promise<SyncJob> => {
    const written = writeItem(codec, next);
    const found = dependency ?? (await readDependency(next));
    const changes = [itemChange(tableName, job.attributes, written)];
    if (found !== undefined) changes.push(dependencyChange(found, changeDependency(found.value)));
    await client.send(new TransactWriteCommand({ TransactItems: changes.map((Update) => ({ Update })) }));
    return readItem(codec, written);
  };

  /** Ends an open attempt; gives the job as it stands when the attempt is over. */
  const endAttempt = (
    jobId: string,
    attempt: number,
    end: (job: SyncJob) => SyncJob,
    changeDependency: (dependency: Dependency) => Dependency,
  ): Promise<SyncJob | undefined> =>
    whileContended(`job ${jobId}`, async () => {
      const job = await readJob(jobId);
      if (job === undefined || job.value.attempt !== attempt || isTerminal(job.value.status)) return job?.value;
      return saveBoth(job, end(job.value), changeDependency);
    });

  return {
    create: (job) =>
      whileContended(`dependency ${job.dependencyId}`, async () => {
        const dependency = await readClaimable(job);
        const { activeJobId } = dependency.value;
        const active = activeJobId === undefined ? undefined : await getJob(activeJobId);
        if (active !== undefined) {
          if (isTerminal(active.status)) throw new ReadAgain();
          return { created: false, job: active };
        }
        const begun = applyNewJob(dependency.value, job);
        const put = newItem(tableName, codec, begun.job);
        const claim = dependencyChange(dependency, begun.dependency);
        await client.send(new TransactWriteCommand({ TransactItems: [{ Put: put }, { Update: claim }] }));
        return { created: true, job: readItem(codec, put.Item) };
      }),

    get: getJob,

    listByDependency: (tenantId, dependencyId, page) => {
      const partition = partitions.jobsOfDependency(tenantId, dependencyId);
      return readPage<SyncJob>(jobList(tenantId, dependencyId), page, (after, count) =>
        readRange(table, codec, { index: "GSI1", partition, order: "newestFirst" }, after, count),
      );
    },

    listUnfinished: (page) => {
      const ranges = partitions.unfinishedJobs.map(
        (partition) => ({ index: "GSI2", partition, order: "oldestFirst" }) as const,
      );
      return readPage<SyncJob>(
        "unfinishedJobs",
        page,
        (after, count) => readShards(table, codec, ranges, after, count),
        // The index may lag behind a job's end.
        (job) => !isTerminal(job.status),
      );
    },

    recordExecution: async (jobId, attempt, executionArn) => {
      const condition = "#attempt = :attempt AND #status IN (:queued, :running)";
      const change = { set: "#executionArn = :arn", names: ["attempt", "status", "executionArn"] };
      const values = { ":attempt": attempt, ":queued": "queued", ":running": "running", ":arn": executionArn };
      return (await whileContended(`job ${jobId}`, () => updateJob(jobId, condition, change, values))) !== undefined;
    },

    claimStage: (claim) =>
      whileContended(`job ${claim.jobId}`, async () => {
        const claimed = await updateJob(
          claim.jobId,
          "#attempt = :attempt AND #status IN (:queued, :running) AND attribute_not_exists(#checkpoints.#stageName)" +
            " AND (attribute_not_exists(#leaseOwner) OR #leaseOwner = :owner OR #leaseExpiresAtMs <= :nowMs)",
          {
            set:
              "#status = :running, #stage = :stage, #leaseOwner = :owner, #leaseExpiresAtMs = :expiresAtMs," +
              " #startedAt = if_not_exists(#startedAt, :at), #updatedAt = :at, #term = #term + :one" +
              (claim.taskToken === undefined ? "" : ", #taskToken = :taskToken"),
            remove: claim.taskToken === undefined ? "#rateLimitedUntil, #taskToken" : "#rateLimitedUntil",
            names: [
              "attempt",
              "status",
              "checkpoints",
              "leaseOwner",
              "leaseExpiresAtMs",
              "stage",
              "startedAt",
              "updatedAt",
              "term",
              "taskToken",
              "rateLimitedUntil",
            ],
            paths: { "#stageName": claim.stage },
          },
          {
            ":attempt": claim.attempt,
            ":queued": "queued",
            ":running": "running",
            ":stage": claim.stage,
            ":owner": claim.owner,
            ":nowMs": claim.nowMs,
            ":expiresAtMs": claim.nowMs + claim.durationMs,
            ":at": new Date(claim.nowMs).toISOString(),
            ":taskToken": claim.taskToken,
          },
        );
        if (claimed !== undefined) return { claimed: true, job: claimed, lease: leaseOf(claim, claimed) };
        const job = await getJob(claim.jobId);
        if (job === undefined) return { claimed: false, reason: "unknownJob" };
        const reason = claimRefusal(job, claim);
        if (reason === undefined) throw new ReadAgain();
        return { claimed: false, reason, job };
      }),

    renew: async (lease, nowMs, durationMs) => {
      const expiresAtMs = nowMs + durationMs;
      const job = await whileContended(`job ${lease.jobId}`, () =>
        updateJob(
          lease.jobId,
          fence,
          { set: "#leaseExpiresAtMs = :expiresAtMs", names: [...fenceNames, "leaseExpiresAtMs"] },
          { ...fenceValues(lease), ":expiresAtMs": expiresAtMs },
        ),
      );
      if (job === undefined) throw lost(lease);
      return { lease: { ...lease, expiresAtMs }, job };
    },

    saveProgress: async (lease, progress, atMs) => {
      const job = await whileContended(`job ${lease.jobId}`, () =>
        updateJob(
          lease.jobId,
          fence,
          { set: "#progress = :progress, #updatedAt = :at", names: [...fenceNames, "progress", "updatedAt"] },
          {
            ...fenceValues(lease),
            ":progress": storedProgress(progress, lease.stage),
            ":at": new Date(atMs).toISOString(),
          },
        ),
      );
      if (job === undefined) throw lost(lease);
    },

    checkpoint: async (lease, checkpoint) => {
      const job = await whileContended(`job ${lease.jobId}`, () =>
        updateJob(
          lease.jobId,
          fence,
          {
            set: "#checkpoints.#stageName = :checkpoint, #stage = :next, #updatedAt = :at",
            remove: "#leaseOwner, #leaseExpiresAtMs, #taskToken, #progress",
            names: [...fenceNames, "checkpoints", "stage", "updatedAt", "leaseExpiresAtMs", "taskToken", "progress"],
            paths: { "#stageName": lease.stage },
          },
          {
            ...fenceValues(lease),
            ":checkpoint": storedCheckpoint(checkpoint),
            ":next": stageAfter(lease.jobType, lease.stage, checkpoint),
            ":at": checkpoint.at,
          },
        ),
      );
      if (job !== undefined) return job;
      const current = await getJob(lease.jobId);
      if (current !== undefined && hasCommitted(current, lease)) return current;
      throw lost(lease);
    },

    release: async (lease, atMs, note) => {
      const { after } = await changeEntity(table, codec, jobKey(lease.jobId), (job) =>
        isHeldBy(job, lease) ? applyRelease(job, atMs, note) : undefined,
      );
      if (after === undefined) throw lost(lease);
    },

    finish: (lease, checkpoint, outcome, after) =>
      whileContended(`job ${lease.jobId}`, async () => {
        const job = await readJob(lease.jobId);
        if (job !== undefined && hasCommitted(job.value, lease)) return job.value;
        if (job === undefined || !isHeldBy(job.value, lease)) throw lost(lease);
        const finished = applyFinish(job.value, lease.stage, checkpoint, outcome);
        return saveBoth(job, finished, (dependency) => applySyncResult(dependency, lease.jobId, after));
      }),

    fail: (jobId, attempt, error, failure) =>
      endAttempt(
        jobId,
        attempt,
        (job) => applyFailure(job, error),
        (dependency) => applySyncFailure(dependency, jobId, failure),
      ),

    cancel: (jobId, attempt, atMs) =>
      endAttempt(
        jobId,
        attempt,
        (job) => applyCancel(job, atMs),
        (dependency) => freeDependency(dependency, jobId),
      ),

    requestCancel: (jobId, atMs) =>
      whileContended(`job ${jobId}`, async () => {
        const job = await readJob(jobId);
        const asked = job === undefined ? undefined : applyCancelRequest(job.value, atMs);
        if (job === undefined || asked === undefined) return undefined;
        if (isTerminal(asked.status)) return saveBoth(job, asked, (dependency) => freeDependency(dependency, jobId));
        const written = writeItem(codec, asked);
        await client.send(new UpdateCommand(itemChange(tableName, job.attributes, written)));
        return readItem(codec, written);
      }),

    requeue: (jobId, atMs) =>
      whileContended(`job ${jobId}`, async () => {
        const job = await readJob(jobId);
        if (job === undefined) return { outcome: "notRetryable" };
        if (!isRetryable(job.value)) return { outcome: "notRetryable", job: job.value };
        const dependency = await readClaimable(job.value);
        if (dependency.value.activeJobId !== undefined) return { outcome: "dependencyBusy", job: job.value };
        const requeued = applyRequeue(job.value, dependency.value.currentSnapshotId ?? null, atMs);
        const claim = (free: Dependency): Dependency => ({ ...free, activeJobId: jobId });
        return { outcome: "requeued", job: await saveBoth(job, requeued, claim, dependency) };
      }),
  };
};
