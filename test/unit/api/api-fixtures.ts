import { createChannelSecret } from "../../../shared/alerts/channel-secret.ts";
import type { ChangeEvent } from "../../../shared/changes/change-event.ts";
import type { Dependency } from "../../../shared/dependencies/dependency.ts";
import { noRules } from "../../../shared/dependencies/dependency-rules.ts";
import { bodyKeys } from "../../../shared/snapshots/ports.ts";
import { type Snapshot, snapshotId } from "../../../shared/snapshots/snapshot.ts";
import { encodeModel } from "../../../shared/spec/codec.ts";
import type { OperationSummary } from "../../../shared/spec/model.ts";
import { normalize } from "../../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../../shared/spec/parse.ts";
import type { ApiHarness } from "./api-harness.ts";

export const startedAt = "2026-03-01T12:00:00.000Z";

export const operationsOfFixture: OperationSummary[] = [
  { method: "GET", path: "/pets", tags: ["pets"], deprecated: false, domain: "pets", hash: "h1", summary: "All pets" },
  {
    method: "POST",
    path: "/pets",
    operationId: "addPet",
    tags: ["pets"],
    deprecated: true,
    domain: "pets",
    hash: "h2",
  },
  { method: "GET", path: "/stores", tags: [], deprecated: false, domain: "stores", hash: "h3" },
];

/** A dependency but for its id and tenant. */
const pets: Omit<Dependency, "id" | "tenantId"> = {
  name: "pets",
  specUrl: "https://pets.example.com/openapi.json",
  cadence: "1h",
  enabled: true,
  monitoringMode: "full",
  filteredDomains: [],
  filteredEndpoints: [],
  tags: [],
  health: { status: "healthy", consecutiveFailures: 0 },
  createdAt: startedAt,
  updatedAt: startedAt,
};

/** A snapshot as the stages leave it, with its document and its operations. */
export const storeSnapshot = async (
  api: ApiHarness,
  tenantId: string,
  dependencyId: string,
  fields: Partial<Snapshot> = {},
  document = '{"openapi":"3.1.0"}',
): Promise<Snapshot> => {
  const bodySha256 = "ab".repeat(32);
  const jobId = api.ports.newId();
  const snapshot: Snapshot = {
    id: snapshotId(jobId, bodySha256),
    tenantId,
    dependencyId,
    jobId,
    createdAt: startedAt,
    isBaseline: true,
    previousSnapshotId: null,
    bodySha256,
    bodyKey: bodyKeys.body(tenantId, `${bodySha256}-${jobId}`),
    bodyBytes: document.length,
    modelKey: bodyKeys.model(tenantId, bodySha256),
    operationsKey: bodyKeys.operations(tenantId, bodySha256),
    operationCount: operationsOfFixture.length,
    rootHash: "root",
    annotationsHash: "annotations",
    dialect: "openapi-3.1",
    format: "json",
    title: "Pets",
    version: "1.0.0",
    sourceUrl: "https://pets.example.com/openapi.json",
    warningCount: 0,
    ...fields,
  };
  await api.bodies.putOnce(snapshot.bodyKey, Buffer.from(document), "application/json");
  await api.bodies.putOnce(
    snapshot.operationsKey,
    Buffer.from(JSON.stringify(operationsOfFixture)),
    "application/json",
  );
  await api.snapshots.putOnce(snapshot);
  return snapshot;
};

/** A dependency whose current snapshot has the model of `document`; nobody reads its body. */
export const storeModel = async (
  api: ApiHarness,
  tenantId: string,
  document: string,
  name = "pets",
): Promise<{ dependencyId: string; snapshotId: string }> => {
  const dependencyId = api.ports.newId();
  const model = encodeModel(normalize(parseDocument(new TextEncoder().encode(document))));
  const modelKey = bodyKeys.model(tenantId, `model-${dependencyId}`);
  await api.bodies.putOnce(modelKey, model, "application/json");
  const { id: snapshotId } = await storeSnapshot(api, tenantId, dependencyId, { modelKey }, "not read");
  await api.dependencies.create({ ...pets, id: dependencyId, tenantId, name, currentSnapshotId: snapshotId });
  return { dependencyId, snapshotId };
};

export const changeEvent = (
  api: ApiHarness,
  tenantId: string,
  dependencyId: string,
  fields: Partial<ChangeEvent> = {},
): ChangeEvent => ({
  id: `${api.ports.newId()}-${"0".repeat(32)}`,
  tenantId,
  dependencyId,
  fromSnapshotId: "from",
  toSnapshotId: "to",
  ruleId: "api-path-removed",
  kind: "remove",
  severity: "breaking",
  operation: { method: "GET", path: "/pets" },
  pointer: "/paths/~1pets",
  summary: "removed the path /pets",
  detail: { path: "/pets" },
  causeKey: "cause-1",
  causeScope: "endpoint",
  affectedOperations: [{ method: "GET", path: "/pets" }],
  affectedOperationCount: 1,
  detectedAt: startedAt,
  ...fields,
});

/** One of everything that a tenant can have, and the ids by the names of path parameters. */
export const fillTenant = async (api: ApiHarness, tenantId: string): Promise<Record<string, string>> => {
  const at = startedAt;
  const dependencyId = api.ports.newId();
  await api.dependencies.create({ ...pets, id: dependencyId, tenantId });
  const { job } = await api.ports.syncs.submit(tenantId, dependencyId, "manual");
  const snapshot = await storeSnapshot(api, tenantId, dependencyId);
  const change = changeEvent(api, tenantId, dependencyId);
  await api.changes.putOnce([change]);
  const channelId = api.ports.newId();
  const secrets = [createChannelSecret(Buffer.alloc(32, 7))];
  await api.channels.create({
    id: channelId,
    tenantId,
    type: "webhook",
    name: "hook",
    url: "https://hooks.example.com/pets",
    secrets,
    minSeverity: "risky",
    enabled: true,
    createdAt: at,
    updatedAt: at,
  });
  const ignoreRuleId = api.ports.newId();
  await api.dependencyRules.change(tenantId, dependencyId, () => ({
    ...noRules(tenantId, dependencyId),
    ignoreRules: [
      { id: ignoreRuleId, rule: "a-rule", reason: "known", owner: "ada", until: "2026-12-31", createdAt: at },
    ],
  }));
  const preferenceId = api.ports.newId();
  await api.alertPreferences.create({
    id: preferenceId,
    tenantId,
    name: "at night",
    scope: "api",
    scopeValue: "*",
    minSeverity: "risky",
    channels: [channelId],
    timeZone: "UTC",
    digest: "none",
    enabled: true,
    createdAt: at,
    updatedAt: at,
  });
  const deliveryId = `dlv_${api.ports.newId()}`;
  await api.deliveries.putOnce({
    id: deliveryId,
    tenantId,
    channelId,
    eventType: "api.changed",
    dependencyId,
    jobId: job.id,
    causeKey: change.causeKey,
    status: "sent",
    payload: "{}",
    attempts: [{ at, statusCode: 200, durationMs: 12 }],
    createdAt: at,
    updatedAt: at,
  });
  const subscriptionId = api.ports.newId();
  const { specUrl: _, ...followed } = pets;
  const to = { providerSurfaceId: "stripe.api", subscribedAt: at };
  await api.dependencies.create({ ...followed, ...to, id: subscriptionId, tenantId, name: "stripe" });
  const [key] = (await api.apiKeys.list(tenantId, { limit: 1 })).items;
  return {
    dependencyId,
    subscriptionId,
    jobId: job.id,
    snapshotId: snapshot.id,
    changeId: change.id,
    channelId,
    preferenceId,
    ignoreRuleId,
    deliveryId,
    keyId: key?.id ?? "",
  };
};
