import type { ChangeEvent, ChangeFilter } from "../changes/change-event.ts";
import { changeListName } from "../changes/matches-filter.ts";
import type { ChangeStore } from "../changes/ports.ts";
import type { DependencyStore } from "../dependencies/ports.ts";
import { decodeCursor, encodeCursor } from "../jobs/cursor.ts";
import { everyItem, type Page, type PageRequest } from "../jobs/paging.ts";
import { catalogTenantId } from "./catalog-tenant.ts";

export type ProviderChangeFilter = Pick<ChangeFilter, "severity" | "ruleId" | "causeKey" | "toSnapshotId"> & {
  surfaceId?: string;
};

/** The ids of the provider surfaces that the tenant's dependencies follow, each once. */
export const followedSurfaces = async (
  dependencies: Pick<DependencyStore, "subscriptions">,
  tenantId: string,
): Promise<Set<string>> => {
  const surfaces = new Set<string>();
  for await (const { providerSurfaceId } of everyItem((page) => dependencies.subscriptions(tenantId, page)))
    if (providerSurfaceId !== undefined) surfaces.add(providerSurfaceId);
  return surfaces;
};

/**
 * What changed in the provider surfaces that the tenant subscribes to, newest first, whatever its dependencies filter out. One
 * list over the lists of the surfaces: ids sort by time in all of them.
 * @throws InvalidCursorError
 */
export const listProviderChanges = async (
  ports: { dependencies: Pick<DependencyStore, "subscriptions">; changes: Pick<ChangeStore, "list"> },
  tenantId: string,
  { surfaceId, ...filter }: ProviderChangeFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<ChangeEvent>> => {
  const list = `provider-${changeListName(tenantId, { ...filter, dependencyId: surfaceId })}`;
  const after = decodeCursor(list, cursor);
  const followed = await followedSurfaces(ports.dependencies, tenantId);
  const wanted = [...followed].filter((id) => surfaceId === undefined || id === surfaceId);
  const pages = await Promise.all(
    wanted.map((dependencyId) => {
      const own = { ...filter, dependencyId };
      const from = after === undefined ? undefined : encodeCursor(changeListName(catalogTenantId, own), after);
      return ports.changes.list(catalogTenantId, own, { limit, cursor: from });
    }),
  );
  const merged = pages.flatMap(({ items }) => items).sort((a, b) => (a.id > b.id ? -1 : 1));
  const items = merged.slice(0, limit);
  const last = items.at(-1);
  const hasMore = merged.length > items.length || pages.some(({ nextCursor }) => nextCursor !== undefined);
  return { items, ...(hasMore && last !== undefined ? { nextCursor: encodeCursor(list, last.id) } : {}) };
};
