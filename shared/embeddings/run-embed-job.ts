import { LeaseLostError } from "../jobs/errors.ts";
import { keepLease } from "../pipeline/keep-lease.ts";
import { toAppError } from "../pipeline/run-stage.ts";
import {
  type EmbedJob,
  type EmbedJobId,
  type EmbedLease,
  withClaim,
  withFailure,
  withHandover,
  withoutSource,
  withRequest,
} from "./embed-job.ts";
import { embedOperations } from "./embed-operations.ts";
import {
  type EmbedLeaseKeeper,
  type EmbedPorts,
  type EmbedWorker,
  embedStage,
  type KeptEmbedLease,
  ownedBy,
} from "./embed-worker.ts";
import { EmbeddingTimeoutError } from "./errors.ts";
import type { EmbedJobStore, EmbedRequest } from "./ports.ts";
import { publishIndex } from "./publish-index.ts";

export type EmbedEnd =
  | "indexed"
  | "over"
  | "postponed"
  | "handedOver"
  | "retrying"
  | "failed"
  | "sourceGone"
  | "leaseLost";

/** No heartbeat to give: nothing waits for an embed job but its item. */
const tokens = { heartbeat: async () => "accepted" as const };

/**
 * Does what a request asks for: brings the dependency's index to the snapshot and model that are wanted, and the tenant's
 * merged index with it. May run any number of times for one request, by several workers at once.
 */
export const runEmbedJob = async (ports: EmbedPorts, worker: EmbedWorker, request: EmbedRequest): Promise<EmbedEnd> => {
  const { clock, jobs, queue } = ports;
  const id: EmbedJobId = { tenantId: request.tenantId, dependencyId: request.dependencyId };
  if ((await ports.dependencies.get(id.tenantId, id.dependencyId)) === undefined) return resolveGone(ports, id);

  await jobs.change(id, (job) => {
    const snapshotId = request.snapshotId ?? job?.snapshotId;
    // Without a snapshot it is a message that goes on: a job that failed for good stays so.
    if (snapshotId === undefined || (request.snapshotId === undefined && job?.status === "failed")) return undefined;
    return withRequest(job, { ...id, snapshotId, model: worker.model }, clock.nowMs());
  });
  const claim = await claimJob(ports, worker, id);
  if (claim.refused === "over") {
    // A worker may have died between the job's end and the merged index.
    await publishIndex(ports, id.tenantId, id.dependencyId);
    return "over";
  }
  if (claim.job === undefined) {
    await queue.send(id, Math.max(1000, (claim.untilMs ?? 0) - clock.nowMs()));
    return "postponed";
  }
  const { job } = claim;
  const { term, expiresAtMs } = leaseOf(job);
  const keeper = keepLease(
    {
      jobs: { renew: (lease, nowMs, durationMs) => renew(jobs, id, lease, nowMs, durationMs) },
      tokens,
      clock,
      log: ports.log,
    },
    { jobId: id.dependencyId, attempt: job.attempts + 1, stage: embedStage, term, expiresAtMs },
    "",
    worker.leaseDurationMs,
  );
  try {
    const end = await embedOperations(ports, worker, job, keeper);
    if (end === "handedOver") return await handOver(ports, id, keeper);
    await publishIndex(ports, id.tenantId, id.dependencyId);
    return "indexed";
  } catch (error) {
    return await recordFailure(ports, worker, id, keeper, error);
  } finally {
    await keeper.stop();
  }
};

const leaseOf = (job: EmbedJob): EmbedLease => job.lease ?? { owner: "", term: job.term, expiresAtMs: 0 };

const claimJob = async (ports: EmbedPorts, worker: EmbedWorker, id: EmbedJobId) => {
  let answer: { job?: EmbedJob; refused?: "over" | "waiting" | "held"; untilMs?: number } = {};
  await ports.jobs.change(id, (job) => {
    if (job === undefined) {
      answer = { refused: "over" };
      return undefined;
    }
    const { owner, leaseDurationMs } = worker;
    const claim = withClaim(job, { owner, nowMs: ports.clock.nowMs(), leaseDurationMs });
    answer = "claimed" in claim ? { job: claim.claimed } : claim;
    return answer.job;
  });
  return answer;
};

const renew = async (
  jobs: EmbedJobStore,
  id: EmbedJobId,
  lease: KeptEmbedLease,
  nowMs: number,
  durationMs: number,
): Promise<{ lease: KeptEmbedLease; job: { status: string } }> => {
  const expiresAtMs = nowMs + durationMs;
  await jobs.change(id, (job) => {
    const owned = ownedBy(job, id.dependencyId, lease.term);
    return { ...owned, lease: { ...leaseOf(owned), expiresAtMs } };
  });
  return { lease: { ...lease, expiresAtMs }, job: { status: "running" } };
};

const handOver = async (ports: EmbedPorts, id: EmbedJobId, keeper: EmbedLeaseKeeper): Promise<EmbedEnd> => {
  await keeper.stop();
  const { term } = keeper.lease();
  await ports.jobs.change(id, (job) => withHandover(ownedBy(job, id.dependencyId, term), ports.clock.nowMs()));
  await ports.queue.send(id);
  return "handedOver";
};

/** A source that was deleted resolves its job: there is nothing left to index, and nothing failed. */
const resolveGone = async (ports: EmbedPorts, id: EmbedJobId): Promise<EmbedEnd> => {
  await ports.jobs.change(id, (job) => job && withoutSource(job, ports.clock.nowMs()));
  await publishIndex(ports, id.tenantId, id.dependencyId);
  return "sourceGone";
};

const recordFailure = async (
  ports: EmbedPorts,
  worker: EmbedWorker,
  id: EmbedJobId,
  keeper: EmbedLeaseKeeper,
  thrown: unknown,
): Promise<EmbedEnd> => {
  await keeper.stop();
  // What stopped the work explains it better than what the work made of being stopped.
  const error = toAppError(keeper.signal.aborted ? keeper.signal.reason : thrown);
  if (error instanceof LeaseLostError) return "leaseLost";
  if ((await ports.dependencies.get(id.tenantId, id.dependencyId)) === undefined) return resolveGone(ports, id);
  ports.log("embed.attempt_failed", { ...id, error: error.name, message: error.message });
  const { term } = keeper.lease();
  const failure = {
    name: error.name,
    message: error.message,
    isPermanent: error.kind === "permanent",
    isTimeout: error instanceof EmbeddingTimeoutError,
  };
  const nowMs = ports.clock.nowMs();
  const failed = await ports.jobs.change(id, (job) => {
    const owned = ownedBy(job, id.dependencyId, term);
    return withFailure(owned, failure, owned.batchSize ?? worker.batchSize, nowMs);
  });
  if (failed?.status !== "pending") return "failed";
  await ports.queue.send(id, (failed.notBeforeMs ?? nowMs) - nowMs);
  return "retrying";
};
