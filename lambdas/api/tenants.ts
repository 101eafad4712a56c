import type { tenantRoutes } from "../../shared/contracts/api/tenants.ts";
import { apiKeySecretBytes, newApiKey } from "../../shared/tenants/api-key.ts";
import type { ApiPorts } from "./api-ports.ts";
import { toCreatedApiKey } from "./keys.ts";
import type { HandlersOf } from "./route-handler.ts";

export const tenantHandlers = (ports: ApiPorts): HandlersOf<typeof tenantRoutes> => ({
  async createTenant({ body }) {
    const createdAt = new Date(ports.clock.nowMs()).toISOString();
    const tenant = { id: ports.newId(), name: body.name, createdAt };
    const { apiKey, secret } = newApiKey(
      { id: ports.newId(), tenantId: tenant.id, name: "first key", scopes: ["read", "write"], createdAt },
      ports.randomBytes(apiKeySecretBytes),
    );
    await ports.tenants.create(tenant);
    await ports.apiKeys.create(apiKey);
    return { status: 201, body: { data: { tenant, apiKey: toCreatedApiKey(apiKey, secret) } } };
  },

  async listTenants({ query }) {
    const { items, nextCursor } = await ports.tenants.list(query);
    const data = items.map(({ id, name, createdAt }) => ({ id, name, createdAt }));
    return { status: 200, body: { data, nextCursor } };
  },
});
