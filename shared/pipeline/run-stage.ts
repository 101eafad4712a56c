import type { Dependency } from "../dependencies/dependency.ts";
import type { DependencyStore } from "../dependencies/ports.ts";
import { AppError } from "../errors.ts";
import {
  DocumentUnchangedError,
  JobCancelledError,
  LeaseHeldError,
  LeaseLostError,
  NotFoundError,
  StageYieldedError,
  StaleAttemptError,
  UnexpectedError,
} from "../jobs/errors.ts";
import type { Checkpoint, JobError, Lease, SyncJob } from "../jobs/job.ts";
import type { ClaimResult, Clock, JobStore, TaskTokens, TokenOutcome } from "../jobs/ports.ts";
import { keepLease, type LeaseKeeper } from "./keep-lease.ts";
import type { Stage, StageResult } from "./stage.ts";

export type RunStagePorts = {
  jobs: JobStore;
  dependencies: DependencyStore;
  tokens: TaskTokens;
  clock: Clock;
  log(event: string, fields: Record<string, unknown>): void;
};

/** What the state machine sends to a stage. */
export type StageInvocation = {
  tenantId: string;
  dependencyId: string;
  jobId: string;
  attempt: number;
  taskToken: string;
};

/** What the function knows of itself. */
export type StageWorker = {
  /** Unique per invocation. */
  owner: string;
  leaseDurationMs: number;
  /** Milliseconds until the function is stopped. */
  remainingMs(): number;
};

/** With less than this left of a function's life, a stage hands the baton over (rule 4). */
export const yieldBelowMs = 60_000;

/**
 * What came of an invocation, for the log: the state machine hears it through the task token.
 * `stale`: it no longer waited for this task, so that nothing more was to be done.
 */
export type StageEnd = "succeeded" | "repeated" | "waiting" | "failed" | "stale";

/**
 * The engine around every stage: claim with a term, renew and heartbeat while it works, checkpoint, token, in that
 * order (`docs/engine.md`). Never throws: whatever happens is told to the state machine through the task token.
 *
 * Safe to run any number of times for the same task: a checkpoint that is there is only reported again.
 */
export const runStage = async (
  ports: RunStagePorts,
  stage: Stage,
  invocation: StageInvocation,
  worker: StageWorker,
): Promise<StageEnd> => {
  const { taskToken } = invocation;
  // Beside the claim, not after it: nothing changes it that matters to a stage while its job has it.
  const reading = ports.dependencies.get(invocation.tenantId, invocation.dependencyId);
  reading.catch(() => {}); // awaited where the lease can be released; not at all when the claim is refused
  try {
    const claim = await ports.jobs.claimStage({
      jobId: invocation.jobId,
      stage: stage.name,
      attempt: invocation.attempt,
      owner: worker.owner,
      nowMs: ports.clock.nowMs(),
      durationMs: worker.leaseDurationMs,
      taskToken,
    });
    if (!claim.claimed) return await reportRefusedClaim(ports, stage, invocation, claim);
    return await runClaimed(ports, stage, invocation, worker, { ...claim, reading });
  } catch (error) {
    return reportFailure(ports, stage, invocation, toAppError(error));
  }
};

const runClaimed = async (
  ports: RunStagePorts,
  stage: Stage,
  invocation: StageInvocation,
  worker: StageWorker,
  { job, lease, reading }: { job: SyncJob; lease: Lease; reading: Promise<Dependency | undefined> },
): Promise<StageEnd> => {
  const { clock, tokens } = ports;
  const keeper = keepLease(ports, lease, invocation.taskToken, worker.leaseDurationMs);
  try {
    if (job.cancelRequestedAt !== undefined) throw new JobCancelledError(job.id);
    const dependency = await reading;
    if (dependency === undefined) throw new NotFoundError("dependency", job.dependencyId);
    const result = await stage.run({
      job,
      dependency,
      signal: keeper.signal,
      nowMs: clock.nowMs,
      saveProgress: (progress) => ports.jobs.saveProgress(keeper.lease(), progress, clock.nowMs()),
      mustYield: () => worker.remainingMs() < yieldBelowMs,
    });
    keeper.assertHeld();
    const output = await commit(ports, keeper, result, job);
    const outcome = await reportCommit(tokens, stage, invocation, output);
    return endOf(outcome, result.result === "rateLimited" ? "waiting" : "succeeded");
  } catch (thrown) {
    // What aborted the stage explains more than the AbortError that came of it.
    const error = toAppError(keeper.signal.aborted ? keeper.signal.reason : thrown);
    await settle(ports, keeper, error, job, stage);
    return await reportFailure(ports, stage, invocation, error);
  } finally {
    await keeper.stop();
  }
};

/** Writes what the stage came to and returns what the state machine is told: small, and enough for its choices. */
const commit = async (
  ports: RunStagePorts,
  keeper: LeaseKeeper,
  result: StageResult,
  job: SyncJob,
): Promise<Record<string, unknown>> => {
  await keeper.stop();
  const lease = keeper.lease();
  const at = new Date(ports.clock.nowMs()).toISOString();
  switch (result.result) {
    case "completed": {
      await ports.jobs.checkpoint(lease, { at, term: lease.term, output: result.output });
      return toTokenOutput(result.output);
    }
    case "finished": {
      const checkpoint: Checkpoint = { at, term: lease.term, output: { outcome: result.outcome } };
      await ports.jobs.finish(lease, checkpoint, result.outcome, result.after);
      return checkpoint.output;
    }
    case "rateLimited": {
      const retryAt = new Date(result.retryAtMs).toISOString();
      await ports.jobs.release(lease, ports.clock.nowMs(), {
        rateLimitedUntil: retryAt,
        isWaitCounted: result.isCounted,
      });
      ports.log("sync.rate_limited", { jobId: job.id, retryAt });
      return { outcome: "rateLimited", retryAt };
    }
    case "yielded":
      throw new StageYieldedError(lease.stage);
  }
};

/** Frees the lease, so that the next worker need not wait for its end, and notes what went wrong. */
const settle = async (
  ports: RunStagePorts,
  keeper: LeaseKeeper,
  error: AppError,
  job: SyncJob,
  stage: Stage,
): Promise<void> => {
  await keeper.stop();
  if (error instanceof LeaseLostError) return;
  const nowMs = ports.clock.nowMs();
  try {
    if (error instanceof JobCancelledError) {
      await ports.jobs.cancel(job.id, job.attempt, nowMs);
    } else {
      const quiet = error instanceof StageYieldedError || error instanceof StaleAttemptError;
      await ports.jobs.release(
        keeper.lease(),
        nowMs,
        quiet ? undefined : { error: toJobError(error, job, stage, nowMs) },
      );
    }
  } catch (failure) {
    // The lease then ends by itself; the state machine still hears of the error.
    ports.log("sync.release_failed", { jobId: job.id, stage: stage.name, error: toAppError(failure).name });
  }
};

const toJobError = (error: AppError, job: SyncJob, stage: Stage, nowMs: number): JobError => ({
  at: new Date(nowMs).toISOString(),
  stage: stage.name,
  attempt: job.attempt,
  name: error.name,
  message: error.message,
  kind: error.kind,
});

const reportRefusedClaim = async (
  ports: RunStagePorts,
  stage: Stage,
  invocation: StageInvocation,
  claim: Extract<ClaimResult, { claimed: false }>,
): Promise<StageEnd> => {
  const checkpoint = claim.job?.checkpoints[stage.name];
  if (claim.job?.attempt === invocation.attempt && checkpoint !== undefined)
    return endOf(await reportCommit(ports.tokens, stage, invocation, toTokenOutput(checkpoint.output)), "repeated");
  if (claim.reason === "leaseHeld")
    return reportFailure(ports, stage, invocation, new LeaseHeldError(invocation.jobId, stage.name));
  if (claim.job?.status === "cancelled" && claim.job.attempt === invocation.attempt)
    return reportFailure(ports, stage, invocation, new JobCancelledError(invocation.jobId));
  return reportFailure(ports, stage, invocation, new StaleAttemptError(invocation.jobId, invocation.attempt));
};

/** Tells the state machine of a stage that is committed, or waits; an unchanged document skips the stages up to `done`. */
const reportCommit = (
  tokens: TaskTokens,
  stage: Stage,
  { taskToken, jobId }: StageInvocation,
  output: Record<string, unknown>,
): Promise<TokenOutcome> => {
  if (stage.name !== "snapshot" || output.outcome !== "unchanged") return tokens.succeed(taskToken, output);
  const unchanged = new DocumentUnchangedError(jobId);
  return tokens.fail(taskToken, unchanged.name, causeOf(unchanged, stage));
};

const causeOf = ({ message, kind }: AppError, stage: Stage): string =>
  JSON.stringify({ message, kind, stage: stage.name });

const reportFailure = async (
  ports: RunStagePorts,
  stage: Stage,
  invocation: StageInvocation,
  error: AppError,
): Promise<StageEnd> => {
  const { jobId, attempt } = invocation;
  ports.log("sync.stage_failed", { jobId, stage: stage.name, attempt, error: error.name, message: error.message });
  try {
    return endOf(await ports.tokens.fail(invocation.taskToken, error.name, causeOf(error, stage)), "failed");
  } catch (failure) {
    // Nothing more can be said; the heartbeat's end tells the state machine.
    ports.log("sync.report_failed", { jobId, stage: stage.name, attempt, error: toAppError(failure).name });
    return "failed";
  }
};

const endOf = (outcome: TokenOutcome, end: StageEnd): StageEnd => (outcome === "stale" ? "stale" : end);

/** A task's output stays far below the 256 KiB of a state: the scalar fields of the checkpoint. */
const toTokenOutput = (output: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries({ outcome: "completed", ...output }).filter(([, value]) => typeof value !== "object"),
  );

/** What was thrown, as an error with a kind. */
export const toAppError = (error: unknown): AppError =>
  error instanceof AppError
    ? error
    : new UnexpectedError(error instanceof Error ? error.message : String(error), { cause: error });
