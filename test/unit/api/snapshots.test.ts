import { beforeEach, describe, expect, it } from "vitest";
import type { ApiClient } from "../../../cli/client/api-client.ts";
import { fillTenant, operationsOfFixture, storeSnapshot } from "./api-fixtures.ts";
import { type ApiHarness, createApiHarness } from "./api-harness.ts";

let api: ApiHarness;
let key: string;
let client: ApiClient;
let tenantId: string;
let params: { dependencyId: string; snapshotId: string };
beforeEach(async () => {
  api = createApiHarness();
  ({ key, client, tenantId } = await api.createTenant("acme"));
  const { dependencyId = "", snapshotId = "" } = await fillTenant(api, tenantId);
  params = { dependencyId, snapshotId };
});

const rawOf = (id: string) => api.request(`GET /api/dependencies/${params.dependencyId}/snapshots/${id}/raw`, { key });

describe("snapshots", () => {
  it("show what they are, without storage keys", async () => {
    const { data } = await client.call("getSnapshot", { params });
    expect(data).toMatchObject({ id: params.snapshotId, title: "Pets", operationCount: 3, isBaseline: true });
    expect(JSON.stringify(data)).not.toContain("tenants/");
    expect((await client.call("listSnapshots", { params })).data).toEqual([data]);
  });

  it("list their operations in pages, by method, tag and words", async () => {
    const list = async (query: Parameters<typeof client.call<"listOperations">>[1]["query"]) =>
      (await client.call("listOperations", { params, query })).data.map(({ method, path }) => `${method} ${path}`);
    expect(await list({})).toEqual(["GET /pets", "POST /pets", "GET /stores"]);
    expect(await list({ method: "get" })).toEqual(["GET /pets", "GET /stores"]);
    expect(await list({ tag: "pets" })).toEqual(["GET /pets", "POST /pets"]);
    expect(await list({ q: "ALL" })).toEqual(["GET /pets"]);
    expect(await list({ q: "addpet", method: "POST" })).toEqual(["POST /pets"]);
    const first = await client.call("listOperations", { params, query: { limit: 2 } });
    const second = await client.call("listOperations", { params, query: { limit: 2, cursor: first.nextCursor } });
    expect([...first.data, ...second.data]).toEqual(operationsOfFixture);
    expect(second.nextCursor).toBeUndefined();
  });

  it("refuse a cursor of the list with another filter", async () => {
    const { nextCursor } = await client.call("listOperations", { params, query: { limit: 1 } });
    const path = `/api/dependencies/${params.dependencyId}/snapshots/${params.snapshotId}/operations`;
    const { status, error } = await api.request(`GET ${path}?limit=1&tag=pets&cursor=${nextCursor}`, { key });
    expect([status, error?.field]).toEqual([400, "cursor"]);
  });

  it("give the document as it was fetched, and nothing that a browser would run", async () => {
    const json = await rawOf(params.snapshotId);
    expect([json.status, json.headers["content-type"], json.text]).toEqual([
      200,
      "application/json",
      '{"openapi":"3.1.0"}',
    ]);
    const html = "openapi: 3.1.0\ninfo: <script>alert(1)</script>\n";
    const { id } = await storeSnapshot(api, tenantId, params.dependencyId, { format: "yaml" }, html);
    const yaml = await rawOf(id);
    expect([yaml.headers["content-type"], yaml.headers["x-content-type-options"], yaml.text]).toEqual([
      "application/yaml",
      "nosniff",
      html,
    ]);
    expect(yaml.headers["content-security-policy"]).toContain("sandbox");
  });

  it("give a short-lived URL instead of a document above 4 MiB", async () => {
    const large = await storeSnapshot(api, tenantId, params.dependencyId, { bodyBytes: 4 * 1024 * 1024 + 1 });
    const { status, headers, body } = await rawOf(large.id);
    const url = `https://bodies.invalid/${large.bodyKey}?expiresInSeconds=300`;
    expect([status, headers.location, body]).toEqual([
      307,
      url,
      { data: { url, expiresInSeconds: 300, contentEncoding: "identity", storedBytes: 19 } },
    ]);
  });

  it("of another dependency are not found", async () => {
    const other = await fillTenant(api, tenantId);
    const { status } = await api.request(`GET /api/dependencies/${other.dependencyId}/snapshots/${params.snapshotId}`, {
      key,
    });
    expect(status).toBe(404);
  });
});
