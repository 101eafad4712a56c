import type { ChangeEvent } from "../changes/change-event.ts";
import { changeListName, matchesFilter } from "../changes/matches-filter.ts";
import type { ChangeStore } from "../changes/ports.ts";
import { pageOf, storedCopy } from "./stored.ts";
import { tenantKey } from "./sync-state.ts";

export const memoryChangeStore = (): ChangeStore => {
  const events = new Map<string, ChangeEvent>();

  const changeOpen = (
    tenantId: string,
    changeId: string,
    isOpen: (event: ChangeEvent) => boolean,
    change: Partial<ChangeEvent>,
  ): ChangeEvent | "conflict" | undefined => {
    const key = tenantKey(tenantId, changeId);
    const event = events.get(key);
    if (event === undefined) return undefined;
    if (!isOpen(event)) return "conflict";
    const changed = { ...event, ...change };
    events.set(key, changed);
    return storedCopy(changed);
  };

  return {
    async putOnce(batch) {
      for (const event of batch) {
        const key = tenantKey(event.tenantId, event.id);
        if (!events.has(key)) events.set(key, storedCopy(event));
      }
    },
    async get(tenantId, changeId) {
      const found = events.get(tenantKey(tenantId, changeId));
      return found === undefined ? undefined : storedCopy(found);
    },
    async list(tenantId, filter, page) {
      const matching = [...events.values()].filter(
        (event) => event.tenantId === tenantId && matchesFilter(event, filter),
      );
      return pageOf(changeListName(tenantId, filter), matching, (event) => event.id, page);
    },
    async acknowledge(tenantId, changeId, by, at) {
      const isOpen = (event: ChangeEvent) => event.acknowledgedAt === undefined && event.resolvedAt === undefined;
      return changeOpen(tenantId, changeId, isOpen, { acknowledgedAt: at, acknowledgedBy: by });
    },
    async resolve(tenantId, changeId, by, at) {
      const isOpen = (event: ChangeEvent) => event.resolvedAt === undefined;
      return changeOpen(tenantId, changeId, isOpen, { resolvedAt: at, resolvedBy: by });
    },
  };
};
