import { beforeEach, describe, expect, it } from "vitest";
import { fillTenant, startedAt } from "./api-fixtures.ts";
import { type ApiHarness, createApiHarness } from "./api-harness.ts";

let api: ApiHarness;
let key: string;
let line: string;
beforeEach(async () => {
  api = createApiHarness();
  const tenant = await api.createTenant("acme");
  ({ key } = tenant);
  const ids = await fillTenant(api, tenant.tenantId);
  line = `PUT /api/dependencies/${ids.dependencyId}/usage`;
});

const call = (consumer: string, url: string, method = "GET") => ({ consumer, method, url });
const read = () => api.request(line.replace("PUT", "GET"), { key });

describe("usage", () => {
  it("is empty until somebody says who calls what", async () => {
    expect((await read()).body).toEqual({ data: { consumers: [] } });
  });

  it("is matched to the newest snapshot's operations, and says what matches none, without its query", async () => {
    const calls = [
      call("shop", "https://pets.example.com/pets?token=secret"),
      call("shop", "/pets", "post"),
      call("shop", "/pets", "POST"),
      call("app", "/stores"),
      call("app", "/cats?token=secret"),
    ];
    const put = await api.request(line, { key, body: { calls, owners: { shop: "payments", nobody: "x" } } });
    const consumers = [
      { name: "app", operations: [{ method: "GET", path: "/stores" }] },
      {
        name: "shop",
        owner: "payments",
        operations: [
          { method: "GET", path: "/pets" },
          { method: "POST", path: "/pets" },
        ],
      },
    ];
    expect([put.status, put.body]).toEqual([
      200,
      { data: { consumers, updatedAt: startedAt, unmatched: [call("app", "/cats")], unmatchedCount: 1 } },
    ]);
    expect((await read()).body).toEqual({ data: { consumers, updatedAt: startedAt } });
  });

  it("takes the place of all that was told, or of the consumers named", async () => {
    const put = (calls: object[], replace?: string) => api.request(line, { key, body: { calls, replace } });
    await put([call("a", "/pets"), call("b", "/pets")]);
    await put([call("b", "/stores")], "named");
    expect((await read()).body).toMatchObject({ data: { consumers: [{ name: "a" }, { name: "b" }] } });
    await put([call("b", "/stores")]);
    expect((await read()).body).toMatchObject({ data: { consumers: [{ name: "b" }] } });
  });

  it("cannot be told before the first snapshot, nor more of it than can be kept", async () => {
    const { status, error } = await api.request(line, {
      key,
      body: { calls: [{ ...call("a", "/pets"), method: "1" }] },
    });
    expect([status, error?.field]).toEqual([400, "calls.0.method"]);
    const created = await api.request("POST /api/dependencies", {
      key,
      body: { name: "new", specUrl: "https://new.example.com/" },
    });
    const { id } = (created.body as { data: { id: string } }).data;
    const early = await api.request(`PUT /api/dependencies/${id}/usage`, { key, body: { calls: [] } });
    expect([early.status, early.error?.code]).toEqual([409, "conflict"]);
    const many = Array.from({ length: 4_000 }, (_, index) => call(`consumer ${index} ${"x".repeat(100)}`, "/pets"));
    const tooMuch = await api.request(line, { key, body: { calls: many } });
    expect([tooMuch.status, tooMuch.error?.field]).toEqual([400, "calls"]);
  });
});
