import type { Dependency } from "../dependencies/dependency.ts";
import { applyNewJob, applySyncFailure, applySyncResult, freeDependency } from "../dependencies/transitions.ts";
import { jobList } from "../jobs/cursor.ts";
import { LeaseLostError, NotFoundError } from "../jobs/errors.ts";
import { isTerminal, type Lease, type SyncJob } from "../jobs/job.ts";
import type { JobStore } from "../jobs/ports.ts";
import {
  applyCancel,
  applyCancelRequest,
  applyCheckpoint,
  applyClaim,
  applyFailure,
  applyFinish,
  applyProgress,
  applyRelease,
  applyRequeue,
  claimRefusal,
  hasCommitted,
  isHeldBy,
  isRetryable,
  leaseOf,
} from "../jobs/transitions.ts";
import { pageOf, storedCopy } from "./stored.ts";
import { type StoredDependency, type SyncState, tenantKey } from "./sync-state.ts";

/** Jobs in memory. Every method does its work before its first await, so each of them is atomic. */
export const memoryJobStore = (state: SyncState): JobStore => {
  const { jobs, dependencies } = state;

  const save = (job: SyncJob): SyncJob => {
    jobs.set(job.id, storedCopy(job));
    return storedCopy(job);
  };

  const dependencyOf = (job: SyncJob): StoredDependency | undefined =>
    dependencies.get(tenantKey(job.tenantId, job.dependencyId));

  const changeDependency = (job: SyncJob, change: (dependency: Dependency) => Dependency): void => {
    const stored = dependencyOf(job);
    if (stored !== undefined) stored.dependency = storedCopy(change(stored.dependency));
  };

  /** @throws NotFoundError */
  const claimable = (job: SyncJob): Dependency => {
    const stored = dependencyOf(job);
    if (stored === undefined || stored.isRemoved) throw new NotFoundError("dependency", job.dependencyId);
    return stored.dependency;
  };

  /** @throws LeaseLostError */
  const heldJob = (lease: Lease): SyncJob => {
    const job = jobs.get(lease.jobId);
    if (job === undefined || !isHeldBy(job, lease)) throw new LeaseLostError(lease.jobId, lease.stage, lease.term);
    return job;
  };

  /** The job of an attempt that is not over. */
  const openAttempt = (jobId: string, attempt: number): SyncJob | undefined => {
    const job = jobs.get(jobId);
    return job !== undefined && job.attempt === attempt && !isTerminal(job.status) ? job : undefined;
  };

  const copyOf = (jobId: string): SyncJob | undefined => {
    const job = jobs.get(jobId);
    return job === undefined ? undefined : storedCopy(job);
  };

  return {
    async create(job) {
      const dependency = claimable(job);
      const active = dependency.activeJobId === undefined ? undefined : jobs.get(dependency.activeJobId);
      if (active !== undefined) return { created: false, job: storedCopy(active) };
      const begun = applyNewJob(dependency, job);
      changeDependency(job, () => begun.dependency);
      return { created: true, job: save(begun.job) };
    },

    async get(jobId) {
      return copyOf(jobId);
    },

    async listByDependency(tenantId, dependencyId, page) {
      const own = [...jobs.values()].filter((job) => job.tenantId === tenantId && job.dependencyId === dependencyId);
      return pageOf(jobList(tenantId, dependencyId), own, (job) => job.id, page);
    },

    async listUnfinished(page) {
      const unfinished = [...jobs.values()].filter((job) => !isTerminal(job.status));
      return pageOf("unfinishedJobs", unfinished, (job) => job.id, page, "oldestFirst");
    },

    async recordExecution(jobId, attempt, executionArn) {
      const job = openAttempt(jobId, attempt);
      if (job !== undefined) save({ ...job, executionArn });
      return job !== undefined;
    },

    async claimStage(claim) {
      const job = jobs.get(claim.jobId);
      if (job === undefined) return { claimed: false, reason: "unknownJob" };
      const reason = claimRefusal(job, claim);
      if (reason !== undefined) return { claimed: false, reason, job: storedCopy(job) };
      const claimed = save(applyClaim(job, claim));
      return { claimed: true, job: claimed, lease: leaseOf(claim, claimed) };
    },

    async renew(lease, nowMs, durationMs) {
      const leaseExpiresAtMs = nowMs + durationMs;
      const job = save({ ...heldJob(lease), leaseExpiresAtMs });
      return { lease: { ...lease, expiresAtMs: leaseExpiresAtMs }, job };
    },

    async saveProgress(lease, progress, atMs) {
      save(applyProgress(heldJob(lease), progress, atMs));
    },

    async checkpoint(lease, checkpoint) {
      const current = jobs.get(lease.jobId);
      if (current !== undefined && hasCommitted(current, lease)) return storedCopy(current);
      return save(applyCheckpoint(heldJob(lease), lease.stage, checkpoint));
    },

    async release(lease, atMs, note) {
      save(applyRelease(heldJob(lease), atMs, note));
    },

    async finish(lease, checkpoint, outcome, after) {
      const current = jobs.get(lease.jobId);
      if (current !== undefined && hasCommitted(current, lease)) return storedCopy(current);
      const job = save(applyFinish(heldJob(lease), lease.stage, checkpoint, outcome));
      changeDependency(job, (dependency) => applySyncResult(dependency, job.id, after));
      return job;
    },

    async fail(jobId, attempt, error, failure) {
      const open = openAttempt(jobId, attempt);
      if (open === undefined) return copyOf(jobId);
      changeDependency(open, (dependency) => applySyncFailure(dependency, jobId, failure));
      return save(applyFailure(open, error));
    },

    async cancel(jobId, attempt, atMs) {
      const open = openAttempt(jobId, attempt);
      if (open === undefined) return copyOf(jobId);
      changeDependency(open, (dependency) => freeDependency(dependency, jobId));
      return save(applyCancel(open, atMs));
    },

    async requestCancel(jobId, atMs) {
      const job = jobs.get(jobId);
      const asked = job === undefined ? undefined : applyCancelRequest(job, atMs);
      if (asked === undefined) return undefined;
      if (isTerminal(asked.status)) changeDependency(asked, (dependency) => freeDependency(dependency, jobId));
      return save(asked);
    },

    async requeue(jobId, atMs) {
      const job = jobs.get(jobId);
      if (job === undefined) return { outcome: "notRetryable" };
      if (!isRetryable(job)) return { outcome: "notRetryable", job: storedCopy(job) };
      const dependency = claimable(job);
      if (dependency.activeJobId !== undefined) return { outcome: "dependencyBusy", job: storedCopy(job) };
      dependency.activeJobId = jobId;
      return { outcome: "requeued", job: save(applyRequeue(job, dependency.currentSnapshotId ?? null, atMs)) };
    },
  };
};
