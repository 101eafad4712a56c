import {
  providerSyncStages,
  type SyncJobType,
  type SyncStage,
  stagesOfJob,
  syncStages,
} from "../contracts/sync-stages.ts";
import type { UnchangedChecks } from "../dependencies/dependency.ts";

/**
 * Internal job states (ruling 1): `queued → running → finished | failed | cancelled`.
 * A retry takes a `failed` or `cancelled` job back to `queued` with `attempt + 1`.
 */
export type JobStatus = "queued" | "running" | "finished" | "failed" | "cancelled";

export { providerSyncStages, type SyncJobType, type SyncStage, stagesOfJob, syncStages };

export type SyncTrigger = "created" | "manual" | "schedule";

/** How a finished sync ended. */
export type SyncOutcome = "baseline" | "changed" | "unchanged";

/** An error met on the way, newest last. `name` is the error's literal name, as the state machine sees it. */
export type JobError = {
  at: string;
  stage: SyncStage;
  attempt: number;
  name: string;
  message: string;
  kind: "retryable" | "rateLimited" | "permanent";
};

/** What a stage says of its work while it runs. */
export type StageProgress = {
  message: string;
  completed?: number;
  total?: number;
  /** Where a yielded stage goes on; the stage's own format. */
  cursor?: string;
};

/** The result of a completed stage: at most a few KiB; everything big is in S3 under the keys named here. */
export type Checkpoint = { at: string; term: number; output: Record<string, unknown> };

export type SyncJob = {
  /** ULID: sorts by creation. */
  id: string;
  type: SyncJobType;
  tenantId: string;
  dependencyId: string;
  trigger: SyncTrigger;
  status: JobStatus;
  /** The stage that runs, or runs next; the last one worked on when terminal. */
  stage: SyncStage;
  /** Executions so far, from 1. The execution's name is `jobId-attempt`. */
  attempt: number;
  /** Fencing token: raised by every claim, never lowered. */
  term: number;
  leaseOwner?: string;
  leaseExpiresAtMs?: number;
  /** Token of the task that holds the lease. Never leaves the engine. */
  taskToken?: string;
  checkpoints: Partial<Record<SyncStage, Checkpoint>>;
  progress?: StageProgress;
  /** Snapshot that this sync compares with, pinned when it starts; `null` makes this sync the baseline. */
  baseSnapshotId: string | null;
  outcome?: SyncOutcome;
  /** The last 20. */
  errors: JobError[];
  /** Times that a 429 made this attempt wait. */
  rateLimitedCount: number;
  /** Set while a 429 makes the job wait. */
  rateLimitedUntil?: string;
  cancelRequestedAt?: string;
  /** Scheduled checks that found nothing, between the dependency's last job and this one. */
  checksBefore?: UnchangedChecks;
  executionArn?: string;
  createdAt: string;
  startedAt?: string;
  updatedAt: string;
  finishedAt?: string;
};

/** A claim on one stage of a job, valid until `expiresAtMs` and while the item still has this `term`. */
export type Lease = {
  jobId: string;
  /** Of the job: which stage comes next depends on it. */
  jobType: SyncJobType;
  stage: SyncStage;
  attempt: number;
  owner: string;
  term: number;
  expiresAtMs: number;
};

export const isTerminal = (status: JobStatus): boolean =>
  status === "finished" || status === "failed" || status === "cancelled";

/** Execution name in Step Functions: unique per attempt, so that a second start of the same attempt is the same one. */
export const executionName = (jobId: string, attempt: number): string => `${jobId}-${attempt}`;

/**
 * The first stage without a checkpoint, where an execution begins. An unchanged document goes straight to `done`, as the
 * state machine does.
 */
export const firstOpenStage = (type: SyncJobType, checkpoints: SyncJob["checkpoints"]): SyncStage => {
  const unchanged =
    checkpoints.fetch?.output.outcome === "notModified" || checkpoints.snapshot?.output.outcome === "unchanged";
  if (unchanged) return "done";
  return stagesOfJob[type].find((stage) => checkpoints[stage] === undefined) ?? "done";
};
