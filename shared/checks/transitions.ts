import type { Dependency, DependencyFailure } from "../dependencies/dependency.ts";
import { applyNewJob, applySyncFailure, nextCheckAfterSuccess } from "../dependencies/transitions.ts";
import { healthAfterSuccess } from "../health/assess-failure.ts";
import type { SyncJob } from "../jobs/job.ts";
import type { CheckStore, Postponement } from "./ports.ts";

/**
 * What the outcome of a check does to a dependency, written once for every store. `undefined`: nothing, as it is not as it
 * was seen any more.
 */

/** Whether what was fetched for `seen` still says something about the dependency as it stands. */
export const isAsSeen = (dependency: Dependency, seen: Dependency): boolean =>
  dependency.activeJobId === undefined &&
  dependency.lastCheckedAt === seen.lastCheckedAt &&
  dependency.specUrl === seen.specUrl &&
  dependency.uploadKey === seen.uploadKey &&
  dependency.currentSnapshotId === seen.currentSnapshotId;

export const applyUnchangedCheck = (
  dependency: Dependency,
  seen: Dependency,
  found: Parameters<CheckStore["recordUnchanged"]>[1],
): Dependency | undefined => {
  if (!isAsSeen(dependency, seen)) return undefined;
  const at = new Date(found.atMs).toISOString();
  const { count = 0, firstAt = at } = dependency.unchangedChecks ?? {};
  return {
    ...dependency,
    health: healthAfterSuccess(dependency.health, found.atMs),
    etag: found.etag ?? dependency.etag,
    lastModified: found.lastModified ?? dependency.lastModified,
    unchangedChecks: { count: count + 1, firstAt, lastAt: at },
    rateLimited: undefined,
    nextCheckAt: nextCheckAfterSuccess(dependency, found.atMs),
    lastCheckedAt: at,
    updatedAt: at,
  };
};

export const applyPostponedCheck = (
  dependency: Dependency,
  seen: Dependency,
  { until, nextCheckAt, isCounted }: Postponement,
): Dependency | undefined => {
  if (!isAsSeen(dependency, seen) || !dependency.enabled) return undefined;
  const count = (dependency.rateLimited?.count ?? 0) + (isCounted ? 1 : 0);
  return { ...dependency, rateLimited: { until, count }, nextCheckAt };
};

export const applyFailedCheck = (
  dependency: Dependency,
  seen: Dependency,
  job: SyncJob,
  failure: DependencyFailure,
): { dependency: Dependency; job: SyncJob } | undefined => {
  if (!isAsSeen(dependency, seen)) return undefined;
  const begun = applyNewJob(dependency, job);
  return { dependency: applySyncFailure(begun.dependency, job.id, failure), job: begun.job };
};

export const applyHandOver = (
  dependency: Dependency,
  seen: Dependency,
  job: SyncJob,
): { dependency: Dependency; job: SyncJob } | undefined => {
  if (!isAsSeen(dependency, seen)) return undefined;
  return applyNewJob({ ...dependency, nextCheckAt: nextCheckAfterSuccess(dependency, Date.parse(job.createdAt)) }, job);
};
