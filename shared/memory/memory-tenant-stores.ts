import { ConflictError } from "../jobs/errors.ts";
import { answerToRepeat, idempotencyRetentionMs, type StoredRequest } from "../tenants/idempotency.ts";
import type { ApiKeyStore, IdempotencyStore, TenantStore } from "../tenants/ports.ts";
import type { ApiKey, Tenant } from "../tenants/tenant.ts";
import { pageOf, storedCopy } from "./stored.ts";
import { tenantKey } from "./sync-state.ts";

export const memoryTenantStore = (): TenantStore => {
  const tenants = new Map<string, Tenant>();
  return {
    async create(tenant) {
      if (tenants.has(tenant.id)) throw new ConflictError(`tenant ${tenant.id} exists already`);
      tenants.set(tenant.id, storedCopy(tenant));
    },
    async get(tenantId) {
      const found = tenants.get(tenantId);
      return found === undefined ? undefined : storedCopy(found);
    },
    async list(page) {
      return pageOf("tenants", tenants.values(), ({ createdAt, id }) => `${createdAt}#${id}`, page);
    },
  };
};

export const memoryApiKeyStore = (): ApiKeyStore => {
  const keys = new Map<string, ApiKey>();
  return {
    async create(key) {
      if (keys.has(key.sha256)) throw new ConflictError(`API key ${key.id} exists already`);
      keys.set(key.sha256, storedCopy(key));
    },
    async findByHash(sha256) {
      const found = keys.get(sha256);
      return found === undefined ? undefined : storedCopy(found);
    },
    async list(tenantId, page) {
      const own = [...keys.values()].filter((key) => key.tenantId === tenantId);
      return pageOf(`apiKeys/${tenantId}`, own, (key) => key.id, page);
    },
    async revoke(tenantId, keyId, at) {
      const found = [...keys.values()].find((key) => key.tenantId === tenantId && key.id === keyId);
      if (found === undefined) return undefined;
      found.revokedAt ??= at;
      return storedCopy(found);
    },
  };
};

export const memoryIdempotencyStore = (): IdempotencyStore => {
  const requests = new Map<string, StoredRequest>();
  return {
    async begin(tenantId, key, requestSha256, nowMs) {
      const stored = requests.get(tenantKey(tenantId, key));
      const answer = stored === undefined ? undefined : answerToRepeat(stored, requestSha256, nowMs);
      if (answer !== undefined) return storedCopy(answer);
      const expiresAtMs = nowMs + idempotencyRetentionMs;
      requests.set(tenantKey(tenantId, key), { requestSha256, startedAtMs: nowMs, expiresAtMs });
      return { outcome: "begun" };
    },
    async complete(tenantId, key, response) {
      const stored = requests.get(tenantKey(tenantId, key));
      if (stored !== undefined) stored.response ??= storedCopy(response);
    },
    async abandon(tenantId, key) {
      if (requests.get(tenantKey(tenantId, key))?.response === undefined) requests.delete(tenantKey(tenantId, key));
    },
  };
};
