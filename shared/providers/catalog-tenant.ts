import type { SyncJobType } from "../contracts/sync-stages.ts";

/**
 * Who owns what belongs to no tenant: provider surfaces, with their jobs, snapshots and changes. A surface is a dependency of
 * the catalog, so that schedule, checks, health and pipeline treat it as any other. Tenants' own ids are ULIDs, and no
 * credential carries this one.
 */
export const catalogTenantId = "provider-catalog";

/** Whether it is a provider surface: fetched once, for all its subscribers. */
export const isSurface = ({ tenantId }: { tenantId: string }): boolean => tenantId === catalogTenantId;

/** What syncs it. */
export const jobTypeFor = (target: { tenantId: string }): SyncJobType =>
  isSurface(target) ? "provider.sync" : "dependency.sync";
