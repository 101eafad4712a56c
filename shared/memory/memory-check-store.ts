import type { CheckStore } from "../checks/ports.ts";
import { applyFailedCheck, applyHandOver, applyPostponedCheck, applyUnchangedCheck } from "../checks/transitions.ts";
import type { Dependency } from "../dependencies/dependency.ts";
import type { SyncJob } from "../jobs/job.ts";
import { storedCopy } from "./stored.ts";
import { type SyncState, tenantKey } from "./sync-state.ts";

/** Outcomes of checks in memory; `state` is that of jobs and dependencies. */
export const memoryCheckStore = ({ dependencies, jobs }: SyncState): CheckStore => {
  const change = <T extends { dependency: Dependency; job?: SyncJob }>(
    { tenantId, id }: Dependency,
    apply: (dependency: Dependency) => T | undefined,
  ): T | undefined => {
    const stored = dependencies.get(tenantKey(tenantId, id));
    const changed = stored === undefined || stored.isRemoved ? undefined : apply(stored.dependency);
    if (stored === undefined || changed === undefined) return undefined;
    stored.dependency = storedCopy(changed.dependency);
    if (changed.job !== undefined) jobs.set(changed.job.id, storedCopy(changed.job));
    return changed;
  };
  const changeAlone = (seen: Dependency, apply: (dependency: Dependency) => Dependency | undefined): boolean =>
    change(seen, (dependency) => {
      const next = apply(dependency);
      return next === undefined ? undefined : { dependency: next };
    }) !== undefined;

  return {
    async recordUnchanged(seen, found) {
      return changeAlone(seen, (dependency) => applyUnchangedCheck(dependency, seen, found));
    },
    async recordPostponed(seen, wait) {
      return changeAlone(seen, (dependency) => applyPostponedCheck(dependency, seen, wait));
    },
    async recordFailed(seen, job, failure) {
      return change(seen, (dependency) => applyFailedCheck(dependency, seen, job, failure)) !== undefined;
    },
    async handOver(seen, job) {
      const changed = change(seen, (dependency) => applyHandOver(dependency, seen, job));
      return changed === undefined ? undefined : storedCopy(changed.job);
    },
  };
};
