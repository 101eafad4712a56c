import type { Dependency } from "../dependencies/dependency.ts";
import { jobTypeFor } from "../providers/catalog-tenant.ts";
import { firstOpenStage, type SyncJob, type SyncTrigger } from "./job.ts";

/** A queued sync of the dependency, or of the provider surface, pinned to its current snapshot; it begins after the checkpoints it brings along. */
export const newSyncJob = (
  dependency: Dependency,
  about: { id: string; trigger: SyncTrigger; atMs: number; checkpoints?: SyncJob["checkpoints"] },
): SyncJob => {
  const at = new Date(about.atMs).toISOString();
  const checkpoints = about.checkpoints ?? {};
  const type = jobTypeFor(dependency);
  return {
    id: about.id,
    type,
    tenantId: dependency.tenantId,
    dependencyId: dependency.id,
    trigger: about.trigger,
    status: "queued",
    stage: firstOpenStage(type, checkpoints),
    attempt: 1,
    term: 0,
    checkpoints,
    baseSnapshotId: dependency.currentSnapshotId ?? null,
    errors: [],
    rateLimitedCount: 0,
    createdAt: at,
    updatedAt: at,
  };
};
