import { cadenceMs } from "../contracts/api/cadence.ts";
import type { Dependency } from "../dependencies/dependency.ts";
import { nextCheckAt } from "../dependencies/next-check.ts";
import type { DependencyStore } from "../dependencies/ports.ts";
import { ConflictError } from "../jobs/errors.ts";
import type { Clock } from "../jobs/ports.ts";
import type { SyncService } from "../jobs/sync-service.ts";
import { catalogTenantId } from "./catalog-tenant.ts";
import type { SurfaceOfProvider } from "./provider.ts";

export type SubscribePorts = {
  dependencies: DependencyStore;
  syncs: Pick<SyncService, "submit">;
  clock: Pick<Clock, "nowMs">;
  /** A new ULID, monotonic within a millisecond. */
  newId(): string;
  /** Of surfaces that do not say how often they are checked. */
  defaultCadence: string;
};

/** What a subscriber says of its dependency. */
export type SubscriptionSettings = Pick<
  Dependency,
  "name" | "enabled" | "monitoringMode" | "filteredDomains" | "filteredEndpoints" | "tags" | "owner" | "baseUrl"
>;

/**
 * Makes a dependency of the tenant's that follows a provider surface. The first subscriber opens the surface; one that comes to
 * a surface at which nobody has looked for a while has it synced, and for its own alerts that sync is the baseline.
 */
export const subscribe = async (
  ports: SubscribePorts,
  tenantId: string,
  { provider, surface }: SurfaceOfProvider,
  settings: SubscriptionSettings,
): Promise<Dependency> => {
  const nowMs = ports.clock.nowMs();
  const at = new Date(nowMs).toISOString();
  const dependency: Dependency = {
    ...settings,
    id: ports.newId(),
    tenantId,
    providerSurfaceId: surface.id,
    subscribedAt: at,
    cadence: surface.cadence ?? ports.defaultCadence,
    health: { status: "healthy", consecutiveFailures: 0 },
    createdAt: at,
    updatedAt: at,
  };
  const opened = await openSurface(ports, { provider, surface }, nowMs);
  // Before the sync below: who subscribes is told of what that sync finds, if it is to be told.
  await ports.dependencies.create(dependency);
  if (!isLookedAfter(opened, nowMs)) await ports.syncs.submit(catalogTenantId, surface.id, "created");
  return dependency;
};

/** The surface as a target of the schedule, made when it is first subscribed to; follows the catalog's address. */
const openSurface = async (
  { dependencies, defaultCadence }: SubscribePorts,
  { provider, surface }: SurfaceOfProvider,
  nowMs: number,
): Promise<Dependency> => {
  const { id, specUrl, cadence = defaultCadence } = surface;
  const found = await dependencies.get(catalogTenantId, id);
  if (found !== undefined) {
    if (found.specUrl === specUrl) return found;
    return (await dependencies.update(catalogTenantId, id, { specUrl }, nowMs)) ?? found;
  }
  const at = new Date(nowMs).toISOString();
  const fresh: Dependency = {
    id,
    tenantId: catalogTenantId,
    name: `${provider.name} ${surface.name}`,
    specUrl,
    cadence,
    enabled: true,
    monitoringMode: "full",
    filteredDomains: [],
    filteredEndpoints: [],
    tags: [],
    health: { status: "healthy", consecutiveFailures: 0 },
    createdAt: at,
    updatedAt: at,
  };
  const created = { ...fresh, nextCheckAt: nextCheckAt(fresh, nowMs) };
  try {
    await dependencies.create(created);
    return created;
  } catch (error) {
    // Another one was first.
    if (!(error instanceof ConflictError)) throw error;
    return (await dependencies.get(catalogTenantId, id)) ?? created;
  }
};

/** Whether the schedule, which passes surfaces without subscribers by, has looked at it lately: within two cadences. */
const isLookedAfter = ({ lastCheckedAt, cadence }: Dependency, nowMs: number): boolean =>
  lastCheckedAt !== undefined && nowMs - Date.parse(lastCheckedAt) < 2 * cadenceMs(cadence);

/**
 * Whether a sync that found something is only the baseline for this subscriber: it was started by somebody who subscribed, and
 * the subscriber came after the surface was seen last, so that nobody can tell whether the change came before or after it.
 */
export const isBaselineFor = ({ subscribedAt }: Dependency, surface: Dependency, job: { trigger: string }): boolean =>
  job.trigger === "created" && subscribedAt !== undefined && subscribedAt > (surface.health.lastSuccessAt ?? "");
