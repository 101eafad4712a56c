import * as z from "zod";
import type { StoredRequest } from "../../tenants/idempotency.ts";
import type { ApiKey, Tenant } from "../../tenants/tenant.ts";
import type { ItemCodec } from "../item-codec.ts";
import { apiKeyKey, apiKeyListKey, idempotencyKey, tenantItemKey, tenantListKey } from "../keys.ts";

export const tenantItem: ItemCodec<Tenant> = {
  entity: "tenant",
  version: 1,
  schema: z.object({ id: z.string(), name: z.string(), createdAt: z.string() }),
  content: (tenant) => tenant,
  place: (tenant) => ({ ...tenantItemKey(tenant.id), ...tenantListKey(tenant) }),
};

/** Keys are found by hash, at every request, and by tenant (GSI1). */
export const apiKeyItem: ItemCodec<ApiKey> = {
  entity: "apiKey",
  version: 1,
  schema: z.object({
    id: z.string(),
    tenantId: z.string(),
    name: z.string(),
    scopes: z.array(z.enum(["read", "write"])),
    sha256: z.string(),
    createdAt: z.string(),
    revokedAt: z.string().optional(),
  }),
  content: (key) => key,
  place: (key) => ({ ...apiKeyKey(key.sha256), ...apiKeyListKey(key.tenantId, key.id) }),
};

export type IdempotentRequest = StoredRequest & { tenantId: string; key: string };

export const idempotentRequestItem: ItemCodec<IdempotentRequest> = {
  entity: "idempotentRequest",
  version: 1,
  schema: z.object({
    tenantId: z.string(),
    key: z.string(),
    requestSha256: z.string(),
    startedAtMs: z.number(),
    expiresAtMs: z.number(),
    response: z.object({ statusCode: z.number(), body: z.string() }).optional(),
  }),
  content: (request) => request,
  place: ({ tenantId, key, expiresAtMs }) => ({
    ...idempotencyKey(tenantId, key),
    expiresAtSeconds: Math.ceil(expiresAtMs / 1000),
  }),
};
