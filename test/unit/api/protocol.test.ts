import { beforeEach, describe, expect, it } from "vitest";
import { type ApiHarness, createApiHarness } from "./api-harness.ts";

let api: ApiHarness;
let key: string;
beforeEach(async () => {
  api = createApiHarness();
  ({ key } = await api.createTenant("acme"));
});

const specUrl = "https://pets.example.com/openapi.json";

describe("routing", () => {
  it("answers 404 for what there is not", async () => {
    for (const path of ["/", "/api", "/api/nothing", "/api/dependencies/", "/api/dependencies/a/b/c", "/API/health"]) {
      const { status, error } = await api.request(`GET ${path}`, { key });
      expect([path, status, error?.code]).toEqual([path, 404, "not_found"]);
    }
  });

  it("answers 405 with the methods that there are", async () => {
    const { status, error, headers } = await api.request("PUT /api/dependencies/abc", { key });
    expect([status, headers.allow, error]).toEqual([
      405,
      "DELETE, GET, PATCH",
      { code: "validation_error", message: "this route takes DELETE, GET, PATCH, not PUT" },
    ]);
    expect((await api.request("DELETE /api/health")).headers.allow).toBe("GET");
  });

  it("takes an id of any form for one that is not there", async () => {
    const known = "GET /api/dependencies/01TEST00000000000000009999";
    const expected = (id: string) => ({ code: "not_found", message: `there is no dependency ${id}` });
    expect((await api.request(known, { key })).error).toEqual(expected("01TEST00000000000000009999"));
    for (const id of ["..%2f..", "a%23SNAPSHOT", "%00", "%E0%A4%A", "a b"]) {
      const { status, error } = await api.request(`GET /api/dependencies/${id}`, { key });
      expect([id, status, error?.code]).toEqual([id, 404, "not_found"]);
    }
  });

  it("ignores the stage that another stage than $default puts before the path", async () => {
    const { createApi } = await import("../../../lambdas/api/api.ts");
    const response = await createApi(api.ports)({
      rawPath: "/prod/api/health",
      rawQueryString: "",
      headers: {},
      isBase64Encoded: false,
      requestContext: { stage: "prod", requestId: "r", http: { method: "GET" } },
    });
    expect(response.statusCode).toBe(200);
  });
});

describe("bodies", () => {
  it.each([
    ["{", "the request body is not valid JSON"],
    ["", "the request body is missing: send a JSON object"],
    ["[]", "must be an object, not an array"],
    ["null", "must be an object, not null"],
    ['"text"', "must be an object, not a string"],
  ])("answers 400 for %j", async (text, message) => {
    const { status, error } = await api.request("POST /api/keys", { key, text });
    expect([status, error?.code, error?.message.slice(0, message.length)]).toEqual([400, "validation_error", message]);
  });

  it("may be absent or empty where a route needs none, and nothing else", async () => {
    const { body } = await api.request("POST /api/channels", {
      key,
      body: { name: "h", url: "https://h.example.com/" },
    });
    expect(body).toMatchObject({ data: { name: "h" } });
    const [channel] = (await api.clientOf(key).call("listChannels", {})).data;
    const line = `POST /api/channels/${channel?.id}/test`;
    expect((await api.request(line, { key })).status).toBe(202);
    expect((await api.request(line, { key, text: " {} " })).status).toBe(202);
    expect((await api.request(line, { key, text: "{nonsense" })).status).toBe(400);
    const { status, error } = await api.request(line, { key, body: { force: true } });
    expect([status, error?.field]).toEqual([400, "force"]);
  });

  it("are decoded from base64, and must be UTF-8", async () => {
    const text = Buffer.from(JSON.stringify({ name: "clé" })).toString("base64");
    const { status, body } = await api.request("POST /api/keys", { key, text, isBase64Encoded: true });
    expect(status).toBe(201);
    expect(body).toMatchObject({ data: { name: "clé" } });
    const latin1 = Buffer.from('{"name":"clé"}', "latin1").toString("base64");
    const refused = await api.request("POST /api/keys", { key, text: latin1, isBase64Encoded: true });
    expect([refused.status, refused.error?.message]).toEqual([400, "the request body is not UTF-8"]);
  });

  it("answer 413 above 1 MiB", async () => {
    const { status, error } = await api.request("POST /api/keys", { key, body: { name: "x".repeat(1024 * 1024) } });
    expect([status, error]).toEqual([
      413,
      { code: "validation_error", message: "the request body is larger than 1 MiB, the most that this route takes" },
    ]);
  });

  it("name a prototype as any other unknown field", async () => {
    const { status, error } = await api.request("POST /api/keys", { key, text: '{"name":"x","__proto__":{"a":1}}' });
    expect([status, error?.field]).toEqual([400, "__proto__"]);
  });
});

describe("answers", () => {
  it("carry the security headers, whatever they are", async () => {
    const replies = [
      await api.request("GET /api/health"),
      await api.request("GET /api/keys", { key }),
      await api.request("GET /api/keys"),
      await api.request("GET /nothing"),
    ];
    for (const { headers } of replies) {
      expect(headers).toMatchObject({
        "cache-control": "no-store",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "referrer-policy": "no-referrer",
        "strict-transport-security": "max-age=31536000",
        "x-content-type-options": "nosniff",
        "x-request-id": "request-1",
      });
    }
  });

  it("tell the log what failed and the caller only its request", async () => {
    api.ports.dependencies.list = async () => {
      throw new Error("ResourceNotFoundException: table forewarn-prod");
    };
    const { status, error, text } = await api.request("GET /api/dependencies", { key });
    expect([status, error?.code]).toEqual([500, "internal_error"]);
    expect(text).not.toContain("forewarn-prod");
    expect(api.logged.slice(-2)).toEqual([
      {
        level: "error",
        event: "api.failed",
        fields: {
          operation: "listDependencies",
          tenantId: expect.any(String),
          keyId: expect.any(String),
          requestId: "request-1",
          error: expect.objectContaining({ message: "ResourceNotFoundException: table forewarn-prod" }),
        },
      },
      {
        level: "info",
        event: "api.answered",
        fields: {
          operation: "listDependencies",
          tenantId: expect.any(String),
          keyId: expect.any(String),
          requestId: "request-1",
          status: 500,
          durationMs: 0,
        },
      },
    ]);
  });

  it("never put a key into the log", async () => {
    await api.request("POST /api/keys", { key, body: { name: "x" } });
    expect(JSON.stringify(api.logged)).not.toContain("fwk_");
  });
});

describe("Idempotency-Key", () => {
  const create = (idempotencyKey: string, body: object = { name: "Pets", specUrl }) =>
    api.request("POST /api/dependencies", { key, body, headers: { "idempotency-key": idempotencyKey } });

  it("gives the second request the first one's answer", async () => {
    const first = await create("order-1");
    const second = await create("order-1");
    expect([second.status, second.body]).toEqual([first.status, first.body]);
    expect([first.headers["idempotency-replayed"], second.headers["idempotency-replayed"]]).toEqual([
      undefined,
      "true",
    ]);
    expect((await api.clientOf(key).call("listDependencies", {})).data).toHaveLength(1);
    expect(api.workflow.sent).toHaveLength(1);
  });

  it("is a conflict with another request, and while the first one runs", async () => {
    await create("order-1");
    const other = await create("order-1", { name: "Stores", specUrl });
    expect([other.status, other.error]).toEqual([
      409,
      { code: "conflict", message: "this Idempotency-Key came with another request before: choose a new one" },
    ]);
    expect(other.headers["retry-after"]).toBeUndefined();
    const submit = api.ports.syncs.submit;
    let answered: Awaited<ReturnType<typeof create>> | undefined;
    api.ports.syncs.submit = async (...args) => {
      answered ??= await create("order-2");
      return submit(...args);
    };
    expect((await create("order-2")).status).toBe(201);
    expect([answered?.status, answered?.error?.code]).toEqual([409, "conflict"]);
    expect(answered?.headers["retry-after"]).toBe("2");
  });

  it("keeps the answer that refused a request, and forgets one that failed", async () => {
    const refused = await create("order-1", { name: "x", specUrl: "http://10.0.0.1/" });
    const again = await create("order-1", { name: "x", specUrl: "http://10.0.0.1/" });
    expect([again.status, again.text, again.headers["idempotency-replayed"]]).toEqual([400, refused.text, "true"]);
    const submit = api.ports.syncs.submit;
    api.ports.syncs.submit = async () => {
      throw new Error("throttled");
    };
    expect((await create("order-2")).status).toBe(500);
    api.ports.syncs.submit = submit;
    expect((await create("order-2")).status).toBe(201);
  });

  it("answers as done what is done, also when the answer cannot be kept", async () => {
    api.ports.idempotency.complete = async () => {
      throw new Error("throttled");
    };
    expect((await create("order-1")).status).toBe(201);
    expect(api.logged.map(({ event }) => event)).toContain("api.idempotency_not_kept");
  });

  it("does not store what was never valid", async () => {
    expect((await create("order-1", { name: "x" })).status).toBe(400);
    expect((await create("order-1")).status).toBe(201);
  });

  it("belongs to one tenant, and lasts for a day", async () => {
    await create("order-1");
    const other = await api.createTenant("globex");
    const body = { name: "Pets", specUrl };
    const headers = { "idempotency-key": "order-1" };
    const theirs = await api.request("POST /api/dependencies", { key: other.key, body, headers });
    expect([theirs.status, theirs.headers["idempotency-replayed"]]).toEqual([201, undefined]);
    api.advance(24 * 60 * 60 * 1000);
    expect((await create("order-1")).headers["idempotency-replayed"]).toBeUndefined();
  });

  it("replays an answer with a secret to the same key alone, and stores no secret", async () => {
    const stored: string[] = [];
    const complete = api.ports.idempotency.complete;
    api.ports.idempotency.complete = async (tenantId, id, response) => {
      stored.push(response.body);
      return complete(tenantId, id, response);
    };
    const create = (as: string) =>
      api.request("POST /api/keys", { key: as, body: { name: "ci" }, headers: { "idempotency-key": "k" } });
    const first = await create(key);
    const second = await create(key);
    expect(second.text).toBe(first.text);
    expect(first.text).toContain("fwk_");
    expect(stored).toHaveLength(1);
    expect(stored.join()).not.toMatch(/fwk_|secret|ci/);
    const { data: other } = await api.clientOf(key).call("createApiKey", { body: { name: "other" } });
    expect((await create(other.secret)).status).toBe(409);
  });

  it("has a form", async () => {
    for (const bad of ["", "x".repeat(256), "a\nb"]) {
      const { status, error } = await create(bad);
      expect([status, error?.field]).toEqual([400, "Idempotency-Key"]);
    }
  });
});
