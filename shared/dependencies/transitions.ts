import { healthAfterFailure, healthAfterNotice, healthAfterSuccess, isNoticeDue } from "../health/assess-failure.ts";
import type { SyncJob } from "../jobs/job.ts";
import type { Dependency, DependencyAfterSync, DependencyFailure, DependencyPatch } from "./dependency.ts";
import { type Beat, beatOf, beatsUntilMs, nextCheckAt, phasesBetween } from "./next-check.ts";
import type { DueWindow } from "./ports.ts";

/**
 * What happens to a dependency, written once for every store. Fields that are cleared are set to `undefined`, and
 * stores drop those.
 */

/**
 * A new job has the dependency. The unchanged checks before it go with the job: they are the row of the history below it.
 */
export const applyNewJob = (dependency: Dependency, job: SyncJob): { dependency: Dependency; job: SyncJob } => ({
  dependency: { ...dependency, activeJobId: job.id, unchangedChecks: undefined },
  job: { ...job, checksBefore: dependency.unchangedChecks },
});

/** Dependencies that are read at once when it is looked for what is due. */
export const dueBatchSize = 100;

/** Whether the schedule has something to do about it: a check, or a notice that its health is another than was told. */
export const isDue = (dependency: Dependency, nowMs: number): boolean =>
  isCheckDue(dependency, nowMs) || isNoticeDue(dependency.health);

export const isCheckDue = ({ enabled, nextCheckAt }: Dependency, nowMs: number): boolean =>
  enabled && nextCheckAt !== undefined && Date.parse(nextCheckAt) <= nowMs;

/**
 * How the schedule finds it: at its beat, or, where something else is due about it, at a moment of its own. `undefined` while
 * there is nothing to be done about it.
 */
export const placeInSchedule = (dependency: Dependency): { beat: Beat } | { dueAt: string } | undefined => {
  const { enabled, nextCheckAt, health } = dependency;
  const noticeAt = isNoticeDue(health) ? (health.unhealthyAt ?? health.lastFailureAt ?? nextCheckAt) : undefined;
  if (noticeAt !== undefined) return { dueAt: noticeAt };
  if (!enabled || nextCheckAt === undefined) return undefined;
  const beat = beatOf(dependency);
  return beat === undefined ? { dueAt: nextCheckAt } : { beat };
};

/** The moment at which the schedule finds it in a window; `undefined` when it does not. */
export const foundAtMs = (dependency: Dependency, { nowMs, coveredMs }: DueWindow): number | undefined => {
  const place = placeInSchedule(dependency);
  if (place === undefined || !isDue(dependency, nowMs)) return undefined;
  if ("dueAt" in place) return Date.parse(place.dueAt);
  const { everyMs, phaseMs } = place.beat;
  const range = phasesBetween(everyMs, coveredMs, beatsUntilMs(nowMs)).find(
    ({ fromMs, toMs }) => phaseMs >= fromMs && phaseMs <= toMs,
  );
  return range === undefined ? undefined : range.cycleMs + phaseMs;
};

/** Up to where beats are covered by what was found until `lastMs`, in order: others may come up at the same moment. */
export const coveredBy = (lastMs: number, { nowMs }: DueWindow): number => Math.min(lastMs - 1, beatsUntilMs(nowMs));

/** Whether the changes of its provider surface are handed to it. */
export const isSubscriber = ({ providerSurfaceId, enabled }: Dependency): boolean =>
  providerSurfaceId !== undefined && enabled;

/** Its people were told. */
export const applyNotice = (dependency: Dependency, toldUnhealthy: boolean): Dependency => ({
  ...dependency,
  health: healthAfterNotice(dependency.health, toldUnhealthy),
});

/** Whether the next check may still be planned by who read the dependency before. */
export const isPlanOf = (read: Dependency, dependency: Dependency): boolean =>
  dependency.enabled && dependency.nextCheckAt === read.nextCheckAt && dependency.health.status === read.health.status;

/** Frees the dependency from `jobId`; a claim of another job stays. */
export const freeDependency = (dependency: Dependency, jobId: string): Dependency =>
  dependency.activeJobId === jobId ? { ...dependency, activeJobId: undefined } : dependency;

/**
 * A finished sync: freed, healthy, checked. A new snapshot brings its own validators, also when it has none; an
 * unchanged document keeps those that `after` does not name.
 */
export const applySyncResult = (dependency: Dependency, jobId: string, after: DependencyAfterSync): Dependency => {
  const at = new Date(after.atMs).toISOString();
  const isNewSnapshot = after.currentSnapshotId !== undefined;
  return {
    ...freeDependency(dependency, jobId),
    health: healthAfterSuccess(dependency.health, after.atMs),
    currentSnapshotId: after.currentSnapshotId ?? dependency.currentSnapshotId,
    etag: isNewSnapshot ? after.etag : (after.etag ?? dependency.etag),
    lastModified: isNewSnapshot ? after.lastModified : (after.lastModified ?? dependency.lastModified),
    bodySha256: isNewSnapshot ? after.bodySha256 : (after.bodySha256 ?? dependency.bodySha256),
    // That of the same bytes, also where there is none.
    canonicalSha256: after.bodySha256 === undefined ? dependency.canonicalSha256 : after.canonicalSha256,
    rateLimited: undefined,
    nextCheckAt: nextCheckAfterSuccess(dependency, after.atMs),
    lastCheckedAt: at,
    updatedAt: at,
  };
};

/**
 * A check that was due is done with, and the next one is planned, with the write that says so: who asked for the check left the
 * plan as it was. A paused dependency that answers again goes back to its cadence; any other keeps a later check that is planned.
 */
export const nextCheckAfterSuccess = (dependency: Dependency, atMs: number): string | undefined => {
  const { enabled, health } = dependency;
  if (!isCheckDue(dependency, atMs) && (!enabled || health.status !== "paused")) return dependency.nextCheckAt;
  return nextCheckAt({ ...dependency, health: healthAfterSuccess(health, atMs) }, atMs);
};

/** A failed sync: freed, and counted when `failure` is given. */
export const applySyncFailure = (
  dependency: Dependency,
  jobId: string,
  failure: DependencyFailure | undefined,
): Dependency => {
  const freed = freeDependency(dependency, jobId);
  if (failure === undefined) return freed;
  const at = new Date(failure.atMs).toISOString();
  const failed: Dependency = {
    ...freed,
    health: healthAfterFailure(dependency.health, failure),
    rateLimited: undefined,
    lastCheckedAt: at,
    updatedAt: at,
  };
  const isPausedNow = failed.health.status === "paused" && dependency.health.status !== "paused";
  const isPlanned = isPausedNow || isCheckDue(dependency, failure.atMs);
  return failed.enabled && isPlanned ? { ...failed, nextCheckAt: nextCheckAt(failed, failure.atMs) } : failed;
};

/**
 * What a person changed; `null` removes. Another document drops the other source and the validators, and a disabled
 * dependency has no next check; nor has one that follows a provider surface, which has its own.
 */
export const applyPatch = (dependency: Dependency, patch: DependencyPatch, atMs: number): Dependency => {
  const given = Object.fromEntries(
    Object.entries(patch)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [field, value === null ? undefined : value]),
  );
  const patched: Dependency = { ...dependency, ...given, updatedAt: new Date(atMs).toISOString() };
  if (patch.specUrl !== undefined) patched.uploadKey = undefined;
  else if (patch.uploadKey !== undefined) patched.specUrl = undefined;
  if (patched.specUrl !== dependency.specUrl || patched.uploadKey !== dependency.uploadKey) {
    patched.etag = undefined;
    patched.lastModified = undefined;
    patched.bodySha256 = undefined;
    patched.canonicalSha256 = undefined;
    patched.rateLimited = undefined;
  }
  if (!patched.enabled || patched.providerSurfaceId !== undefined) patched.nextCheckAt = undefined;
  return patched;
};
