import { ConflictError } from "../jobs/errors.ts";
import type { RecordStore } from "../tenants/record-store.ts";
import { pageOf, storedCopy } from "./stored.ts";
import { tenantKey } from "./sync-state.ts";

/** @param kind names the things in errors and cursors, for example `channel` */
export const memoryRecordStore = <T extends { id: string; tenantId: string }>(kind: string): RecordStore<T> => {
  const records = new Map<string, T>();
  return {
    async create(record) {
      const key = tenantKey(record.tenantId, record.id);
      if (records.has(key)) throw new ConflictError(`${kind} ${record.id} exists already`);
      records.set(key, storedCopy(record));
    },
    async get(tenantId, id) {
      const found = records.get(tenantKey(tenantId, id));
      return found === undefined ? undefined : storedCopy(found);
    },
    async list(tenantId, page) {
      const own = [...records.values()].filter((record) => record.tenantId === tenantId);
      return pageOf(`${kind}s/${tenantId}`, own, (record) => record.id, page);
    },
    async update(tenantId, id, change) {
      const key = tenantKey(tenantId, id);
      const found = records.get(key);
      if (found === undefined) return undefined;
      const updated = storedCopy(change(storedCopy(found)) ?? found);
      records.set(key, updated);
      return storedCopy(updated);
    },
    async remove(tenantId, id) {
      return records.delete(tenantKey(tenantId, id));
    },
  };
};
