import { beforeEach, describe, expect, it } from "vitest";
import { createOpenApiDocument, operationsOf } from "../../../shared/contracts/api/openapi.ts";
import type { Route } from "../../../shared/contracts/api/route.ts";
import { type RouteName, routes } from "../../../shared/contracts/api/routes.ts";
import { fillTenant } from "./api-fixtures.ts";
import { type ApiHarness, createApiHarness } from "./api-harness.ts";

type Operation = { line: string; method: string; path: string; access: string };

const operations: Operation[] = operationsOf(createOpenApiDocument()).map(({ path, method, operation }) => ({
  line: `${method.toUpperCase()} ${path}`,
  method: method.toUpperCase(),
  path,
  access: operation["x-forewarn-access"],
}));

/** A body that a route's schema accepts, for the routes that need one. */
const bodies: Partial<Record<RouteName, object>> = {
  createApiKey: { name: "x" },
  createDependency: { name: "x", specUrl: "https://x.example.com/" },
  updateDependency: { name: "taken over" },
  createSubscription: { surfaceId: "stripe.api" },
  createChannel: { name: "x", url: "https://x.example.com/" },
  updateChannel: { name: "taken over" },
  endPause: { reason: "taken over" },
  createIgnoreRule: { rule: "a-rule", reason: "x", owner: "x", until: "2026-12-31" },
  putSeverityOverrides: { overrides: [{ rule: "a-rule", level: "safe" }] },
  putUsage: { calls: [{ consumer: "x", method: "GET", url: "/pets" }] },
  createAlertPreference: { name: "x", channels: ["x"] },
  updateAlertPreference: { name: "taken over" },
  startDiscovery: { applicationName: "x" },
  startScrape: { applicationName: "x", starterLinks: ["https://x.example.com/"] },
  beginLargeUpload: { bytes: 1, sha256: "0".repeat(64) },
  finishLargeUpload: { fileName: "a.md" },
  correctClasses: { objectClasses: [] },
  correctClass: { description: "taken over" },
  correctAttributes: { found: [] },
  correctEndpoints: { found: [] },
  correctRelations: { documents: 0 },
  correctMetadata: { documents: 0 },
};

/** Ids of sessions are a tenant's own: another one's does not take them. `sessions.test.ts` holds that. */
const ownIdSpace = "POST /session/{sessionId}";

/** A form that the routes of uploads take. */
const form = {
  text: '--x\r\ncontent-disposition: form-data; name="documentation"; filename="a.md"\r\n\r\nclass Own\r\n--x--\r\n',
  headers: { "content-type": "multipart/form-data; boundary=x" },
};

const contentOf = (operation: Operation): object => {
  const found = Object.values<Route>(routes).find(
    (route) => route.method === operation.method && route.path === operation.path,
  );
  return found?.upload === undefined ? { body: bodyOf(operation) } : form;
};

const bodyOf = ({ method, path }: Operation): object | undefined => {
  const found = Object.entries(routes).find(([, route]) => route.method === method && route.path === path);
  return Object.entries(bodies).find(([name]) => name === found?.[0])?.[1];
};

/** Providers and their surfaces are the same for all tenants. */
const isOfAll = (path: string): boolean => /\{(providerId|surfaceId)\}/.test(path);

let api: ApiHarness;
let ownIds: Record<string, string>;
let owner: { tenantId: string; key: string };
let stranger: { tenantId: string; key: string };
beforeEach(async () => {
  api = createApiHarness();
  owner = await api.createTenant("owner");
  stranger = await api.createTenant("stranger");
  ownIds = { ...(await fillTenant(api, owner.tenantId)), ...(await fillSession(api, owner.key)) };
});

/** A session with documentation, an object class and a job that is queued. */
const fillSession = async (of: ApiHarness, key: string): Promise<Record<string, string>> => {
  const client = of.clientOf(key);
  const { sessionId } = await client.call("createSession", {});
  await of.request(`POST /session/${sessionId}/documentation/guide`, { key, ...form });
  await of.sessionWorld.runAll();
  await client.call("startClasses", { params: { sessionId } });
  await of.sessionWorld.runAll();
  const { jobId } = await client.call("startRelations", { params: { sessionId } });
  return { sessionId, documentationId: "guide", objectClass: "Own", sessionJobId: jobId };
};

const fill = (path: string, ids: Record<string, string>) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? `no-${name}`);

describe("every route of the API's document", () => {
  it("is walked by these tests", () => {
    expect(operations.map(({ line }) => line).sort()).toEqual(
      Object.values(routes)
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    );
    expect(operations.length).toBeGreaterThan(30);
  });

  // What is public has no caller: `feeds.test.ts` shows what a feed's address opens.
  it.each(
    operations.filter(
      ({ path, access, line }) =>
        path.includes("{") && !isOfAll(path) && access !== "admin" && access !== "public" && line !== ownIdSpace,
    ),
  )("$line answers another tenant as if the ids did not exist", async (operation) => {
    const before = await everythingOf(owner.tenantId);
    const as = { key: stranger.key, ...contentOf(operation) };
    const foreign = await api.request(`${operation.method} ${fill(operation.path, ownIds)}`, as);
    const unknownIds = Object.fromEntries(Object.entries(ownIds).map(([name, id]) => [name, `${id}x`]));
    const unknown = await api.request(`${operation.method} ${fill(operation.path, unknownIds)}`, as);
    expect(foreign.status).toBe(404);
    expect(mask(foreign.text, ownIds)).toBe(mask(unknown.text, unknownIds));
    expect(foreign.headers).toEqual(unknown.headers);
    expect(await everythingOf(owner.tenantId)).toBe(before);
    const own = await api.request(`${operation.method} ${fill(operation.path, ownIds)}`, { ...as, key: owner.key });
    expect(own.status).not.toBe(404);
  });

  it.each(operations.filter(({ path, method }) => method === "GET" && !path.includes("{") && path !== "/api/tenants"))(
    "$line shows nothing of another tenant",
    async ({ line }) => {
      const { text } = await api.request(line, { key: stranger.key });
      for (const id of [owner.tenantId, ...Object.values(ownIds)]) expect(text).not.toContain(id);
    },
  );

  it("shows nothing through filters that name another tenant's things", async () => {
    for (const query of [
      `changes?dependencyId=${ownIds.dependencyId}`,
      "changes?causeKey=cause-1",
      "changes?toSnapshotId=to",
      `deliveries?channelId=${ownIds.channelId}`,
    ]) {
      const { status, body } = await api.request(`GET /api/${query}`, { key: stranger.key });
      expect([status, body]).toEqual([200, { data: [] }]);
    }
  });

  it("takes no cursor of another tenant's list", async () => {
    for (const name of ["one", "two"]) {
      await api.clientOf(owner.key).call("createApiKey", { body: { name } });
    }
    const { nextCursor } = await api.clientOf(owner.key).call("listApiKeys", { query: { limit: 1 } });
    const { status, text } = await api.request(`GET /api/keys?limit=1&cursor=${nextCursor}`, { key: stranger.key });
    expect(status).toBe(400);
    expect(text).not.toContain(ownIds.keyId);
  });

  it.each(operations.filter(({ access }) => access !== "public"))("$line needs a key", async ({ method, path }) => {
    expect((await api.request(`${method} ${fill(path, ownIds)}`)).status).toBe(401);
  });

  it.each(operations.filter(({ access }) => access === "read" || access === "write"))(
    "$line needs its scope",
    async ({ method, path, access }) => {
      const { data } = await api.clientOf(owner.key).call("createApiKey", {
        body: { name: "other", scopes: [access === "read" ? "write" : "read"] },
      });
      expect((await api.request(`${method} ${fill(path, ownIds)}`, { key: data.secret })).status).toBe(403);
    },
  );
});

/** Ids are echoed in messages; what surrounds them must be the same. */
const mask = (text: string, ids: Record<string, string>): string =>
  Object.values(ids).reduce((masked, id) => masked.replaceAll(id, "ID"), text);

const everythingOf = async (tenantId: string): Promise<string> => {
  const page = { limit: 100 };
  const dependencyId = ownIds.dependencyId ?? "";
  return JSON.stringify([
    await api.dependencies.list(tenantId, page),
    await api.dependencyRules.get(tenantId, dependencyId),
    await api.dependencyUsage.get(tenantId, dependencyId),
    await api.feedAccess.get(tenantId, dependencyId),
    await api.jobs.listByDependency(tenantId, dependencyId, page),
    await api.snapshots.list(tenantId, dependencyId, page),
    await api.changes.list(tenantId, {}, page),
    await api.channels.list(tenantId, page),
    await api.alertPreferences.list(tenantId, page),
    await api.deliveries.list(tenantId, page),
    await api.apiKeys.list(tenantId, page),
    await api.pauses.listActive(),
    await api.dependencies.subscriptions(tenantId, page),
    api.deliveryQueue.sent,
    api.workflow.sent.filter((input) => input.tenantId === tenantId),
    await api.sessionWorld.ports.records.listJobs({ tenantId, sessionId: ownIds.sessionId ?? "" }, page),
    await api.sessionWorld.ports.records.listDocumentation({ tenantId, sessionId: ownIds.sessionId ?? "" }, page),
  ]);
};
