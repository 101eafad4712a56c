import type { SessionJobInvocation } from "../contracts/session-workflow.ts";
import type { AppError } from "../errors.ts";
import {
  LeaseHeldError,
  LeaseLostError,
  StageYieldedError,
  StaleAttemptError,
  UnexpectedError,
} from "../jobs/errors.ts";
import type { Clock, TaskTokens, TokenOutcome } from "../jobs/ports.ts";
import { keepLease, type LeaseKeeper } from "../pipeline/keep-lease.ts";
import { type StageEnd, type StageWorker, toAppError, yieldBelowMs } from "../pipeline/run-stage.ts";
import type { BodyStore } from "../snapshots/ports.ts";
import { JobTypeUnknownError, SessionNotFoundError, UnreadableProgressError } from "./errors.ts";
import { jobReporter } from "./job-reporter.ts";
import type { JobPorts, JobType } from "./job-types/job-type.ts";
import type { JobTypeRegistry } from "./job-types/registry.ts";
import { pinnedOutputs } from "./pinned-outputs.ts";
import type { SessionRecordStore } from "./records.ts";
import type { Payload, SessionJob } from "./session.ts";
import { readPayload, sessionBodies, writePayload } from "./session-bodies.ts";
import { sessionShelf } from "./session-shelf.ts";
import type { SessionStore } from "./session-store.ts";
import { type StartPorts, startAdmitted } from "./start-admitted.ts";
import type { SessionJobLease } from "./transitions.ts";

export type RunSessionJobPorts = StartPorts & {
  sessions: SessionStore;
  records: SessionRecordStore;
  types: JobTypeRegistry;
  bodies: BodyStore;
  fetch: JobPorts["fetch"];
  hosts: JobPorts["hosts"];
  tokens: TaskTokens;
  clock: Clock;
};

/**
 * The name under which the state machine hears of every error that another try may mend: a job type may throw errors
 * that no definition can name.
 */
export const retryableErrorName = "RetryableStageError";

/** Names that the state machine treats in their own way. */
const ownNames = new Set(["StageYielded", "LeaseHeldError", "LeaseLostError", "StaleAttemptError"]);

/**
 * The engine around a job type: claim with a term, renew and heartbeat while its stages run, result, token, in that order
 * (`docs/engine.md`). Never throws: whatever happens is told to the state machine through the task token. Safe to run any
 * number of times for the same task.
 */
export const runSessionJob = async (
  ports: RunSessionJobPorts,
  invocation: SessionJobInvocation,
  worker: StageWorker,
): Promise<StageEnd> => {
  const { tenantId, sessionId, jobId, jobType, taskToken } = invocation;
  try {
    const claim = await ports.sessions.claim(
      { tenantId, sessionId, jobId },
      { owner: worker.owner, nowMs: ports.clock.nowMs(), durationMs: worker.leaseDurationMs, taskToken },
    );
    if (claim.claimed) return await runClaimed(ports, invocation, worker, claim.job, claim.lease);
    if (claim.job?.status === "finished")
      return endOf(await ports.tokens.succeed(taskToken, { outcome: "finished" }), "repeated");
    if (claim.reason === "leaseHeld") throw new LeaseHeldError(jobId, jobType);
    // One that is gone has to leave its lane still, which a failure does.
    throw claim.job === undefined ? new SessionNotFoundError(sessionId) : new StaleAttemptError(jobId, 1);
  } catch (error) {
    return reportFailure(ports, invocation, toAppError(error));
  }
};

const runClaimed = async (
  ports: RunSessionJobPorts,
  invocation: SessionJobInvocation,
  worker: StageWorker,
  job: SessionJob,
  lease: SessionJobLease,
): Promise<StageEnd> => {
  const keeper = keepLease({ ...ports, jobs: ports.sessions }, lease, invocation.taskToken, worker.leaseDurationMs);
  try {
    const outcome = await runStages(ports, worker, job, keeper);
    keeper.assertHeld();
    return await commit(ports, invocation, keeper, outcome);
  } catch (thrown) {
    // What aborted the stage explains more than the AbortError that came of it.
    const error = toAppError(keeper.signal.aborted ? keeper.signal.reason : thrown);
    await release(ports, keeper, error);
    return await reportFailure(ports, invocation, error);
  } finally {
    await keeper.stop();
  }
};

type Outcome = { result: Payload } | { waitUntilMs?: number | undefined };

/** Runs the stages from where the job stands until it has a result or hands over; each step is saved under the lease. */
const runStages = async (
  ports: RunSessionJobPorts,
  worker: StageWorker,
  job: SessionJob,
  keeper: LeaseKeeper<SessionJobLease>,
): Promise<Outcome> => {
  const { clock } = ports;
  const type = typeOf(ports.types, job.type);
  const session = await ports.sessions.getSession(job.tenantId, job.sessionId, clock.nowMs());
  if (session === undefined) throw new SessionNotFoundError(job.sessionId);
  const bodies = sessionBodies(ports.bodies, job.tenantId, job.id);
  const reporter = jobReporter(ports, keeper.lease);
  const mustYield = () => worker.remainingMs() < yieldBelowMs;

  const save = async (progress: unknown, stage = current): Promise<void> => {
    keeper.assertHeld();
    await reporter.save({ stage, progress: await writePayload(bodies, "progress", type.progress.parse(progress)) });
  };
  const input = await readPayload(bodies, job.input);
  let current = job.stage;
  let progress = job.progress === undefined ? undefined : await readPayload(bodies, job.progress);
  if (job.progress !== undefined && progress === undefined) throw new UnreadableProgressError(job.type);
  for (;;) {
    const answer = await type.run(current, {
      tenantId: job.tenantId,
      sessionId: job.sessionId,
      jobId: job.id,
      input,
      progress,
      outputs: pinnedOutputs({ sessions: ports.sessions, bodies }, type, job),
      saveProgress: (next) => save(next),
      report: reporter.report,
      signal: keeper.signal,
      remainingMs: worker.remainingMs,
      mustYield,
      ports: {
        fetch: ports.fetch,
        hosts: ports.hosts,
        bodies,
        documentation: sessionShelf(ports.records, bodies, session, keeper.lease, clock.nowMs),
        clock,
        log: ports.log,
      },
    });
    if ("result" in answer) return { result: await writePayload(bodies, "result", type.result.parse(answer.result)) };
    await save(answer.progress, answer.next ?? current);
    if (answer.next === undefined || mustYield()) return { waitUntilMs: answer.waitUntilMs };
    current = answer.next;
    progress = answer.progress;
  }
};

/** Writes what the job came to, and tells the state machine. */
const commit = async (
  ports: RunSessionJobPorts,
  { taskToken }: SessionJobInvocation,
  keeper: LeaseKeeper<SessionJobLease>,
  outcome: Outcome,
): Promise<StageEnd> => {
  await keeper.stop();
  const nowMs = ports.clock.nowMs();
  if ("result" in outcome) {
    const end = { status: "finished", result: outcome.result } as const;
    const { job, admitted } = await ports.sessions.finish(keeper.lease(), end, nowMs);
    if (job !== undefined) await startAdmitted(ports, job.tenantId, job.type, admitted);
    return endOf(await ports.tokens.succeed(taskToken, { outcome: "finished" }), "succeeded");
  }
  if (outcome.waitUntilMs === undefined) throw new StageYieldedError(keeper.lease().stage);
  const retryAt = new Date(outcome.waitUntilMs).toISOString();
  await ports.sessions.release(keeper.lease(), nowMs, retryAt);
  return endOf(await ports.tokens.succeed(taskToken, { outcome: "waiting", retryAt }), "waiting");
};

const typeOf = (types: JobTypeRegistry, name: string): JobType => {
  const type = types.get(name);
  if (type === undefined) throw new JobTypeUnknownError(name);
  return type;
};

/** Frees the lease, so that the next worker need not wait for its end. */
const release = async (
  ports: RunSessionJobPorts,
  keeper: LeaseKeeper<SessionJobLease>,
  error: AppError,
): Promise<void> => {
  await keeper.stop();
  if (error instanceof LeaseLostError) return;
  try {
    await ports.sessions.release(keeper.lease(), ports.clock.nowMs());
  } catch (failure) {
    // The lease then ends by itself; the state machine still hears of the error.
    ports.log("session.release_failed", { jobId: keeper.lease().jobId, error: toAppError(failure).name });
  }
};

const reportFailure = async (
  ports: RunSessionJobPorts,
  { jobId, jobType, taskToken }: SessionJobInvocation,
  error: AppError,
): Promise<StageEnd> => {
  const isOwn = ownNames.has(error.name);
  if (error instanceof UnexpectedError) ports.log("session.unexpected_error", { jobId, stack: String(error.stack) });
  ports.log("session.job_interrupted", { jobId, jobType, error: error.name, message: error.message });
  const name = isOwn || error.kind === "permanent" ? error.name : retryableErrorName;
  try {
    return endOf(await ports.tokens.fail(taskToken, name, JSON.stringify({ message: error.message })), "failed");
  } catch (failure) {
    // Nothing more can be said; the heartbeat's end tells the state machine.
    ports.log("session.report_failed", { jobId, error: toAppError(failure).name });
    return "failed";
  }
};

const endOf = (outcome: TokenOutcome, end: StageEnd): StageEnd => (outcome === "stale" ? "stale" : end);
