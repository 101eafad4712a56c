import { beforeEach, describe, expect, it } from "vitest";
import type { ApiClient } from "../../../cli/client/api-client.ts";
import { createApi } from "../../../lambdas/api/api.ts";
import { type ApiHarness, adminKey, createApiHarness } from "./api-harness.ts";

let api: ApiHarness;
let key: string;
let client: ApiClient;
beforeEach(async () => {
  api = createApiHarness();
  ({ key, client } = await api.createTenant("acme"));
});

const startedAt = "2026-03-01T12:00:00.000Z";

describe("tenants", () => {
  it("are created by the admin key, with a first key that is shown once", async () => {
    const created = await api.request("POST /api/tenants", { key: adminKey, body: { name: "globex" } });
    expect([created.status, created.body]).toEqual([
      201,
      {
        data: {
          tenant: { id: expect.any(String), name: "globex", createdAt: startedAt },
          apiKey: {
            id: expect.any(String),
            name: "first key",
            scopes: ["read", "write"],
            secret: expect.stringMatching(/^fwk_01TEST\d{20}_[\w-]{43}$/),
            createdAt: startedAt,
          },
        },
      },
    ]);
    const { data } = await api.clientOf(adminKey).call("listTenants", {});
    expect(data).toEqual([
      { id: expect.any(String), name: "globex", createdAt: startedAt },
      { id: expect.any(String), name: "acme", createdAt: startedAt },
    ]);
  });

  it("are not for tenants' keys", async () => {
    for (const line of ["POST /api/tenants", "GET /api/tenants"]) {
      const { status, error } = await api.request(line, { key });
      expect([status, error]).toEqual([403, { code: "forbidden", message: "this route takes the admin key only" }]);
    }
  });

  it("keep their data from the admin key", async () => {
    const { status, error } = await api.request("GET /api/dependencies", { key: adminKey });
    expect([status, error]).toEqual([
      403,
      { code: "forbidden", message: "the admin key is for operators' routes only: use an API key of the tenant" },
    ]);
  });
});

describe("authentication", () => {
  it("answers 401 in the envelope for a key that is missing, unknown or revoked", async () => {
    const { data: second } = await client.call("createApiKey", { body: { name: "second" } });
    await client.call("revokeApiKey", { params: { keyId: second.id } });
    const replies = [
      await api.request("GET /api/dependencies"),
      await api.request("GET /api/dependencies", { headers: { authorization: "Basic abc" } }),
      await api.request("GET /api/dependencies", { key: "fwk_wrong" }),
      await api.request("GET /api/dependencies", { key: "neither" }),
      await api.request("GET /api/dependencies", { key: second.secret }),
    ];
    expect(replies.map(({ status, error, headers }) => [status, error, headers["www-authenticate"]])).toEqual(
      [
        "send an API key: Authorization: Bearer <key>",
        "send an API key: Authorization: Bearer <key>",
        "the API key is not known: check that it was copied whole",
        "the API key is not known: check that it was copied whole",
        "the API key was revoked: use another one",
      ].map((message) => [401, { code: "unauthorized", message }, "Bearer"]),
    );
  });

  it("answers 500 without a reason when the key cannot be looked up", async () => {
    api.ports.apiKeys.findByHash = async () => {
      throw new Error("table forewarn-prod is gone");
    };
    const { status, error } = await api.request("GET /api/dependencies", { key });
    expect([status, error]).toEqual([
      500,
      { code: "internal_error", message: "Forewarn failed to answer; it can be tried again. Request request-1" },
    ]);
  });

  it("lets nobody in where no authorizer stands before the API", async () => {
    const response = await createApi(api.ports)({
      rawPath: "/api/dependencies",
      rawQueryString: "",
      headers: { authorization: `Bearer ${key}` },
      isBase64Encoded: false,
      requestContext: { stage: "$default", requestId: "r", http: { method: "GET" } },
    });
    expect(response.statusCode).toBe(401);
  });

  it("needs the scope of the route", async () => {
    const { data: reader } = await client.call("createApiKey", { body: { name: "reader", scopes: ["read"] } });
    expect((await api.request("GET /api/keys", { key: reader.secret })).status).toBe(200);
    const { status, error } = await api.request("POST /api/dependencies", { key: reader.secret, body: {} });
    expect([status, error]).toEqual([
      403,
      { code: "forbidden", message: "this API key lacks the scope write: use a key that has it" },
    ]);
  });
});

describe("API keys", () => {
  it("are listed without their secrets, newest first, with revoked ones", async () => {
    const { data: second } = await client.call("createApiKey", { body: { name: "ci", scopes: ["read"] } });
    api.advance(1_000);
    const { data: revoked } = await client.call("revokeApiKey", { params: { keyId: second.id } });
    const revokedKey = {
      id: second.id,
      name: "ci",
      scopes: ["read"],
      createdAt: startedAt,
      revokedAt: "2026-03-01T12:00:01.000Z",
    };
    expect(revoked).toEqual(revokedKey);
    const { data } = await client.call("listApiKeys", {});
    expect(data).toEqual([
      revokedKey,
      { id: expect.any(String), name: "first key", scopes: ["read", "write"], createdAt: startedAt },
    ]);
  });

  it("cannot grant a scope that the caller lacks", async () => {
    const { data: writer } = await client.call("createApiKey", { body: { name: "writer", scopes: ["write"] } });
    const { status, error } = await api.request("POST /api/keys", { key: writer.secret, body: { name: "both" } });
    expect([status, error]).toEqual([
      403,
      { code: "forbidden", message: "this API key lacks the scope read itself, so it cannot grant it" },
    ]);
  });

  it("keep the last one that can make others", async () => {
    const [first] = (await client.call("listApiKeys", {})).data;
    const refused = await api.request(`DELETE /api/keys/${first?.id}`, { key });
    expect([refused.status, refused.error]).toEqual([
      409,
      {
        code: "conflict",
        message: "this is the tenant's last key with the scope write: create another one first",
      },
    ]);
    await client.call("createApiKey", { body: { name: "second" } });
    expect((await api.request(`DELETE /api/keys/${first?.id}`, { key })).status).toBe(200);
    expect((await api.request("GET /api/keys", { key })).status).toBe(401);
  });
});
