import { beforeEach, describe, expect, it } from "vitest";
import type { ApiClient } from "../../../cli/client/api-client.ts";
import { changeEvent, fillTenant, startedAt } from "./api-fixtures.ts";
import { type ApiHarness, createApiHarness } from "./api-harness.ts";

let api: ApiHarness;
let key: string;
let client: ApiClient;
let tenantId: string;
let dependencyId: string;
let changeId: string;
let keyId: string;
beforeEach(async () => {
  api = createApiHarness();
  ({ key, client, tenantId } = await api.createTenant("acme"));
  ({ dependencyId = "", changeId = "", keyId = "" } = await fillTenant(api, tenantId));
});

describe("changes", () => {
  it("are filtered by everything that they are asked about by", async () => {
    const other = await fillTenant(api, tenantId);
    const safe = changeEvent(api, tenantId, dependencyId, {
      severity: "safe",
      ruleId: "api-path-added",
      causeKey: "cause-2",
      toSnapshotId: "later",
    });
    await api.changes.putOnce([safe]);
    const ids = async (query: Parameters<typeof client.call<"listChanges">>[1]["query"]) =>
      (await client.call("listChanges", { query })).data.map(({ id }) => id);
    expect(await ids({})).toEqual([safe.id, other.changeId, changeId]);
    expect(await ids({ dependencyId })).toEqual([safe.id, changeId]);
    expect(await ids({ severity: "safe" })).toEqual([safe.id]);
    expect(await ids({ ruleId: "api-path-added" })).toEqual([safe.id]);
    expect(await ids({ causeKey: "cause-2" })).toEqual([safe.id]);
    expect(await ids({ toSnapshotId: "later" })).toEqual([safe.id]);
    expect(await ids({ state: "open" })).toEqual([safe.id, other.changeId, changeId]);
    expect(await ids({ state: "resolved" })).toEqual([]);
    const { data } = await client.call("listDependencyChanges", {
      params: { dependencyId },
      query: { severity: "breaking" },
    });
    expect(data.map(({ id }) => id)).toEqual([changeId]);
  });

  it("are acknowledged once and resolved once, by the key that asked", async () => {
    const params = { changeId };
    const { data: acknowledged } = await client.call("acknowledgeChange", { params });
    expect(acknowledged).toMatchObject({ acknowledgedAt: startedAt, acknowledgedBy: keyId });
    const again = await api.request(`POST /api/changes/${changeId}/acknowledge`, { key });
    expect([again.status, again.error?.code]).toEqual([409, "conflict"]);
    const { data: resolved } = await client.call("resolveChange", { params });
    expect(resolved).toEqual({ ...acknowledged, resolvedAt: startedAt, resolvedBy: keyId });
    expect((await api.request(`POST /api/changes/${changeId}/resolve`, { key })).status).toBe(409);
    expect((await client.call("getChange", { params })).data).toEqual(resolved);
    expect((await client.call("listChanges", { query: { state: "resolved" } })).data).toEqual([resolved]);
  });

  it("refuse a filter that names nothing", async () => {
    const { status, error } = await api.request("GET /api/changes?severity=terrible", { key });
    expect([status, error?.field]).toEqual([400, "severity"]);
  });
});
