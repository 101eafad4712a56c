import * as z from "zod";
import { dataOf, label, moment, pageOf, pageQuery } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

export const apiKeyScope = z.enum(["read", "write"]).meta({ id: "ApiKeyScope" });

const shownApiKey = z.object({ id: z.string(), name: z.string(), scopes: z.array(apiKeyScope), createdAt: moment });

export const apiKey = shownApiKey.extend({ revokedAt: moment.optional() }).meta({ id: "ApiKey" });

export const createdApiKey = shownApiKey
  .extend({ secret: z.string().meta({ description: "Sent as `Authorization: Bearer`. Shown only now." }) })
  .meta({ id: "CreatedApiKey" });

export const createApiKeyBody = z
  .strictObject({
    name: label,
    scopes: z
      .array(apiKeyScope)
      .min(1)
      .max(2)
      .default(["read", "write"])
      .meta({ description: "`read`: GET routes. `write`: the others." }),
  })
  .meta({ id: "CreateApiKey" });

export const keyRoutes = defineRoutes({
  createApiKey: {
    method: "POST",
    path: "/api/keys",
    access: "write",
    tag: "API keys",
    summary: "Create an API key of the caller's tenant",
    description: "The secret is shown in this answer and never again. A key cannot grant a scope that it lacks.",
    body: createApiKeyBody,
    answersSecret: true,
    answers: { 201: { description: "The key, with its secret.", schema: dataOf(createdApiKey) } },
  },
  listApiKeys: {
    method: "GET",
    path: "/api/keys",
    access: "read",
    tag: "API keys",
    summary: "List the tenant's API keys, revoked ones included, newest first",
    query: pageQuery,
    answers: { 200: { description: "A page of keys, without secrets.", schema: pageOf(apiKey) } },
  },
  revokeApiKey: {
    method: "DELETE",
    path: "/api/keys/{keyId}",
    access: "write",
    tag: "API keys",
    summary: "Revoke an API key at once",
    description: "The tenant's last key with the scope `write` stays: without it nobody could make another.",
    answers: { 200: { description: "The revoked key, which stays in the list.", schema: dataOf(apiKey) } },
    errors: [404, 409],
  },
});
