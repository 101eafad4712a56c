import {
  type Checkpoint,
  firstOpenStage,
  isTerminal,
  type JobError,
  type Lease,
  type StageProgress,
  type SyncJob,
  type SyncJobType,
  type SyncOutcome,
  type SyncStage,
  stagesOfJob,
} from "./job.ts";
import type { ClaimResult, ReleaseNote, StageClaim } from "./ports.ts";

/**
 * What each transition does to a job, written once for every store: a store only makes them atomic. Fields that a
 * transition clears are set to `undefined`, and stores drop those.
 */

/** Errors that a job remembers, the newest. */
export const maxJobErrors = 20;

const noLease = { leaseOwner: undefined, leaseExpiresAtMs: undefined, taskToken: undefined } as const;

const isoTime = (atMs: number): string => new Date(atMs).toISOString();

const withError = (errors: readonly JobError[], error: JobError | undefined): JobError[] =>
  error === undefined ? [...errors] : [...errors, error].slice(-maxJobErrors);

/**
 * Why this claim is refused, or `undefined` when it may be made. A finished job answers `checkpointed` for the stages
 * it completed, so that a worker that died before it reported can report now (rule 3); a failed or cancelled one
 * answers `terminal` whatever it completed.
 */
export const claimRefusal = (
  job: SyncJob,
  claim: StageClaim,
): Extract<ClaimResult, { claimed: false }>["reason"] | undefined => {
  if (job.attempt !== claim.attempt) return "staleAttempt";
  if (job.status === "failed" || job.status === "cancelled") return "terminal";
  if (job.checkpoints[claim.stage] !== undefined) return "checkpointed";
  if (job.status === "finished") return "terminal";
  const isHeld = job.leaseOwner !== undefined && (job.leaseExpiresAtMs ?? 0) > claim.nowMs;
  return isHeld && job.leaseOwner !== claim.owner ? "leaseHeld" : undefined;
};

/**
 * The fence: whether `lease` may still write. Expiry does not matter here, only that nobody claimed, released or ended
 * it since. The owner is compared beside the term because a requeued job keeps its term until its next claim.
 */
export const isHeldBy = (job: SyncJob, lease: Lease): boolean =>
  job.status === "running" && job.term === lease.term && job.leaseOwner === lease.owner;

/** The lease that a made claim stands for. */
export const leaseOf = (claim: StageClaim, { type, term }: Pick<SyncJob, "type" | "term">): Lease => ({
  jobId: claim.jobId,
  jobType: type,
  stage: claim.stage,
  attempt: claim.attempt,
  owner: claim.owner,
  term,
  expiresAtMs: claim.nowMs + claim.durationMs,
});

export const applyClaim = (job: SyncJob, claim: StageClaim): SyncJob => ({
  ...job,
  status: "running",
  stage: claim.stage,
  term: job.term + 1,
  leaseOwner: claim.owner,
  leaseExpiresAtMs: claim.nowMs + claim.durationMs,
  taskToken: claim.taskToken,
  rateLimitedUntil: undefined,
  progress: job.stage === claim.stage ? job.progress : undefined,
  startedAt: job.startedAt ?? isoTime(claim.nowMs),
  updatedAt: isoTime(claim.nowMs),
});

export const applyProgress = (job: SyncJob, progress: StageProgress, atMs: number): SyncJob => ({
  ...job,
  progress,
  updatedAt: isoTime(atMs),
});

/** Where a job goes on after this checkpoint: the next stage, or `done` when the document turned out unchanged. */
export const stageAfter = (type: SyncJobType, stage: SyncStage, checkpoint: Checkpoint): SyncStage => {
  const stages: readonly SyncStage[] = stagesOfJob[type];
  const isUnchanged = firstOpenStage(type, { [stage]: checkpoint }) === "done";
  return isUnchanged ? "done" : (stages[stages.indexOf(stage) + 1] ?? "done");
};

export const applyCheckpoint = (job: SyncJob, stage: SyncStage, checkpoint: Checkpoint): SyncJob => ({
  ...job,
  ...noLease,
  checkpoints: { ...job.checkpoints, [stage]: checkpoint },
  stage: stageAfter(job.type, stage, checkpoint),
  progress: undefined,
  updatedAt: checkpoint.at,
});

export const applyRelease = (job: SyncJob, atMs: number, note: ReleaseNote = {}): SyncJob => ({
  ...job,
  ...noLease,
  errors: withError(job.errors, note.error),
  rateLimitedUntil: note.rateLimitedUntil ?? job.rateLimitedUntil,
  rateLimitedCount:
    job.rateLimitedCount + (note.rateLimitedUntil === undefined || note.isWaitCounted === false ? 0 : 1),
  updatedAt: isoTime(atMs),
});

/** Whether the write that this lease wants to make was made by it already and only the answer was lost. */
export const hasCommitted = (job: SyncJob, lease: Lease): boolean =>
  job.attempt === lease.attempt && job.checkpoints[lease.stage]?.term === lease.term;

const applyEnd = (job: SyncJob, status: "finished" | "failed" | "cancelled", at: string): SyncJob => ({
  ...job,
  ...noLease,
  status,
  rateLimitedUntil: undefined,
  finishedAt: at,
  updatedAt: at,
});

export const applyFinish = (job: SyncJob, stage: SyncStage, checkpoint: Checkpoint, outcome: SyncOutcome): SyncJob => ({
  ...applyEnd(applyCheckpoint(job, stage, checkpoint), "finished", checkpoint.at),
  stage,
  outcome,
});

export const applyFailure = (job: SyncJob, error: JobError): SyncJob => ({
  ...applyEnd(job, "failed", error.at),
  // The stage noted it when it gave up; the state machine brings the same news.
  errors: isSameFailure(job.errors.at(-1), error) ? job.errors : withError(job.errors, error),
});

const isSameFailure = (noted: JobError | undefined, error: JobError): boolean =>
  noted !== undefined &&
  noted.name === error.name &&
  noted.stage === error.stage &&
  noted.attempt === error.attempt &&
  noted.message === error.message;

export const applyCancel = (job: SyncJob, atMs: number): SyncJob => applyEnd(job, "cancelled", isoTime(atMs));

/**
 * A request to cancel: at once while no worker has the job (it is queued, between two stages, or waits for a host that
 * answered 429), as the next claim is then refused; else a mark that its worker notices. The first request's time stays.
 * `undefined` when the job is terminal.
 */
export const applyCancelRequest = (job: SyncJob, atMs: number): SyncJob | undefined => {
  if (isTerminal(job.status)) return undefined;
  const asked: SyncJob = {
    ...job,
    cancelRequestedAt: job.cancelRequestedAt ?? isoTime(atMs),
    updatedAt: isoTime(atMs),
  };
  return job.leaseOwner === undefined ? applyCancel(asked, atMs) : asked;
};

/** Whether a person may ask for another attempt. */
export const isRetryable = (job: SyncJob): boolean => job.status === "failed" || job.status === "cancelled";

/**
 * The next attempt, with its saved progress and as if nobody had asked for a cancel. Begins at the first stage without a
 * checkpoint, or from the start when `currentSnapshotId` of the dependency (`null`: none yet) is no longer the one that
 * the job was pinned to. Only for a job that `isRetryable`.
 */
export const applyRequeue = (job: SyncJob, currentSnapshotId: string | null, atMs: number): SyncJob => {
  const isPinned = job.baseSnapshotId === currentSnapshotId;
  const checkpoints = isPinned ? job.checkpoints : {};
  const stage = firstOpenStage(job.type, checkpoints);
  return {
    ...job,
    ...noLease,
    status: "queued",
    stage,
    attempt: job.attempt + 1,
    checkpoints,
    baseSnapshotId: currentSnapshotId,
    progress: isPinned && job.stage === stage ? job.progress : undefined,
    rateLimitedCount: 0,
    rateLimitedUntil: undefined,
    cancelRequestedAt: undefined,
    executionArn: undefined,
    finishedAt: undefined,
    updatedAt: isoTime(atMs),
  };
};
