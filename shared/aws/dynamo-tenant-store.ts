import { ConflictError } from "../jobs/errors.ts";
import type { TenantStore } from "../tenants/ports.ts";
import { readPage, readRange } from "./dynamo-list.ts";
import { type DynamoTable, getEntity, putNew } from "./dynamo-table.ts";
import { tenantItem } from "./items/tenant-items.ts";
import { partitions, tenantItemKey } from "./keys.ts";

export const dynamoTenantStore = (table: DynamoTable): TenantStore => ({
  async create(tenant) {
    if (!(await putNew(table, tenantItem, tenant))) throw new ConflictError(`tenant ${tenant.id} exists already`);
  },
  get(tenantId) {
    return getEntity(table, tenantItem, tenantItemKey(tenantId));
  },
  list(page) {
    const range = { index: "GSI1", partition: partitions.tenants, order: "newestFirst" } as const;
    return readPage("tenants", page, (after, count) => readRange(table, tenantItem, range, after, count));
  },
});
