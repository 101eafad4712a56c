import type { SignalEntry, SignalStore } from "./ports.ts";

/** Of one process; some KB each. */
const maxEntries = 5_000;

/**
 * Signals in the memory of this process; those that were put longest ago make room.
 * @param keyPrefix what keys begin with, so that several caches may share a process
 */
export const inMemorySignals = (keyPrefix: string, limit = maxEntries): SignalStore => {
  const entries = new Map<string, SignalEntry>();
  const keyOf = (tenantId: string, runId: string): string => `${keyPrefix}${tenantId}:${runId}`;
  return {
    get: async (tenantId, runId) => entries.get(keyOf(tenantId, runId)),
    async put(entry) {
      const key = keyOf(entry.tenantId, entry.runId);
      const there = entries.get(key);
      if (there !== undefined && there.checkedAtMs > entry.checkedAtMs) return;
      entries.delete(key);
      entries.set(key, entry);
      const [oldest] = entries.keys();
      if (entries.size > limit && oldest !== undefined) entries.delete(oldest);
    },
  };
};
