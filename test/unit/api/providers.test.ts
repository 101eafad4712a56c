import { beforeEach, describe, expect, it } from "vitest";
import { bundledProviders } from "../../../shared/providers/catalog.ts";
import { catalogTenantId } from "../../../shared/providers/catalog-tenant.ts";
import { changeEvent, storeModel, storeSnapshot } from "./api-fixtures.ts";
import { type ApiHarness, adminKey, createApiHarness } from "./api-harness.ts";

let api: ApiHarness;
let one: Awaited<ReturnType<ApiHarness["createTenant"]>>;
let two: Awaited<ReturnType<ApiHarness["createTenant"]>>;
beforeEach(async () => {
  api = createApiHarness();
  one = await api.createTenant("one");
  two = await api.createTenant("two");
});

const surface = () => api.dependencies.get(catalogTenantId, "stripe.api");
const subscribe = async (who = one, surfaceId = "stripe.api", own: object = {}) =>
  (await who.client.call("createSubscription", { body: { surfaceId, ...own } })).data;
const changeOf = (surfaceId: string, fields: object = {}) => changeEvent(api, catalogTenantId, surfaceId, fields);

describe("the catalog", () => {
  it("is listed by id, page by page, and narrowed by words and by evidence", async () => {
    const ids = async (query: object) =>
      (await one.client.call("listProviders", { query: { limit: 100, ...query } })).data.map(({ id }) => id);
    const all = bundledProviders.map(({ id }) => id);
    expect(await ids({})).toEqual([...all].sort());
    expect(await ids({ q: "xero" })).toEqual(["xero"]);
    expect(await ids({ verified: "false" })).toEqual(
      bundledProviders.filter(({ surfaces }) => !surfaces.some(({ verified }) => verified)).map(({ id }) => id),
    );
    const { data, nextCursor } = await one.client.call("listProviders", { query: { limit: 2 } });
    const next = await one.client.call("listProviders", { query: { limit: 2, cursor: nextCursor } });
    expect([...data, ...next.data].map(({ id }) => id)).toEqual(all.slice(0, 4));
  });

  it("takes a provider of the operator's, which every tenant sees, and lets go of it once nobody follows it", async () => {
    const surfaces = [{ id: "v1", name: "v1", specUrl: "https://pets.example.com/o.json", cadence: "1d" }];
    const body = { id: "pets-inc", name: "Pets Inc.", docsUrl: "https://pets.example.com/docs", surfaces };
    const { data } = await api.clientOf(adminKey).call("createProvider", { body });
    expect(data).toMatchObject({ origin: "operator", surfaces: [{ id: "pets-inc.v1", verified: false }] });
    expect((await two.client.call("getProvider", { params: { providerId: "pets-inc" } })).data).toEqual(data);
    const params = { providerId: "pets-inc" };
    const { id } = await subscribe(one, "pets-inc.v1");
    const remove = () => api.request("DELETE /api/providers/pets-inc", { key: adminKey });
    expect((await remove()).error).toMatchObject({ code: "conflict" });
    await one.client.call("deleteSubscription", { params: { subscriptionId: id } });
    expect((await remove()).status).toBe(204);
    expect((await api.request(`GET /api/providers/${params.providerId}`, { key: one.key })).status).toBe(404);
  });

  it("refuses what it has already, private addresses, and the same surface twice", async () => {
    const post = (own: object) =>
      api.request("POST /api/providers", {
        key: adminKey,
        body: {
          id: "x",
          name: "X",
          docsUrl: "https://x.example.com/",
          surfaces: [{ id: "v1", name: "v1", specUrl: "https://x.example.com/" }],
          ...own,
        },
      });
    expect((await post({ id: "stripe" })).error?.code).toBe("conflict");
    const private_ = [{ id: "v1", name: "v1", specUrl: "http://10.0.0.1/o.json" }];
    expect((await post({ surfaces: private_ })).error).toMatchObject({ field: "surfaces.0.specUrl" });
    const twice = { id: "v1", name: "v1", specUrl: "https://x.example.com/" };
    expect((await post({ surfaces: [twice, twice] })).error?.message).toContain("same id");
    expect((await api.request("DELETE /api/providers/stripe", { key: adminKey })).error?.code).toBe("conflict");
  });
});

describe("a subscription", () => {
  it("is a dependency that follows the surface; the first one opens the surface and has it synced", async () => {
    const created = await subscribe();
    expect(created).toMatchObject({
      source: "provider",
      name: "Stripe API",
      providerSurfaceId: "stripe.api",
      subscribedAt: "2026-03-01T12:00:00.000Z",
      specUrl: "https://raw.githubusercontent.com/stripe/openapi/master/openapi/spec3.json",
      health: { status: "healthy" },
    });
    expect(await surface()).toMatchObject({
      tenantId: catalogTenantId,
      enabled: true,
      nextCheckAt: expect.any(String),
    });
    expect(api.workflow.sent).toMatchObject([{ tenantId: catalogTenantId, dependencyId: "stripe.api" }]);
    const job = await api.jobs.get(api.workflow.sent[0]?.jobId ?? "");
    expect(job).toMatchObject({ type: "provider.sync", trigger: "created" });
    await subscribe(two);
    expect(api.workflow.sent).toHaveLength(1);
  });

  it("starts no sync at a surface that was looked at lately, and one at a surface that was left alone", async () => {
    await subscribe();
    const found = await surface();
    const job = await api.jobs.get(found?.activeJobId ?? "");
    if (found === undefined || job === undefined) throw new Error("the surface was not opened");
    await api.jobs.cancel(job.id, 1, api.ports.clock.nowMs());
    const { activeJobId: _, ...free } = found;
    const at = "2026-03-01T12:00:00.000Z";
    await api.checks.recordUnchanged(free, { atMs: Date.parse(at) });
    api.advance(2 * 3_600_000 - 1);
    await subscribe(two);
    expect(api.workflow.sent).toHaveLength(1);
    api.advance(1);
    await subscribe(two);
    expect(api.workflow.sent).toHaveLength(2);
  });

  it("shows the surface's snapshots, operations, history and health as its own", async () => {
    const { id: dependencyId } = await subscribe();
    const snapshot = await storeSnapshot(api, catalogTenantId, "stripe.api");
    const params = { dependencyId };
    const own = { dependencyId, id: snapshot.id };
    expect((await one.client.call("listSnapshots", { params })).data).toMatchObject([own]);
    const at = { ...params, snapshotId: snapshot.id };
    expect((await one.client.call("getSnapshot", { params: at })).data).toMatchObject(own);
    expect((await one.client.call("listOperations", { params: at })).data).toHaveLength(3);
    expect(
      (await api.request(`GET /api/dependencies/${dependencyId}/snapshots/${snapshot.id}/raw`, { key: one.key })).text,
    ).toBe('{"openapi":"3.1.0"}');
    const jobs = (await one.client.call("listSyncJobs", { params })).data;
    expect(jobs).toMatchObject([{ type: "provider.sync", dependencyId, trigger: "created" }]);
    const jobId = api.workflow.sent[0]?.jobId;
    expect((await api.request(`GET /api/sync-jobs/${jobId}`, { key: one.key })).status).toBe(404);
    expect(
      (await api.request("GET /api/provider-surfaces/stripe.api/sync-jobs", { key: adminKey })).body,
    ).toMatchObject({
      data: [{ id: jobId, dependencyId: "stripe.api" }],
    });
  });

  it("tells a follower of the surface's job nothing of the others that it tells", async () => {
    const { id: dependencyId } = await subscribe();
    const { jobId = "" } = api.workflow.sent[0] ?? {};
    const claimed = await api.jobs.claimStage({
      ...{ jobId, stage: "notify", attempt: 1, owner: "w", nowMs: api.ports.clock.nowMs(), durationMs: 1 },
    });
    if (!claimed.claimed) throw new Error(claimed.reason);
    await api.jobs.saveProgress(claimed.lease, { message: "told 7 subscribers", completed: 7 }, 0);
    const [job] = (await one.client.call("listSyncJobs", { params: { dependencyId } })).data;
    expect(job).toMatchObject({ stage: "notify" });
    expect(job).not.toHaveProperty("progress");
    const { data } = await api.clientOf(adminKey).call("listSurfaceSyncJobs", { params: { surfaceId: "stripe.api" } });
    expect(data).toMatchObject([{ progress: { completed: 7 } }]);
  });

  it("is compared with by POST /api/diff at the surface's current snapshot", async () => {
    const document = '{"openapi":"3.0.3","info":{"title":"P","version":"1"},"paths":{}}';
    const { id: dependencyId } = await subscribe();
    const stored = await storeModel(api, catalogTenantId, document);
    const model = await api.snapshots.get(catalogTenantId, stored.dependencyId, stored.snapshotId);
    if (model === undefined) throw new Error("there is no snapshot");
    await api.snapshots.putOnce({ ...model, dependencyId: "stripe.api" });
    const claim = { jobId: api.workflow.sent[0]?.jobId ?? "", attempt: 1, owner: "w", nowMs: 0, durationMs: 1 };
    const claimed = await api.jobs.claimStage({ ...claim, stage: "done" });
    if (!claimed.claimed) throw new Error(claimed.reason);
    const checkpoint = { at: "2026-03-01T12:00:00.000Z", term: claimed.lease.term, output: {} };
    const after = { atMs: 0, currentSnapshotId: model.id };
    await api.jobs.finish(claimed.lease, checkpoint, "baseline", after);
    const body = { before: { dependencyId }, after: { document } };
    const answer = await api.request("POST /api/diff", { key: one.key, body });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(`"total":0`);
  });

  it("cannot be synced, or given a source, a cadence or a secret of its own, and keeps its filters", async () => {
    const { id } = await subscribe();
    const path = `/api/dependencies/${id}`;
    expect((await api.request(`POST ${path}/sync`, { key: one.key })).error).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("stripe.api"),
    });
    for (const [field, value] of Object.entries({
      specUrl: "https://x.example.com/",
      upload: "{}",
      cadence: "1d",
      auth: { secretName: "s", header: "h" },
    }))
      expect((await api.request(`PATCH ${path}`, { key: one.key, body: { [field]: value } })).error).toMatchObject({
        code: "validation_error",
        field,
      });
    const filter = { monitoringMode: "partial" as const, filteredDomains: ["charges"], enabled: false };
    const params = { dependencyId: id };
    await one.client.call("updateDependency", { params, body: filter });
    const { data } = await one.client.call("updateDependency", { params, body: { enabled: true } });
    expect(data).toMatchObject({ ...filter, enabled: true, source: "provider" });
    expect(await api.dependencies.get(one.tenantId, id)).not.toHaveProperty("nextCheckAt");
  });

  it("is listed by surface and ended by its id; a dependency of one's own is none", async () => {
    const stripe = await subscribe();
    const xero = await subscribe(one, "xero.accounting");
    const { data: own } = await one.client.call("createDependency", {
      body: { name: "own", specUrl: "https://own.example.com/o.json" },
    });
    const list = async (query: object = {}) =>
      (await one.client.call("listSubscriptions", { query })).data.map(({ id }) => id);
    expect(await list()).toEqual([stripe.id, xero.id]);
    expect(await list({ surfaceId: "xero.accounting" })).toEqual([xero.id]);
    expect((await api.request(`DELETE /api/subscriptions/${own.id}`, { key: one.key })).status).toBe(404);
    expect((await api.request(`DELETE /api/subscriptions/${stripe.id}`, { key: one.key })).status).toBe(204);
    expect(await list()).toEqual([xero.id]);
    expect(
      (await api.request("POST /api/subscriptions", { key: one.key, body: { surfaceId: "no.such" } })).error,
    ).toMatchObject({
      code: "not_found",
      field: "surfaceId",
    });
  });
});

describe("GET /api/provider-changes", () => {
  it("shows the changes of all surfaces that the tenant follows as one list, newest first, and no others", async () => {
    await subscribe();
    await subscribe(one, "xero.accounting");
    await subscribe(two, "box.platform");
    const made = ["stripe.api", "box.platform", "xero.accounting", "stripe.api", "xero.accounting"].map((id) =>
      changeOf(id),
    );
    await api.changes.putOnce(made);
    const visible = made.filter(({ dependencyId }) => dependencyId !== "box.platform").reverse();
    for (const limit of [1, 2, 3, 4, 100]) {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await one.client.call("listProviderChanges", { query: { limit, ...(cursor && { cursor }) } });
        if (page.nextCursor !== undefined) expect(page.data).toHaveLength(limit);
        found.push(...page.data.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      expect(found).toEqual(visible.map(({ id }) => id));
    }
    const [newest] = (await one.client.call("listProviderChanges", {})).data;
    expect(newest).toMatchObject({
      surfaceId: "xero.accounting",
      severity: "breaking",
      summary: "removed the path /pets",
    });
    expect((await two.client.call("listProviderChanges", {})).data.map(({ surfaceId }) => surfaceId)).toEqual([
      "box.platform",
    ]);
  });

  it("narrows by surface, severity, rule, cause and snapshot; a surface that is not followed gives nothing", async () => {
    await subscribe();
    await subscribe(one, "xero.accounting");
    const toSnapshotId = `${api.ports.newId()}-ab`;
    const safe = changeOf("stripe.api", { severity: "safe", ruleId: "endpoint-added", causeKey: "c2" });
    const ofSnapshot = changeOf("stripe.api", { id: `${toSnapshotId.slice(0, 26)}-${"1".repeat(32)}`, toSnapshotId });
    const xero = changeOf("xero.accounting");
    const foreign = changeOf("box.platform");
    await api.changes.putOnce([safe, ofSnapshot, xero, foreign]);
    const ids = async (query: object) =>
      (await one.client.call("listProviderChanges", { query })).data.map(({ id }) => id);
    expect(await ids({ surfaceId: "xero.accounting" })).toEqual([xero.id]);
    expect(await ids({ severity: "safe" })).toEqual([safe.id]);
    expect(await ids({ ruleId: "endpoint-added" })).toEqual([safe.id]);
    expect(await ids({ causeKey: "c2" })).toEqual([safe.id]);
    expect(await ids({ toSnapshotId })).toEqual([ofSnapshot.id]);
    expect(await ids({ surfaceId: "box.platform" })).toEqual([]);
  });

  it("shows nothing more of a surface once it is unsubscribed, and takes no cursor of another's list", async () => {
    const { id } = await subscribe();
    await subscribe(two);
    await api.changes.putOnce([changeOf("stripe.api"), changeOf("stripe.api")]);
    const { nextCursor } = await one.client.call("listProviderChanges", { query: { limit: 1 } });
    const path = `GET /api/provider-changes?limit=1&cursor=${nextCursor}`;
    expect((await api.request(path, { key: two.key })).error).toMatchObject({ field: "cursor" });
    expect((await api.request("GET /api/provider-changes?limit=1&cursor=x", { key: one.key })).error).toMatchObject({
      field: "cursor",
    });
    await one.client.call("deleteSubscription", { params: { subscriptionId: id } });
    expect((await one.client.call("listProviderChanges", {})).data).toEqual([]);
  });
});
