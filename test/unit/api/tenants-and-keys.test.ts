import { beforeEach, describe, expect, it } from "vitest";
import { adminKey, type ApiHarness, createApiHarness } from "./api-harness.ts";

let api: ApiHarness;
let key: string;
beforeEach(async () => {
  api = createApiHarness();
  ({ key } = await api.createTenant("acme"));
});

const errorOf = (code: string, message: string, field?: string) => ({
  error: { code, message, ...(field === undefined ? {} : { field }) },
});

describe("tenants", () => {
  it("are created by the admin key, with a first key that is shown once", async () => {
    const created = await api.request("POST /api/tenants", { key: adminKey, body: { name: "globex" } });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      data: {
        tenant: { id: expect.any(String), name: "globex", createdAt: "2026-03-01T12:00:00.000Z" },
        apiKey: {
          id: expect.any(String),
          name: "first key",
          scopes: ["read", "write"],
          secret: expect.stringMatching(/^fwk_01TEST\d{20}_[\w-]{43}$/),
          createdAt: "2026-03-01T12:00:00.000Z",
        },
      },
    });
    const listed = await api.request("GET /api/tenants", { key: adminKey });
    expect(listed.body.data.map((tenant: { name: string }) => tenant.name)).toEqual(["globex", "acme"]);
    expect(listed.text).not.toContain(created.body.data.apiKey.secret);
  });

  it("are not for tenants' keys", async () => {
    for (const line of ["POST /api/tenants", "GET /api/tenants"]) {
      const reply = await api.request(line, { key, body: { name: "x" } });
      expect([reply.status, reply.body]).toEqual([403, errorOf("forbidden", "only the admin key may manage tenants")]);
    }
  });

  it("keep their data from the admin key", async () => {
    const reply = await api.request("GET /api/dependencies", { key: adminKey });
    expect([reply.status, reply.body]).toEqual([
      403,
      errorOf("forbidden", "the admin key manages tenants only: use an API key of the tenant"),
    ]);
  });
});

describe("authentication", () => {
  it("answers 401 in the envelope for a key that is missing, unknown or revoked", async () => {
    const second = await api.request("POST /api/keys", { key, body: { name: "second" } });
    await api.request(`DELETE /api/keys/${second.body.data.id}`, { key });
    const replies = [
      await api.request("GET /api/dependencies"),
      await api.request("GET /api/dependencies", { headers: { authorization: "Basic abc" } }),
      await api.request("GET /api/dependencies", { key: "fwk_wrong" }),
      await api.request("GET /api/dependencies", { key: "neither" }),
      await api.request("GET /api/dependencies", { key: second.body.data.secret }),
    ];
    expect(replies.map(({ status, body, headers }) => [status, body.error.code, headers["www-authenticate"]])).toEqual(
      Array.from({ length: 5 }, () => [401, "unauthorized", "Bearer"]),
    );
    expect(new Set(replies.map(({ body }) => body.error.message))).toEqual(
      new Set([
        "send an API key: Authorization: Bearer <key>",
        "the API key is not known: check that it was copied whole",
        "the API key was revoked: use another one",
      ]),
    );
  });

  it("answers 500 without a reason when the key cannot be looked up", async () => {
    const broken = createApiHarness();
    broken.ports.apiKeys.findByHash = async () => {
      throw new Error("table forewarn-prod is gone");
    };
    const reply = await broken.request("GET /api/dependencies", { key: "fwk_any" });
    expect([reply.status, reply.body]).toEqual([
      500,
      errorOf("internal_error", "Forewarn failed to answer; it can be tried again. Request request-1"),
    ]);
  });

  it("lets nobody in where no authorizer stands before the API", async () => {
    const { createApi } = await import("../../../lambdas/api/api.ts");
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
    const readOnly = await api.request("POST /api/keys", { key, body: { name: "reader", scopes: ["read"] } });
    const reader = readOnly.body.data.secret;
    expect((await api.request("GET /api/keys", { key: reader })).status).toBe(200);
    const refused = await api.request("POST /api/dependencies", { key: reader, body: {} });
    expect([refused.status, refused.body]).toEqual([
      403,
      errorOf("forbidden", "this API key lacks the scope write: use a key that has it"),
    ]);
  });
});

describe("API keys", () => {
  it("are listed without their secrets, newest first, with revoked ones", async () => {
    const second = await api.request("POST /api/keys", { key, body: { name: "ci", scopes: ["read"] } });
    api.advance(1_000);
    const revoked = await api.request(`DELETE /api/keys/${second.body.data.id}`, { key });
    expect(revoked.body.data).toEqual({
      id: second.body.data.id,
      name: "ci",
      scopes: ["read"],
      createdAt: "2026-03-01T12:00:00.000Z",
      revokedAt: "2026-03-01T12:00:01.000Z",
    });
    const listed = await api.request("GET /api/keys", { key });
    expect(listed.body.data.map((one: { name: string }) => one.name)).toEqual(["ci", "first key"]);
    expect(listed.text).not.toMatch(/fwk_|sha256/);
  });

  it("cannot grant a scope that the caller lacks", async () => {
    const writer = await api.request("POST /api/keys", { key, body: { name: "w", scopes: ["write"] } });
    const refused = await api.request("POST /api/keys", { key: writer.body.data.secret, body: { name: "both" } });
    expect([refused.status, refused.body]).toEqual([
      403,
      errorOf("forbidden", "this API key lacks the scope read itself, so it cannot grant it"),
    ]);
  });

  it("keep the last one that can make others", async () => {
    const [first] = (await api.request("GET /api/keys", { key })).body.data;
    const refused = await api.request(`DELETE /api/keys/${first.id}`, { key });
    expect([refused.status, refused.body.error.code]).toEqual([409, "conflict"]);
    await api.request("POST /api/keys", { key, body: { name: "second" } });
    expect((await api.request(`DELETE /api/keys/${first.id}`, { key })).status).toBe(200);
    expect((await api.request("GET /api/keys", { key })).status).toBe(401);
  });
});
