import type { SnapshotStore } from "../snapshots/ports.ts";
import { readPage, readRange } from "./dynamo-list.ts";
import { type DynamoTable, getEntity, putNew } from "./dynamo-table.ts";
import { snapshotItem } from "./items/snapshot-item.ts";
import { partitions, snapshotKey } from "./keys.ts";

export const dynamoSnapshotStore = (table: DynamoTable): SnapshotStore => ({
  async putOnce(snapshot) {
    await putNew(table, snapshotItem, snapshot);
  },
  get(tenantId, dependencyId, snapshotId) {
    return getEntity(table, snapshotItem, snapshotKey(tenantId, dependencyId, snapshotId));
  },
  list(tenantId, dependencyId, page) {
    const range = { partition: partitions.snapshots(tenantId, dependencyId), order: "newestFirst" } as const;
    return readPage(`snapshots/${tenantId}/${dependencyId}`, page, (after, count) =>
      readRange(table, snapshotItem, range, after, count),
    );
  },
});
