import { beforeEach, describe, expect, it } from "vitest";
import { fillTenant, startedAt } from "./api-fixtures.ts";
import { type ApiHarness, createApiHarness } from "./api-harness.ts";

let api: ApiHarness;
let key: string;
let path: string;
let ids: Record<string, string>;
beforeEach(async () => {
  api = createApiHarness();
  const tenant = await api.createTenant("acme");
  ({ key } = tenant);
  ids = await fillTenant(api, tenant.tenantId);
  path = `/api/dependencies/${ids.dependencyId}`;
});

const entry = { rule: "api-path-removed", reason: "nobody calls it", owner: "ada", until: "2026-03-01" };

describe("ignore rules", () => {
  it("have an owner, a reason and a last day, after which they are expired", async () => {
    const created = await api.request(`POST ${path}/ignore-rules`, { key, body: { ...entry, operation: "GET /pets" } });
    const shown = { ...entry, operation: "GET /pets", id: expect.any(String), createdAt: startedAt };
    expect([created.status, created.body]).toEqual([201, { data: { ...shown, state: "active" } }]);
    api.advance(86_400_000);
    const { body } = await api.request(`GET ${path}/ignore-rules`, { key });
    expect(body).toEqual({ data: [{ ...shown, state: "expired" }, expect.objectContaining({ id: ids.ignoreRuleId })] });
  });

  it("are gone when deleted, once", async () => {
    const line = `DELETE ${path}/ignore-rules/${ids.ignoreRuleId}`;
    expect((await api.request(line, { key })).status).toBe(204);
    expect((await api.request(line, { key })).status).toBe(404);
  });

  it.each([
    ["rule", { rule: "Not A Rule" }],
    ["operation", { operation: "/pets" }],
    ["pointer", { pointer: "paths" }],
    ["reason", { reason: " " }],
    ["owner", { owner: undefined }],
    ["until", { until: "2026-02-30" }],
  ])("refuse a wrong %s", async (field, wrong) => {
    const { status, error } = await api.request(`POST ${path}/ignore-rules`, { key, body: { ...entry, ...wrong } });
    expect([status, error?.field]).toEqual([400, field]);
  });

  it("are a hundred at most", async () => {
    for (let count = 1; count < 100; count += 1) await api.request(`POST ${path}/ignore-rules`, { key, body: entry });
    const { status, error } = await api.request(`POST ${path}/ignore-rules`, { key, body: entry });
    expect([status, error?.code]).toEqual([409, "conflict"]);
  });
});

describe("severity overrides", () => {
  it("take the place of those before", async () => {
    const put = (overrides: object[]) => api.request(`PUT ${path}/severity-overrides`, { key, body: { overrides } });
    await put([{ rule: "a-rule", level: "safe" }]);
    const overrides = [{ rule: "another-rule", level: "breaking" }];
    expect((await put(overrides)).body).toEqual({ data: overrides });
    expect((await api.request(`GET ${path}/severity-overrides`, { key })).body).toEqual({ data: overrides });
    const twice = await put([...overrides, { rule: "another-rule", level: "safe" }]);
    expect([twice.status, twice.error?.message]).toEqual([400, "names a rule twice"]);
  });
});
