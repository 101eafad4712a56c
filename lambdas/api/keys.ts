import type * as z from "zod";
import type { apiKey, createdApiKey, keyRoutes } from "../../shared/contracts/api/keys.ts";
import { ConflictError, NotFoundError } from "../../shared/jobs/errors.ts";
import { apiKeySecretBytes, newApiKey } from "../../shared/tenants/api-key.ts";
import { ForbiddenError } from "../../shared/tenants/errors.ts";
import type { ApiKeyStore } from "../../shared/tenants/ports.ts";
import type { ApiKey } from "../../shared/tenants/tenant.ts";
import type { ApiPorts } from "./api-ports.ts";
import type { HandlersOf } from "./route-handler.ts";

export const keyHandlers = (ports: ApiPorts): HandlersOf<typeof keyRoutes> => ({
  async createApiKey({ body, caller }) {
    const lacking = body.scopes.find((scope) => !caller.scopes.includes(scope));
    if (lacking !== undefined) {
      throw new ForbiddenError(`this API key lacks the scope ${lacking} itself, so it cannot grant it`);
    }
    const { apiKey, secret } = newApiKey(
      {
        id: ports.newId(),
        tenantId: caller.tenantId,
        name: body.name,
        scopes: [...new Set(body.scopes)],
        createdAt: new Date(ports.clock.nowMs()).toISOString(),
      },
      ports.randomBytes(apiKeySecretBytes),
    );
    await ports.apiKeys.create(apiKey);
    return { status: 201, body: { data: toCreatedApiKey(apiKey, secret) } };
  },

  async listApiKeys({ query, caller }) {
    const { items, nextCursor } = await ports.apiKeys.list(caller.tenantId, query);
    return { status: 200, body: { data: items.map(toApiKey), nextCursor } };
  },

  async revokeApiKey({ params, caller }) {
    const keys = await allKeys(ports.apiKeys, caller.tenantId);
    if (!keys.some((key) => key.id === params.keyId)) throw new NotFoundError("API key", params.keyId);
    const others = keys.filter((key) => key.id !== params.keyId && key.revokedAt === undefined);
    if (!others.some((key) => key.scopes.includes("write"))) {
      throw new ConflictError("this is the tenant's last key with the scope write: create another one first");
    }
    const at = new Date(ports.clock.nowMs()).toISOString();
    const revoked = await ports.apiKeys.revoke(caller.tenantId, params.keyId, at);
    if (revoked === undefined) throw new NotFoundError("API key", params.keyId);
    return { status: 200, body: { data: toApiKey(revoked) } };
  },
});

const allKeys = async (store: ApiKeyStore, tenantId: string): Promise<ApiKey[]> => {
  const keys: ApiKey[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list(tenantId, { limit: 100, ...(cursor === undefined ? {} : { cursor }) });
    keys.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return keys;
};

const toApiKey = ({ id, name, scopes, createdAt, revokedAt }: ApiKey): z.output<typeof apiKey> => ({
  id,
  name,
  scopes,
  createdAt,
  revokedAt,
});

export const toCreatedApiKey = (
  { id, name, scopes, createdAt }: ApiKey,
  secret: string,
): z.output<typeof createdApiKey> => ({ id, name, scopes, secret, createdAt });
