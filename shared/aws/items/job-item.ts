import * as z from "zod";
import { allSyncStages, syncJobTypes } from "../../contracts/sync-stages.ts";
import { isTerminal, type SyncJob } from "../../jobs/job.ts";
import type { ItemCodec } from "../item-codec.ts";
import { jobKey, jobListKey, unfinishedJobKey } from "../keys.ts";
import { jsonObjectText } from "./json-text.ts";
import { expiresAfter } from "./retention.ts";

const stage = z.enum(allSyncStages);

const error = z.object({
  at: z.string(),
  stage,
  attempt: z.number(),
  name: z.string(),
  message: z.string(),
  kind: z.enum(["retryable", "rateLimited", "permanent"]),
});

/** With the stage it is about: progress of another stage than the job's is left over and not read. */
const progress = z.object({
  stage,
  message: z.string(),
  completed: z.number().optional(),
  total: z.number().optional(),
  cursor: z.string().optional(),
});

/** A run of checks without news, on its dependency and then on the job that follows it. */
export const unchangedChecks = z.object({ count: z.number(), firstAt: z.string(), lastAt: z.string() });

const storedJob = z.object({
  id: z.string(),
  type: z.enum(syncJobTypes),
  tenantId: z.string(),
  dependencyId: z.string(),
  trigger: z.enum(["created", "manual", "schedule"]),
  status: z.enum(["queued", "running", "finished", "failed", "cancelled"]),
  stage,
  attempt: z.number(),
  term: z.number(),
  leaseOwner: z.string().optional(),
  leaseExpiresAtMs: z.number().optional(),
  taskToken: z.string().optional(),
  checkpoints: z.partialRecord(stage, z.object({ at: z.string(), term: z.number(), output: jsonObjectText })),
  progress: progress.optional(),
  baseSnapshotId: z.string().nullable(),
  outcome: z.enum(["baseline", "changed", "unchanged"]).optional(),
  errors: z.array(error),
  rateLimitedCount: z.number(),
  rateLimitedUntil: z.string().optional(),
  cancelRequestedAt: z.string().optional(),
  checksBefore: unchangedChecks.optional(),
  executionArn: z.string().optional(),
  createdAt: z.string(),
  startedAt: z.string().optional(),
  updatedAt: z.string(),
  finishedAt: z.string().optional(),
});

const readJob = ({ progress: stored, ...job }: z.output<typeof storedJob>): SyncJob => {
  if (stored === undefined || stored.stage !== job.stage) return job;
  const { stage: _, ...own } = stored;
  return { ...job, progress: own };
};

/** A stage's checkpoint and progress as they are stored. */
export const storedCheckpoint = ({ at, term, output }: NonNullable<SyncJob["checkpoints"]["fetch"]>) => ({
  at,
  term,
  output: JSON.stringify(output),
});
export const storedProgress = (own: NonNullable<SyncJob["progress"]>, of: SyncJob["stage"]) => ({ stage: of, ...own });

/** Jobs are found by id, by dependency (GSI1) and while unfinished (GSI2), and forgotten some days after their end. */
export const jobItem = (retentionDays: number): ItemCodec<SyncJob> => ({
  entity: "job",
  version: 1,
  schema: storedJob.transform(readJob),
  content: (job) => ({
    ...job,
    checkpoints: Object.fromEntries(
      Object.entries(job.checkpoints).map(([name, checkpoint]) => [name, storedCheckpoint(checkpoint)]),
    ),
    progress: job.progress === undefined ? undefined : storedProgress(job.progress, job.stage),
  }),
  place: (job) => ({
    ...jobKey(job.id),
    ...jobListKey(job),
    ...(isTerminal(job.status)
      ? { expiresAtSeconds: expiresAfter(job.finishedAt ?? job.updatedAt, retentionDays) }
      : unfinishedJobKey(job.id)),
  }),
});
