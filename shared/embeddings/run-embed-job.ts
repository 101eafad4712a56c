import type { Dependency } from "../dependencies/dependency.ts";
import { LeaseLostError } from "../jobs/errors.ts";
import { keepLease } from "../pipeline/keep-lease.ts";
import { toAppError } from "../pipeline/run-stage.ts";
import { catalogTenantId } from "../providers/catalog-tenant.ts";
import { indexRevision } from "../search/index-file.ts";
import {
  type EmbedJob,
  type EmbedJobId,
  type EmbedLease,
  isSameWork,
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
  | "follows"
  | "leaseLost";

/** What a sync takes for its last write, with some patience. */
const untilSyncEndsMs = 10_000;

/** Followers of a surface that are told at once. */
const followersAtOnce = 25;

/** No heartbeat to give: nothing waits for an embed job but its item. */
const tokens = { heartbeat: async () => "accepted" as const };

/**
 * Does what a request asks for: brings the dependency's index to the snapshot and model that are wanted, and the tenant's
 * merged index with it. May run any number of times for one request, by several workers at once.
 */
export const runEmbedJob = async (ports: EmbedPorts, worker: EmbedWorker, request: EmbedRequest): Promise<EmbedEnd> => {
  const { clock, jobs, queue } = ports;
  const id: EmbedJobId = { tenantId: request.tenantId, dependencyId: request.dependencyId };
  const dependency = await ports.dependencies.get(id.tenantId, id.dependencyId);
  if (dependency === undefined) return resolveGone(ports, id);
  if (dependency.providerSurfaceId !== undefined) {
    // The surface was embedded once for all who follow it.
    await publishIndex(ports, id.tenantId, id.dependencyId);
    return "follows";
  }

  if (isEarly(request, dependency)) {
    await queue.send(request, untilSyncEndsMs);
    return "postponed";
  }

  await jobs.change(id, (job) => {
    const { currentSnapshotId: snapshotId } = dependency;
    if (snapshotId === undefined) return undefined;
    const wanted = { ...id, snapshotId, model: worker.model, revision: indexRevision };
    // Without a snapshot it is a message that goes on: a job that failed for good stays so.
    if (request.snapshotId === undefined && job?.status === "failed" && isSameWork(job, wanted)) return undefined;
    return withRequest(job, wanted, clock.nowMs());
  });
  const claim = await claimJob(ports, worker, id);
  if (claim.refused === "over") {
    // A worker may have died between the job's end and the merged index.
    await publish(ports, id);
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
    await publish(ports, id);
    return "indexed";
  } catch (error) {
    return await recordFailure(ports, worker, id, keeper, error);
  } finally {
    await keeper.stop();
  }
};

/**
 * Whether a message came before the end of its sync, after which its snapshot is the dependency's. Ids of snapshots sort by
 * their time, so that a message that comes late, or twice, is told from one that comes early.
 */
const isEarly = ({ snapshotId }: EmbedRequest, { currentSnapshotId = "", activeJobId }: Dependency): boolean =>
  snapshotId !== undefined && snapshotId > currentSnapshotId && activeJobId !== undefined;

/** Brings the new index to whoever searches it: the tenant, or all who follow the surface. */
const publish = async (ports: EmbedPorts, { tenantId, dependencyId }: EmbedJobId): Promise<void> => {
  if (tenantId !== catalogTenantId) return publishIndex(ports, tenantId, dependencyId);
  let after: string | undefined;
  do {
    const page = await ports.dependencies.subscribers(dependencyId, {
      ...(after && { after }),
      limit: followersAtOnce,
    });
    await Promise.all(
      page.subscribers.map((one) => ports.queue.send({ tenantId: one.tenantId, dependencyId: one.id })),
    );
    after = page.next;
  } while (after !== undefined);
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
  await ports.jobs.change(id, (job) =>
    job === undefined || job.isSourceGone ? undefined : withoutSource(job, ports.clock.nowMs()),
  );
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
