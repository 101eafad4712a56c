import { healthAfterFailure, healthAfterSuccess } from "../health/assess-failure.ts";
import type { Dependency, DependencyAfterSync, DependencyFailure, DependencyPatch } from "./dependency.ts";

/**
 * What happens to a dependency, written once for every store. Fields that are cleared are set to `undefined`, and
 * stores drop those.
 */

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
    lastCheckedAt: at,
    updatedAt: at,
  };
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
  return { ...freed, health: healthAfterFailure(dependency.health, failure), lastCheckedAt: at, updatedAt: at };
};

/**
 * What a person changed; `null` removes. Another document drops the other source and the validators, and a disabled
 * dependency has no next check.
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
  }
  if (!patched.enabled) patched.nextCheckAt = undefined;
  return patched;
};
