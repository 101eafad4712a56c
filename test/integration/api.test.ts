import { get } from "node:http";
import { zstdDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { createApiClient } from "../../cli/client/api-client.ts";
import { createOpenApiDocument } from "../../shared/contracts/api/openapi.ts";
import { addDependency, apiClient } from "./api-client.ts";
import { type OriginServer, serve, startOriginServer } from "./origin-server.ts";
import { petDocuments } from "./pet-documents.ts";

const cloud = inject("cloud");
let apiUrl: string;
let adminKey: string;
let key: string;
let origin: OriginServer;

beforeAll(async () => {
  const tenant = cloud?.local.tenants[0];
  const address = cloud?.local.allowedPrivateHosts[3];
  if (cloud === undefined || tenant === undefined || address === undefined) throw new Error("needs the local cloud");
  ({ apiUrl, adminKey } = cloud.local);
  key = tenant.apiKey;
  origin = await startOriginServer(address);
});

afterAll(() => origin?.close());

const send = async (line: string, bearer: string | undefined, body?: unknown, headers: Record<string, string> = {}) => {
  const [method = "", path = ""] = line.split(" ");
  const response = await fetch(`${apiUrl}${path}`, {
    method,
    redirect: "manual",
    headers: { ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }), ...headers },
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
    const codes: unknown[] = [];
    for (const [line, bearer, body] of [
      ["GET /api/dependencies", undefined],
      ["GET /api/dependencies", "wrong"],
      ["GET /api/dependencies", "fwk_wrong"],
      ["GET /api/dependencies", adminKey],
      ["GET /api/tenants", key],
      ["GET /api/nothing", key],
      ["PUT /api/dependencies", key],
      ["POST /api/dependencies", key, "{"],
      ["POST /api/dependencies", key, { name: "x", specUrl: "http://169.254.169.254/" }],
      ["POST /api/keys", key, { name: "x".repeat(1024 * 1024) }],
    ] as const) {
      const { status, text } = await send(line, bearer, body);
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
    const client = createApiClient({ apiUrl, apiKey: key });
    const { data: created } = await client.call("createApiKey", { body: { name: "short-lived" } });
    expect((await send("GET /api/keys", created.secret)).status).toBe(200);
    await client.call("revokeApiKey", { params: { keyId: created.id } });
    expect((await send("GET /api/keys", created.secret)).status).toBe(401);
  });

  it("does a POST once for each Idempotency-Key, of many at once too", async () => {
    const body = { name: `once ${Date.now()}`, url: "https://hooks.example.com/" };
    const headers = { "idempotency-key": `once-${Date.now()}` };
    const replies = await Promise.all(Array.from({ length: 4 }, () => send("POST /api/channels", key, body, headers)));
    const made = replies.filter(({ status }) => status === 201);
    expect(replies.map(({ status }) => status).filter((status) => status !== 201 && status !== 409)).toEqual([]);
    expect(new Set(made.map(({ text }) => text)).size).toBe(1);
    const again = await send("POST /api/channels", key, body, headers);
    expect([again.status, again.text, again.headers.get("idempotency-replayed")]).toEqual([201, made[0]?.text, "true"]);
  });

  it("gives a document above 4 MiB through a short-lived URL, and a smaller one itself", async () => {
    const api = apiClient(apiUrl, key);
    const rawOf = async (path: string) => {
      const { id, job } = await addDependency(api, path, `${origin.url}${path}`);
      expect(job).toMatchObject({ status: "finished", outcome: "baseline" });
      const [snapshot] = await api<{ id: string }[]>("GET", `/api/dependencies/${id}/snapshots`);
      return send(`GET /api/dependencies/${id}/snapshots/${snapshot?.id}/raw`, key);
    };
    const documentOf = (bytes: number) => {
      const text = petDocuments.before.replace('"title":"Pets"', `"title":"Pets","description":"${"x".repeat(bytes)}"`);
      return Buffer.from(text);
    };
    const small = documentOf(4 * 1024 * 1024 - 10_000);
    origin.answers.set("/small.json", serve(small));
    const inline = await rawOf("/small.json");
    expect([inline.status, inline.text === small.toString()]).toEqual([200, true]);

    const large = documentOf(5 * 1024 * 1024);
    origin.answers.set("/large.json", serve(large));
    const moved = await rawOf("/large.json");
    const { data } = JSON.parse(moved.text);
    expect([moved.status, moved.headers.get("location")]).toEqual([307, data.url]);
    expect(data).toMatchObject({ expiresInSeconds: 300, contentEncoding: "zstd" });
    const stored = await readUndecoded(data.url);
    expect(stored.byteLength).toBe(data.storedBytes);
    expect(zstdDecompressSync(stored).equals(large)).toBe(true);
  });
});

/** The bytes as they are stored: `fetch` of some versions would undo the content encoding. */
const readUndecoded = (url: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    get(url, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve(Buffer.concat(chunks)));
    }).on("error", reject);
  });
