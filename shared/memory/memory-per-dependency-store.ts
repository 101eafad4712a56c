import type { PerDependencyStore } from "../dependencies/ports.ts";
import { storedCopy } from "./stored.ts";
import { tenantKey } from "./sync-state.ts";

export const memoryPerDependencyStore = <T>(): PerDependencyStore<T> => {
  const documents = new Map<string, T>();
  const get = (tenantId: string, dependencyId: string): T | undefined => {
    const found = documents.get(tenantKey(tenantId, dependencyId));
    return found === undefined ? undefined : storedCopy(found);
  };
  return {
    async get(tenantId, dependencyId) {
      return get(tenantId, dependencyId);
    },
    async change(tenantId, dependencyId, change) {
      const after = storedCopy(change(get(tenantId, dependencyId)));
      documents.set(tenantKey(tenantId, dependencyId), after);
      return storedCopy(after);
    },
  };
};
