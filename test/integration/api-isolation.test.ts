import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type ApiClient, createApiClient } from "../../cli/client/api-client.ts";
import { createOpenApiDocument, operationsOf } from "../../shared/contracts/api/openapi.ts";
import { apiClient, jobEnd } from "./api-client.ts";
import { petDocuments } from "./pet-documents.ts";

const cloud = inject("cloud");

const operations = operationsOf(createOpenApiDocument()).map(({ method, path, operation }) => ({
  method: method.toUpperCase(),
  path,
  operationId: operation.operationId,
  access: operation["x-forewarn-access"],
}));

/** What a route needs in its body to come as far as the look-up. */
const bodies: Record<string, object> = {
  updateDependency: { name: "taken over" },
  updateChannel: { name: "taken over" },
  endPause: { reason: "taken over" },
  updateAlertPreference: { name: "taken over" },
  createIgnoreRule: { rule: "a-rule", reason: "x", owner: "x", until: "2040-12-31" },
  putSeverityOverrides: { overrides: [{ rule: "a-rule", level: "safe" }] },
  putUsage: { calls: [] },
  beginLargeUpload: { bytes: 1, sha256: "0".repeat(64) },
  finishLargeUpload: { fileName: "a.md" },
  startDiscovery: { applicationName: "x" },
  startScrape: { applicationName: "x", starterLinks: ["https://x.example.com/"] },
  ...Object.fromEntries(
    ["Classes", "Class", "Attributes", "Endpoints", "Relations", "Metadata"].map((what) => [`correct${what}`, {}]),
  ),
};

/** Ids of sessions are a tenant's own, and a form is refused before the look-up: the unit tests walk these. */
const isWalkedElsewhere = (operationId: string): boolean =>
  ["createSessionWithId", "addDocumentation", "replaceDocumentation"].some((name) => operationId.startsWith(name));

/** Providers and their surfaces are the same for all tenants. */
const isOfAll = (path: string): boolean => /\{(providerId|surfaceId)\}/.test(path);

let apiUrl: string;
let strangerKey: string;
let owner: ApiClient;
/** One id of everything that the owner has, by the names of path parameters. */
let ids: Record<string, string>;

beforeAll(async () => {
  const [one, two] = cloud?.local.tenants ?? [];
  if (cloud === undefined || one === undefined || two === undefined) throw new Error("needs the local cloud");
  apiUrl = cloud.local.apiUrl;
  strangerKey = two.apiKey;
  owner = createApiClient({ apiUrl, apiKey: one.apiKey });
  ids = await fill(owner, one.apiKey);
});

afterAll(async () => {
  // Other tests' deliveries are not to wait for this pause.
  await owner.call("endPause", { params: { pauseId: ids.pauseId ?? "" }, body: { reason: "the test is over" } });
});

/** Two versions of a document, so that there are a snapshot, changes and deliveries. */
const fill = async (client: ApiClient, apiKey: string): Promise<Record<string, string>> => {
  const { data: channel } = await client.call("createChannel", {
    body: { name: "isolation", url: "https://hooks.example.com/", enabled: false },
  });
  const { data: delivery } = await client.call("testChannel", { params: { channelId: channel.id } });
  const { data: added } = await client.call("createDependency", {
    body: { name: "isolation", upload: petDocuments.before },
  });
  const params = { dependencyId: added.id };
  const api = apiClient(apiUrl, apiKey);
  expect(await jobEnd(api, added.activeJobId ?? "")).toMatchObject({ status: "finished", outcome: "baseline" });
  await client.call("updateDependency", { params, body: { upload: petDocuments.after } });
  const { data: job } = await client.call("startSync", { params });
  expect(await jobEnd(api, job.id)).toMatchObject({ status: "finished", outcome: "changed" });
  const { data: pause } = await client.call("createPause", { body: { jobType: "delivery", reason: "isolation" } });
  const [snapshot] = (await client.call("listSnapshots", { params })).data;
  const [change] = (await client.call("listDependencyChanges", { params })).data;
  const key = (await client.call("listApiKeys", {})).data.find(({ revokedAt }) => revokedAt === undefined);
  const { data: preference } = await client.call("createAlertPreference", {
    body: { name: "isolation", channels: [channel.id] },
  });
  const { data: ignoreRule } = await client.call("createIgnoreRule", {
    params,
    body: { rule: "a-rule", reason: "known", owner: "ada", until: "2040-12-31" },
  });
  await client.call("createFeed", { params });
  return {
    preferenceId: preference.id,
    ignoreRuleId: ignoreRule.id,
    dependencyId: added.id,
    jobId: job.id,
    snapshotId: snapshot?.id ?? "",
    changeId: change?.id ?? "",
    channelId: channel.id,
    deliveryId: delivery.id,
    pauseId: pause.id,
    keyId: key?.id ?? "",
  };
};

const asStranger = async (method: string, path: string, body?: object) => {
  const response = await fetch(`${apiUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${strangerKey}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
};

const pathWith = (path: string, values: Record<string, string>) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? `no-${name}`);

describe("on the deployed app, another tenant", () => {
  it.each(
    operations.filter(
      ({ path, operationId, access }) =>
        path.includes("{") && !isOfAll(path) && access !== "admin" && !isWalkedElsewhere(operationId),
    ),
  )("gets from $method $path what it gets for an id that does not exist", async ({ method, path, operationId }) => {
    expect(Object.values(ids).every((id) => id !== "")).toBe(true);
    const foreign = await asStranger(method, pathWith(path, ids), bodies[operationId]);
    const made = Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, `${id.slice(0, -2)}00`]));
    const unknown = await asStranger(method, pathWith(path, made), bodies[operationId]);
    const mask = (text: string, known: Record<string, string>) =>
      Object.values(known).reduce((masked, id) => masked.replaceAll(id, "ID"), text);
    expect([foreign.status, mask(foreign.text, ids)]).toEqual([404, mask(unknown.text, made)]);
    expect(unknown.status).toBe(404);
  });

  it.each(operations.filter(({ method, path }) => method === "GET" && !path.includes("{")))(
    "finds nothing of the first in $method $path",
    async ({ method, path }) => {
      const { text } = await asStranger(method, `${path}`);
      expect(Object.values(ids).filter((id) => text.includes(id))).toEqual([]);
    },
  );

  it("finds nothing through filters", async () => {
    for (const query of [
      `changes?dependencyId=${ids.dependencyId}`,
      `changes?toSnapshotId=${ids.snapshotId}`,
      `deliveries?channelId=${ids.channelId}`,
    ]) {
      expect(await asStranger("GET", `/api/${query}`)).toEqual({ status: 200, text: '{"data":[]}' });
    }
  });

  it("leaves everything of the first as it was", async () => {
    const { data: dependency } = await owner.call("getDependency", {
      params: { dependencyId: ids.dependencyId ?? "" },
    });
    const { data: change } = await owner.call("getChange", { params: { changeId: ids.changeId ?? "" } });
    const { data: channel } = await owner.call("getChannel", { params: { channelId: ids.channelId ?? "" } });
    const { data: ignored } = await owner.call("listIgnoreRules", { params: { dependencyId: ids.dependencyId ?? "" } });
    const { data: preference } = await owner.call("getAlertPreference", {
      params: { preferenceId: ids.preferenceId ?? "" },
    });
    expect([ignored.map(({ id }) => id), preference.name]).toEqual([[ids.ignoreRuleId], "isolation"]);
    const { data: keys } = await owner.call("listApiKeys", {});
    expect([dependency.name, channel.name, change.acknowledgedAt, change.resolvedAt]).toEqual([
      "isolation",
      "isolation",
      undefined,
      undefined,
    ]);
    expect(keys.find(({ id }) => id === ids.keyId)?.revokedAt).toBeUndefined();
  });
});
