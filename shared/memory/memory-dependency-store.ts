import type { Dependency } from "../dependencies/dependency.ts";
import type { DependencyStore } from "../dependencies/ports.ts";
import {
  applyNotice,
  applyPatch,
  coveredBy,
  dueBatchSize,
  foundAtMs,
  isPlanOf,
  isSubscriber,
} from "../dependencies/transitions.ts";
import { subscriptionList } from "../jobs/cursor.ts";
import { ConflictError } from "../jobs/errors.ts";
import { pageOf, storedCopy } from "./stored.ts";
import { type SyncState, tenantKey } from "./sync-state.ts";

/** Dependencies in memory; `state` is the job store's, whose transactions change both. */
export const memoryDependencyStore = ({ dependencies }: SyncState): DependencyStore => {
  const present = (): Dependency[] =>
    [...dependencies.values()].filter(({ isRemoved }) => !isRemoved).map(({ dependency }) => dependency);

  /** Subscribers by surface and id, as an index keeps them; made anew after a change. */
  let bySurface: Map<string | undefined, Dependency[]> | undefined;
  const subscribersOf = (surfaceId: string): Dependency[] => {
    bySurface ??= Map.groupBy(
      present()
        .filter(isSubscriber)
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
      ({ providerSurfaceId }) => providerSurfaceId,
    );
    return bySurface.get(surfaceId) ?? [];
  };

  const stored = (tenantId: string, dependencyId: string) => {
    const found = dependencies.get(tenantKey(tenantId, dependencyId));
    return found === undefined || found.isRemoved ? undefined : found;
  };

  return {
    async create(dependency) {
      const key = tenantKey(dependency.tenantId, dependency.id);
      if (dependencies.has(key)) throw new ConflictError(`dependency ${dependency.id} exists already`);
      dependencies.set(key, { dependency: storedCopy(dependency), isRemoved: false });
      bySurface = undefined;
    },

    async get(tenantId, dependencyId) {
      const found = stored(tenantId, dependencyId);
      return found === undefined ? undefined : storedCopy(found.dependency);
    },

    async list(tenantId, page) {
      const own = present().filter((dependency) => dependency.tenantId === tenantId);
      return pageOf(`dependencies/${tenantId}`, own, (dependency) => dependency.id, page);
    },

    async update(tenantId, dependencyId, patch, atMs) {
      const found = stored(tenantId, dependencyId);
      if (found === undefined) return undefined;
      found.dependency = storedCopy(applyPatch(found.dependency, patch, atMs));
      bySurface = undefined;
      return storedCopy(found.dependency);
    },

    async remove(tenantId, dependencyId) {
      const found = stored(tenantId, dependencyId);
      if (found !== undefined) found.isRemoved = true;
      bySurface = undefined;
      return found !== undefined;
    },

    async *due(window) {
      const found = present()
        .flatMap((dependency) => {
          const atMs = foundAtMs(dependency, window);
          return atMs === undefined ? [] : [{ atMs, dependency: storedCopy(dependency) }];
        })
        .sort((a, b) => a.atMs - b.atMs || (a.dependency.id < b.dependency.id ? -1 : 1));
      for (let start = 0; start < found.length; start += dueBatchSize) {
        const batch = found.slice(start, start + dueBatchSize);
        const dependencies = batch.map(({ dependency }) => dependency);
        yield { dependencies, coveredMs: coveredBy(batch.at(-1)?.atMs ?? 0, window) };
      }
    },

    async subscribers(surfaceId, { after = "", limit }) {
      const all = subscribersOf(surfaceId);
      const start = firstIndexAfter(all, after);
      const found = all.slice(start, start + limit).map(storedCopy);
      return { subscribers: found, next: found.length < limit ? undefined : found.at(-1)?.id };
    },

    async subscriptions(tenantId, page, surfaceId) {
      const own = present().filter(
        ({ tenantId: of, providerSurfaceId: to }) => of === tenantId && to !== undefined && (surfaceId ?? to) === to,
      );
      const position = ({ providerSurfaceId, id }: Dependency) => `${providerSurfaceId}#${id}`;
      return pageOf(subscriptionList(tenantId, surfaceId), own, position, page, "oldestFirst");
    },

    async planCheck(read, nextCheckAt) {
      const found = stored(read.tenantId, read.id);
      if (found === undefined || !isPlanOf(read, found.dependency)) return false;
      found.dependency = storedCopy({ ...found.dependency, nextCheckAt });
      return true;
    },

    async noteNotice(tenantId, dependencyId, toldUnhealthy) {
      const found = stored(tenantId, dependencyId);
      if (found === undefined) return undefined;
      found.dependency = storedCopy(applyNotice(found.dependency, toldUnhealthy));
      return storedCopy(found.dependency);
    },
  };
};

/** Where those after the id begin, in a list by id. */
const firstIndexAfter = (list: readonly Dependency[], after: string): number => {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.id ?? "") <= after) low = middle + 1;
    else high = middle;
  }
  return low;
};
