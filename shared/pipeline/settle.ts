import { type SettleInvocation, stageFailureCause } from "../contracts/sync-workflow.ts";
import type { HealthThresholds } from "../dependencies/dependency.ts";
import type { JobError, SyncJob } from "../jobs/job.ts";
import type { Clock, JobStore } from "../jobs/ports.ts";

/** What Step Functions and Lambda say when a worker ended without a word, in words for a person. */
export const platformErrors: Record<string, string> = {
  "States.HeartbeatTimeout": "its worker stopped answering, on every try",
  "States.Timeout": "it ran longer than an hour",
  "Lambda.TooManyRequestsException": "AWS Lambda refused to start its worker: the account's concurrency is used up",
  "Runtime.ExitError": "its worker exited, on every try (out of memory?)",
  "Sandbox.Timedout": "its worker ran into the function's time limit, on every try",
};

/**
 * Ends a job whose execution ended without the `done` stage. A repeat does nothing more.
 * Returns the job as it stands, `undefined` when there is none.
 */
export const settleJob = async (
  ports: { jobs: JobStore; clock: Clock },
  invocation: SettleInvocation,
  thresholds: HealthThresholds,
): Promise<SyncJob | undefined> => {
  const { jobId, attempt } = invocation;
  const atMs = ports.clock.nowMs();
  if (invocation.kind === "cancelled") return ports.jobs.cancel(jobId, attempt, atMs);
  const job = await ports.jobs.get(jobId);
  if (job === undefined) return undefined;
  const error = toJobError(invocation, job, new Date(atMs).toISOString());
  const { name, message } = error;
  return ports.jobs.fail(jobId, attempt, error, { atMs, name, message, thresholds });
};

/**
 * What the state machine ends with: the error, and the reason in words. `job` is what `settleJob` returned.
 */
export const endOfExecution = (
  invocation: SettleInvocation,
  job: SyncJob | undefined,
): { error: string; message: string } => {
  if (invocation.kind === "cancelled") return { error: "JobCancelledError", message: "A person cancelled this job." };
  const noted = job?.errors.findLast((error) => error.attempt === invocation.attempt);
  return { error: invocation.error.Error, message: noted?.message ?? invocation.error.Cause };
};

const toJobError = (invocation: Extract<SettleInvocation, { kind: "failed" }>, job: SyncJob, at: string): JobError => {
  const { attempt } = invocation;
  const { Error: name, Cause: cause } = invocation.error;
  const ours = stageFailureCause.safeParse(parseJson(cause));
  if (ours.success) return { at, attempt, name, ...ours.data };
  const what = platformErrors[name] ?? `${name}${cause === "" ? "" : `: ${cause.slice(0, 500)}`}`;
  return { at, attempt, name, stage: job.stage, kind: "retryable", message: `stage ${job.stage} failed: ${what}` };
};

/** `undefined` when it is no JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
