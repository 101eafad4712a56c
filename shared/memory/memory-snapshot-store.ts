import type { SnapshotStore } from "../snapshots/ports.ts";
import type { Snapshot } from "../snapshots/snapshot.ts";
import { pageOf, storedCopy } from "./stored.ts";
import { tenantKey } from "./sync-state.ts";

export const memorySnapshotStore = (): SnapshotStore => {
  const snapshots = new Map<string, Snapshot>();
  return {
    async putOnce(snapshot) {
      const key = tenantKey(snapshot.tenantId, snapshot.dependencyId, snapshot.id);
      if (!snapshots.has(key)) snapshots.set(key, storedCopy(snapshot));
    },
    async get(tenantId, dependencyId, snapshotId) {
      const found = snapshots.get(tenantKey(tenantId, dependencyId, snapshotId));
      return found === undefined ? undefined : storedCopy(found);
    },
    async list(tenantId, dependencyId, page) {
      const own = [...snapshots.values()].filter(
        (snapshot) => snapshot.tenantId === tenantId && snapshot.dependencyId === dependencyId,
      );
      return pageOf(`snapshots/${tenantId}/${dependencyId}`, own, (snapshot) => snapshot.id, page);
    },
  };
};
