import type { SyncExecutionInput } from "../contracts/sync-workflow.ts";
import type { DependencyAfterSync, DependencyFailure } from "../dependencies/dependency.ts";
import type {
  Checkpoint,
  JobError,
  Lease,
  StageProgress,
  SyncJob,
  SyncJobType,
  SyncOutcome,
  SyncStage,
} from "./job.ts";
import type { Page, PageRequest } from "./paging.ts";

export type StageClaim = {
  jobId: string;
  stage: SyncStage;
  attempt: number;
  /** Who claims: unique per invocation. */
  owner: string;
  nowMs: number;
  durationMs: number;
  /** Stored with the lease, so that whoever reclaims it can tell the state machine. */
  taskToken?: string;
};

/** What a worker says when it frees a lease without a checkpoint. `isWaitCounted` belongs to `rateLimitedUntil`. */
export type ReleaseNote = {
  error?: JobError;
  rateLimitedUntil?: string;
  /** @default true */
  isWaitCounted?: boolean;
};

/** Why a claim was refused; `job` is the item as it stands (strongly consistent). */
export type ClaimResult =
  | { claimed: true; job: SyncJob; lease: Lease }
  | {
      claimed: false;
      reason: "leaseHeld" | "checkpointed" | "staleAttempt" | "terminal" | "unknownJob";
      job?: SyncJob;
    };

/**
 * Jobs and their leases. Every method that takes a `Lease` writes only while the item's `term` equals the lease's and
 * the job is not terminal, and throws `LeaseLostError` otherwise. Reads are strongly consistent.
 */
export type JobStore = {
  /**
   * Stores a queued job and claims the dependency for it in one transaction. When the dependency already has an
   * unfinished job, stores nothing and returns that one (rule 7).
   * @throws NotFoundError when the dependency is not there (or is being deleted).
   */
  create(job: SyncJob): Promise<{ created: boolean; job: SyncJob }>;
  get(jobId: string): Promise<SyncJob | undefined>;
  listByDependency(tenantId: string, dependencyId: string, page: PageRequest): Promise<Page<SyncJob>>;
  /** Queued jobs and running ones of all tenants, oldest first: what the orchestrator starts or reclaims. */
  listUnfinished(page: PageRequest): Promise<Page<SyncJob>>;
  /** Notes the execution; conditional on `attempt`, harmless when repeated. `false` when the attempt is over. */
  recordExecution(jobId: string, attempt: number, executionArn: string): Promise<boolean>;

  /**
   * One conditional write: live lease of nobody else, same attempt, not terminal, stage without checkpoint. Sets owner,
   * expiry, `term + 1`, `status: running`, `stage`, and `startedAt` when it is the first; clears `rateLimitedUntil`
   * and, when the stage is another than before, `progress`.
   */
  claimStage(claim: StageClaim): Promise<ClaimResult>;
  /** Extends the lease from `nowMs`. The job it returns tells whether a cancel was asked for. @throws LeaseLostError */
  renew(lease: Lease, nowMs: number, durationMs: number): Promise<{ lease: Lease; job: SyncJob }>;
  /** @throws LeaseLostError */
  saveProgress(lease: Lease, progress: StageProgress, atMs: number): Promise<void>;
  /** The commit of a stage: stores the checkpoint, drops the lease, moves `stage` to the next. @throws LeaseLostError */
  checkpoint(lease: Lease, checkpoint: Checkpoint): Promise<SyncJob>;
  /** Frees the lease without a checkpoint (yield, failure, rate limit) and notes the error. @throws LeaseLostError */
  release(lease: Lease, atMs: number, note?: ReleaseNote): Promise<void>;

  /**
   * The commit of `done`, one transaction: job `finished` with its outcome and checkpoint; dependency freed, its health
   * reset and `after` applied. @throws LeaseLostError
   */
  finish(lease: Lease, checkpoint: Checkpoint, outcome: SyncOutcome, after: DependencyAfterSync): Promise<SyncJob>;
  /**
   * Ends an attempt as `failed`, one transaction with the dependency (freed, failure counted when `failure` is given).
   * Nothing happens when the job is terminal or on another attempt: returns the job as it stands.
   */
  fail(
    jobId: string,
    attempt: number,
    error: JobError,
    failure: DependencyFailure | undefined,
  ): Promise<SyncJob | undefined>;
  /** Ends an attempt as `cancelled` and frees the dependency; idempotent as `fail` is. */
  cancel(jobId: string, attempt: number, atMs: number): Promise<SyncJob | undefined>;
  /**
   * Cancels a job that no worker has at once (queued, between stages, waiting for a host); else sets `cancelRequestedAt`.
   * `undefined` when the job is terminal (or unknown).
   */
  requestCancel(jobId: string, atMs: number): Promise<SyncJob | undefined>;
  /**
   * `failed` or `cancelled` back to `queued` with `attempt + 1` and a new claim on the dependency, in one transaction.
   * The checkpoints stay, unless the dependency's current snapshot is no longer the one this job was pinned to: then
   * they are dropped and the job is pinned anew, as its document may be older than what was seen since.
   */
  requeue(
    jobId: string,
    atMs: number,
  ): Promise<
    | { outcome: "requeued"; job: SyncJob }
    | { outcome: "notRetryable"; job?: SyncJob }
    | { outcome: "dependencyBusy"; job?: SyncJob }
  >;
};

/** What came of reporting to a task token: `stale` means that the state machine no longer waits for it (rule 5). */
export type TokenOutcome = "accepted" | "stale";

export type TaskTokens = {
  /** `output` is at most 256 KiB as JSON. */
  succeed(token: string, output: Record<string, unknown>): Promise<TokenOutcome>;
  fail(token: string, errorName: string, cause: string): Promise<TokenOutcome>;
  heartbeat(token: string): Promise<TokenOutcome>;
};

export type SyncWorkflow = {
  /** Starts `executionName(jobId, attempt)` on the state machine of the type; starting it again is the same execution. Returns its ARN. */
  start(input: SyncExecutionInput, type: SyncJobType): Promise<string>;
};

/** Wall clock in epoch milliseconds, and a sleep that an abort ends early (it then resolves). */
export type Clock = { nowMs(): number; sleep(durationMs: number, signal?: AbortSignal): Promise<void> };
