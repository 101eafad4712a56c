import { WorkerLostError } from "../jobs/errors.ts";
import type { SyncJob } from "../jobs/job.ts";
import type { Clock, JobStore, TaskTokens } from "../jobs/ports.ts";

/** How long after its lease's end a job is left to the state machine's own heartbeat. */
export const reclaimAfterMs = 30_000;

/**
 * How long a job that nothing holds and nobody waits for may lie before it is ended: longer than any pause between two
 * tries of a stage, and than the longest wait that a 429 can ask for.
 */
export const abandonAfterMs = 2 * 3_600_000;

/**
 * The second detector of death (rule 5). Tells the state machine that a worker whose lease ran out is lost, so that it
 * tries the stage again at once; ends a job that no execution works on any more.
 * Returns whether something was done.
 */
export const reclaimJob = async (
  ports: { jobs: JobStore; tokens: TaskTokens; clock: Clock },
  job: SyncJob,
): Promise<boolean> => {
  const nowMs = ports.clock.nowMs();
  const error = new WorkerLostError(`the worker of stage ${job.stage} stopped renewing its lease`);
  const cause = JSON.stringify({ message: error.message, kind: error.kind, stage: job.stage });
  if (job.taskToken !== undefined && job.leaseExpiresAtMs !== undefined) {
    if (nowMs < job.leaseExpiresAtMs + reclaimAfterMs) return false;
    if ((await ports.tokens.fail(job.taskToken, error.name, cause)) === "accepted") return true;
  }
  const quietSinceMs = Math.max(
    Date.parse(job.updatedAt),
    job.leaseExpiresAtMs ?? 0,
    Date.parse(job.rateLimitedUntil ?? job.updatedAt),
  );
  if (nowMs < quietSinceMs + abandonAfterMs) return false;
  if (job.cancelRequestedAt !== undefined) {
    await ports.jobs.cancel(job.id, job.attempt, nowMs);
    return true;
  }
  const at = new Date(nowMs).toISOString();
  const message = "its execution ended without a word; retry the job to go on from its last completed stage";
  const { stage, attempt } = job;
  // No failure of the dependency: its upstream did nothing wrong.
  await ports.jobs.fail(
    job.id,
    attempt,
    { at, stage, attempt, name: error.name, message, kind: error.kind },
    undefined,
  );
  return true;
};
