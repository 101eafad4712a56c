import { ConflictError } from "../jobs/errors.ts";
import type { ApiKeyStore } from "../tenants/ports.ts";
import { readPage, readRange } from "./dynamo-list.ts";
import { changeEntity, type DynamoTable, getEntity, putNew } from "./dynamo-table.ts";
import { apiKeyItem } from "./items/tenant-items.ts";
import { apiKeyKey, apiKeyListKey, partitions } from "./keys.ts";

export const dynamoApiKeyStore = (table: DynamoTable): ApiKeyStore => ({
  async create(key) {
    if (!(await putNew(table, apiKeyItem, key))) throw new ConflictError(`API key ${key.id} exists already`);
  },
  findByHash(sha256) {
    return getEntity(table, apiKeyItem, apiKeyKey(sha256));
  },
  list(tenantId, page) {
    const range = { index: "GSI1", partition: partitions.apiKeys(tenantId), order: "newestFirst" } as const;
    return readPage(`apiKeys/${tenantId}`, page, (after, count) => readRange(table, apiKeyItem, range, after, count));
  },
  async revoke(tenantId, keyId, at) {
    const { GSI1PK, GSI1SK } = apiKeyListKey(tenantId, keyId);
    const range = { index: "GSI1", partition: GSI1PK, from: GSI1SK, to: GSI1SK, order: "newestFirst" } as const;
    const [entry] = await readRange(table, apiKeyItem, range, undefined, 1);
    if (entry?.value === undefined) return undefined;
    const { before, after } = await changeEntity(table, apiKeyItem, apiKeyKey(entry.value.sha256), (key) =>
      key.revokedAt === undefined ? { ...key, revokedAt: at } : undefined,
    );
    return after ?? before;
  },
});
