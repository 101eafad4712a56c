import { beforeEach, describe, expect, it } from "vitest";
import type { ApiClient } from "../../../cli/client/api-client.ts";
import { nextCheckAt } from "../../../shared/dependencies/next-check.ts";
import { startedAt } from "./api-fixtures.ts";
import { type ApiHarness, createApiHarness, startMs } from "./api-harness.ts";

let api: ApiHarness;
let key: string;
let client: ApiClient;
let tenantId: string;
beforeEach(async () => {
  api = createApiHarness();
  ({ key, client, tenantId } = await api.createTenant("acme"));
});

const specUrl = "https://pets.example.com/openapi.json";
const create = (body: object) => api.request("POST /api/dependencies", { key, body });

/** The schedule's own moment for a healthy dependency. */
const plannedAt = (target: { id: string; cadence: string }, nowMs: number) =>
  nextCheckAt({ ...target, health: { status: "healthy", consecutiveFailures: 0 } }, nowMs);

describe("creating a dependency", () => {
  it("fills in the defaults and starts the first sync", async () => {
    const { status, body } = await create({ name: "  Pets ", specUrl });
    const [execution] = api.workflow.sent;
    expect([status, body]).toEqual([
      201,
      {
        data: {
          id: execution?.dependencyId,
          name: "Pets",
          source: "url",
          specUrl,
          cadence: "1h",
          enabled: true,
          monitoringMode: "full",
          filteredDomains: [],
          filteredEndpoints: [],
          tags: [],
          health: { status: "healthy", consecutiveFailures: 0 },
          activeJobId: execution?.jobId,
          nextCheckAt: plannedAt({ id: execution?.dependencyId ?? "", cadence: "1h" }, startMs),
          createdAt: startedAt,
          updatedAt: startedAt,
        },
      },
    ]);
    const { data: job } = await client.call("getSyncJob", { params: { jobId: execution?.jobId ?? "" } });
    expect([job.trigger, job.status, job.stage]).toEqual(["created", "queued", "fetch"]);
  });

  it("keeps an upload in the tenant's own part of the body store and never shows where", async () => {
    const { data } = await client.call("createDependency", { body: { name: "up", upload: "openapi: 3.1.0" } });
    const stored = await api.dependencies.get(tenantId, data.id);
    expect(stored?.uploadKey).toMatch(new RegExp(`^tenants/${tenantId}/uploads/[0-9a-f]{64}$`));
    expect(Buffer.from((await api.bodies.get(stored?.uploadKey ?? "")) ?? []).toString()).toBe("openapi: 3.1.0");
    expect(data.source).toBe("upload");
    expect(JSON.stringify(data)).not.toContain("uploads/");
  });

  it.each([
    [{}, "name", "is missing"],
    [{ name: "x" }, "specUrl", "give either specUrl or upload"],
    [{ name: "x", specUrl, upload: "{}" }, "specUrl", "give either specUrl or upload"],
    [{ name: 7, specUrl }, "name", "must be a string, not a number"],
    [{ name: "x", specUrl: "pets" }, "specUrl", '"pets" is not a URL.'],
    [{ name: "x", specUrl: "ftp://a.example.com/" }, "specUrl", "Only http and https URLs are fetched, not ftp."],
    [{ name: "x", specUrl, cadence: "4m" }, "cadence", /between 5m and 31d/],
    [{ name: "x", specUrl, cadence: "hourly" }, "cadence", /between 5m and 31d/],
    [{ name: "x", specUrl, baseUrl: "javascript:alert(1)" }, "baseUrl", "must be an http or https URL"],
    [{ name: "x", specUrl, filteredEndpoints: ["/v1/*"] }, "filteredEndpoints.0", /such as GET \/v1/],
    [{ name: "x", specUrl, auth: { secretName: "../other", header: "a b" } }, "auth.header", "must be a header's name"],
    [{ name: "x", specUrl, auth: { secretName: "/absolute", header: "a" } }, "auth.secretName", /without the prefix/],
    [{ name: "x", specUrl, uploadKey: "tenants/other" }, "uploadKey", /uploadKey is not a field/],
  ])("refuses %j and names the field", async (body, field, message) => {
    const { status, error } = await create(body);
    expect([status, error]).toEqual([
      400,
      {
        code: "validation_error",
        message: message instanceof RegExp ? expect.stringMatching(message) : message,
        field,
      },
    ]);
    expect(api.workflow.sent).toEqual([]);
  });

  it.each([
    "http://127.0.0.1/spec",
    "http://0x7f.1/spec",
    "http://2130706433/spec",
    "http://[::1]/spec",
    "http://[::ffff:10.0.0.1]/spec",
    "http://169.254.169.254/latest/meta-data",
    "http://localhost/spec",
    "http://db.internal/spec",
  ])("refuses the private address %s", async (privateUrl) => {
    const { status, error } = await create({ name: "x", specUrl: privateUrl });
    expect([status, error?.code, error?.field]).toEqual([400, "validation_error", "specUrl"]);
  });

  it("takes a private address that the configuration names", async () => {
    expect((await create({ name: "x", specUrl: "http://127.0.0.1:9999/spec" })).status).toBe(201);
  });

  it("takes uploads up to 4 MiB and refuses larger ones", async () => {
    const largest = "x".repeat(4 * 1024 * 1024);
    expect((await create({ name: "x", upload: largest })).status).toBe(201);
    const { status, error } = await create({ name: "x", upload: `${largest}x` });
    expect([status, error]).toEqual([
      400,
      {
        code: "validation_error",
        message: "must be at most 4 MiB; give a specUrl for larger ones",
        field: "upload",
      },
    ]);
    expect((await create({ name: "x", upload: `${largest}${"x".repeat(1024 * 1024)}` })).status).toBe(413);
  });
});

describe("dependencies", () => {
  it("are listed newest first, in pages", async () => {
    for (const name of ["one", "two", "three"]) {
      await client.call("createDependency", { body: { name, specUrl } });
      api.advance(1_000);
    }
    const first = await client.call("listDependencies", { query: { limit: 2 } });
    const second = await client.call("listDependencies", { query: { limit: 2, cursor: first.nextCursor } });
    expect([first, second].map(({ data }) => data.map(({ name }) => name))).toEqual([["three", "two"], ["one"]]);
    expect(second.nextCursor).toBeUndefined();
  });

  it("refuse a limit out of range and a cursor of no list", async () => {
    for (const [query, field] of [
      ["limit=0", "limit"],
      ["limit=101", "limit"],
      ["limit=many", "limit"],
      ["cursor=nonsense", "cursor"],
      ["page=2", "page"],
    ]) {
      const { status, error } = await api.request(`GET /api/dependencies?${query}`, { key });
      expect([status, error?.code, error?.field]).toEqual([400, "validation_error", field]);
    }
  });

  it("change in the fields that are given; null removes", async () => {
    const { data: before } = await client.call("createDependency", {
      body: { name: "Pets", specUrl, owner: "team a", baseUrl: "https://pets.example.com" },
    });
    api.advance(60_000);
    const { data: after } = await client.call("updateDependency", {
      params: { dependencyId: before.id },
      body: { name: "Pets 2", owner: null, cadence: "1d", tags: ["core"] },
    });
    const { owner: _removed, ...kept } = before;
    expect(after).toEqual({
      ...kept,
      name: "Pets 2",
      cadence: "1d",
      tags: ["core"],
      nextCheckAt: plannedAt({ id: before.id, cadence: "1d" }, startMs + 60_000),
      updatedAt: "2026-03-01T12:01:00.000Z",
    });
  });

  it("are looked at at once after another source, and not at all while disabled", async () => {
    const { data } = await client.call("createDependency", { body: { name: "Pets", specUrl } });
    const params = { dependencyId: data.id };
    api.advance(60_000);
    const patch = async (body: Parameters<typeof client.call<"updateDependency">>[1]["body"]) =>
      (await client.call("updateDependency", { params, body })).data;
    const moved = await patch({ specUrl: "https://pets.example.com/v2.json" });
    expect([moved.specUrl, moved.nextCheckAt]).toEqual([
      "https://pets.example.com/v2.json",
      "2026-03-01T12:01:00.000Z",
    ]);
    expect((await patch({ enabled: false })).nextCheckAt).toBeUndefined();
    expect((await patch({ enabled: true })).nextCheckAt).toBe("2026-03-01T12:01:00.000Z");
    const uploaded = await patch({ upload: "{}" });
    expect([uploaded.source, uploaded.specUrl]).toEqual(["upload", undefined]);
  });

  it("refuse a private address when they change", async () => {
    const { data } = await client.call("createDependency", { body: { name: "Pets", specUrl } });
    const body = { specUrl: "http://10.0.0.1/" };
    const { status, error } = await api.request(`PATCH /api/dependencies/${data.id}`, { key, body });
    expect([status, error?.field]).toEqual([400, "specUrl"]);
  });

  it("are gone when deleted, and their unfinished sync with them", async () => {
    const { data } = await client.call("createDependency", { body: { name: "Pets", specUrl } });
    const deleted = await api.request(`DELETE /api/dependencies/${data.id}`, { key });
    expect([deleted.status, deleted.text]).toEqual([204, ""]);
    expect((await api.request(`GET /api/dependencies/${data.id}`, { key })).status).toBe(404);
    expect((await api.request(`DELETE /api/dependencies/${data.id}`, { key })).status).toBe(404);
    expect((await client.call("listDependencies", {})).data).toEqual([]);
    const { data: job } = await client.call("getSyncJob", { params: { jobId: data.activeJobId ?? "" } });
    expect(job.cancelRequestedAt).toBe(startedAt);
  });
});
