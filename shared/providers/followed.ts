import type { Dependency } from "../dependencies/dependency.ts";
import type { DependencyStore } from "../dependencies/ports.ts";
import { catalogTenantId } from "./catalog-tenant.ts";

/** Whose snapshots and syncs a dependency shows: its own, or those of the provider surface that it follows. */
export const snapshotOwner = ({
  tenantId,
  id,
  providerSurfaceId,
}: Pick<Dependency, "tenantId" | "id" | "providerSurfaceId">): { tenantId: string; dependencyId: string } =>
  providerSurfaceId === undefined
    ? { tenantId, dependencyId: id }
    : { tenantId: catalogTenantId, dependencyId: providerSurfaceId };

/**
 * The dependency as its tenant sees it: one that follows a provider surface has the surface's checks, health and current
 * snapshot.
 */
export const asSeen = async (
  dependencies: Pick<DependencyStore, "get">,
  dependency: Dependency,
): Promise<Dependency> => {
  const { providerSurfaceId } = dependency;
  if (providerSurfaceId === undefined) return dependency;
  const surface = await dependencies.get(catalogTenantId, providerSurfaceId);
  if (surface === undefined) return dependency;
  const { specUrl, cadence, health, currentSnapshotId, lastCheckedAt, rateLimited, nextCheckAt } = surface;
  return { ...dependency, specUrl, cadence, health, currentSnapshotId, lastCheckedAt, rateLimited, nextCheckAt };
};
