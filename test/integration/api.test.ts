import { Agent, request as httpRequest } from "node:http";
import { zstdDecompressSync } from "node:zlib";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { createApiClient } from "../../cli/client/api-client.ts";
import { createOpenApiDocument } from "../../shared/contracts/api/openapi.ts";
import { addDependency, apiClient, jobEnd } from "./api-client.ts";
import { fillTenant } from "./fill-tenant.ts";

const cloud = inject("cloud");
let apiUrl: string;
let adminKey: string;
let keys: [string, string];

beforeAll(() => {
  const [one, two] = cloud?.local.tenants ?? [];
  if (cloud === undefined || one === undefined || two === undefined) throw new Error("needs the local cloud");
  ({ apiUrl, adminKey } = cloud.local);
  keys = [one.apiKey, two.apiKey];
});

const send = async (line: string, key: string | undefined, body?: unknown, headers: Record<string, string> = {}) => {
  const [method = "", path = ""] = line.split(" ");
  const response = await fetch(`${apiUrl}${path}`, {
    method,
    redirect: "manual",
    headers: { ...(key === undefined ? {} : { authorization: `Bearer ${key}` }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

describe("the deployed API", () => {
  it("serves its own document to anyone", async () => {
    const { status, headers, text } = await send("GET /api/openapi.json", undefined);
    expect([status, headers.get("content-type")]).toEqual([200, "application/json"]);
    expect(JSON.parse(text)).toEqual(createOpenApiDocument());
    expect((await send("GET /api/health", undefined)).text).toBe('{"data":{"status":"ok"}}');
  });

  it("answers errors in its envelope, those of missing and wrong keys too", async () => {
    const codes = [];
    for (const [line, key, body] of [
      ["GET /api/dependencies", undefined],
      ["GET /api/dependencies", "wrong"],
      ["GET /api/dependencies", "fwk_wrong"],
      ["GET /api/dependencies", adminKey],
      ["GET /api/tenants", keys[0]],
      ["GET /api/nothing", keys[0]],
      ["PUT /api/dependencies", keys[0]],
      ["POST /api/dependencies", keys[0], "{"],
      ["POST /api/dependencies", keys[0], { name: "x", specUrl: "http://169.254.169.254/" }],
      ["POST /api/keys", keys[0], { name: "x".repeat(1024 * 1024) }],
    ] as const) {
      const { status, text } = await send(line, key, body);
      codes.push([line, status, JSON.parse(text).error.code]);
    }
    expect(codes).toEqual([
      ["GET /api/dependencies", 401, "unauthorized"],
      ["GET /api/dependencies", 401, "unauthorized"],
      ["GET /api/dependencies", 401, "unauthorized"],
      ["GET /api/dependencies", 403, "forbidden"],
      ["GET /api/tenants", 403, "forbidden"],
      ["GET /api/nothing", 404, "not_found"],
      ["PUT /api/dependencies", 405, "validation_error"],
      ["POST /api/dependencies", 400, "validation_error"],
      ["POST /api/dependencies", 400, "validation_error"],
      ["POST /api/keys", 413, "validation_error"],
    ]);
  });

  it("refuses a key as soon as it is revoked", async () => {
    const client = createApiClient({ apiUrl, apiKey: keys[0] });
    const { data: key } = await client.call("createApiKey", { body: { name: "short-lived" } });
    expect((await send("GET /api/keys", key.secret)).status).toBe(200);
    await client.call("revokeApiKey", { params: { keyId: key.id } });
    expect((await send("GET /api/keys", key.secret)).status).toBe(401);
  });

  it("does a POST once for each Idempotency-Key, of many at once too", async () => {
    const body = { name: `once ${Date.now()}`, url: "https://hooks.example.com/" };
    const headers = { "idempotency-key": `once-${Date.now()}` };
    const replies = await Promise.all(
      Array.from({ length: 4 }, () => send("POST /api/channels", keys[0], body, headers)),
    );
    const made = replies.filter(({ status }) => status === 201);
    expect(replies.map(({ status }) => status).filter((status) => status !== 201 && status !== 409)).toEqual([]);
    expect(new Set(made.map(({ text }) => text)).size).toBe(1);
    const again = await send("POST /api/channels", keys[0], body, headers);
    expect([again.status, again.text, again.headers.get("idempotency-replayed")]).toEqual([201, made[0]?.text, "true"]);
  });

  it("gives a document above 4 MiB through a short-lived URL", async () => {
    const api = apiClient(apiUrl, keys[0]);
    const padding = "x".repeat(4 * 1024 * 1024 - 200);
    const info = `"info":{"title":"Large","version":"1","description":"${padding}"}`;
    const upload = `{"openapi":"3.1.0",${info},"paths":{"/a":{"get":{"responses":{"200":{"description":"ok"}}}}}}`;
    const { id, activeJobId } = await api<{ id: string; activeJobId: string }>("POST", "/api/dependencies", {
      name: "large upload",
      upload,
    });
    expect((await jobEnd(api, activeJobId)).status).toBe("finished");
    const [snapshot] = await api<{ id: string }[]>("GET", `/api/dependencies/${id}/snapshots`);
    const inline = await send(`GET /api/dependencies/${id}/snapshots/${snapshot?.id}/raw`, keys[0]);
    expect([inline.status, inline.text === upload]).toEqual([200, true]);
  });
});
