import { createHash } from "node:crypto";
import { monotonicFactory } from "ulid";
import type { Delivery, WebhookChannel } from "../../shared/alerts/channel.ts";
import type { AlertPreference } from "../../shared/alerts/preferences/alert-preference.ts";
import type { ChangeEvent } from "../../shared/changes/change-event.ts";
import type { Dependency } from "../../shared/dependencies/dependency.ts";
import type { DependencyRules } from "../../shared/dependencies/dependency-rules.ts";
import type { LastDiff } from "../../shared/dependencies/last-diff.ts";
import type { FeedAccess } from "../../shared/feeds/feed-token.ts";
import type { SyncJob } from "../../shared/jobs/job.ts";
import { type Snapshot, snapshotId } from "../../shared/snapshots/snapshot.ts";
import type { ApiKey, Tenant } from "../../shared/tenants/tenant.ts";
import type { DependencyUsage } from "../../shared/usage/usage.ts";

/** Far ahead, so that no TTL of a store under test has passed. */
export const startMs = Date.parse("2040-01-01T00:00:00.000Z");
export const minuteMs = 60_000;

export const isoAt = (atMs: number): string => new Date(atMs).toISOString();
export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Each greater than the last, and unlike those of any other run on the same table. */
export const newId = monotonicFactory();

export const sampleTenant = (own: Partial<Tenant> = {}): Tenant => ({
  id: newId(),
  name: "Orchard",
  createdAt: isoAt(startMs),
  ...own,
});

export const sampleDependency = (own: Partial<Dependency> = {}): Dependency => ({
  id: newId(),
  tenantId: newId(),
  name: "Payments",
  specUrl: "https://api.example.com/openapi.json",
  cadence: "1h",
  enabled: true,
  monitoringMode: "full",
  filteredDomains: [],
  filteredEndpoints: [],
  tags: ["billing"],
  health: { status: "healthy", consecutiveFailures: 0 },
  createdAt: isoAt(startMs),
  updatedAt: isoAt(startMs),
  ...own,
});

/** A queued job of the dependency. */
export const sampleJob = (dependency: Dependency, own: Partial<SyncJob> = {}): SyncJob => ({
  id: newId(),
  type: "dependency.sync",
  tenantId: dependency.tenantId,
  dependencyId: dependency.id,
  trigger: "manual",
  status: "queued",
  stage: "fetch",
  attempt: 1,
  term: 0,
  checkpoints: {},
  baseSnapshotId: dependency.currentSnapshotId ?? null,
  errors: [],
  rateLimitedCount: 0,
  createdAt: isoAt(startMs),
  updatedAt: isoAt(startMs),
  ...own,
});

export const sampleSnapshot = (own: Partial<Snapshot> = {}): Snapshot => {
  const jobId = own.jobId ?? newId();
  const bodySha256 = sha256(jobId);
  return {
    id: snapshotId(jobId, bodySha256),
    tenantId: newId(),
    dependencyId: newId(),
    jobId,
    createdAt: isoAt(startMs),
    isBaseline: true,
    previousSnapshotId: null,
    bodySha256,
    bodyKey: `tenants/t/bodies/${bodySha256}`,
    bodyBytes: 4_000_000,
    modelKey: "tenants/t/models/m",
    operationsKey: "tenants/t/operations/o",
    operationCount: 587,
    rootHash: sha256("root"),
    annotationsHash: sha256("annotations"),
    dialect: "openapi-3.1",
    format: "json",
    title: "Payments",
    version: "2040-01-01",
    sourceUrl: "https://api.example.com/openapi.json",
    warningCount: 0,
    ...own,
  };
};

export const sampleChange = (own: Partial<ChangeEvent> = {}): ChangeEvent => {
  const toSnapshotId = own.toSnapshotId ?? snapshotId(newId(), sha256("body"));
  return {
    id: `${toSnapshotId.slice(0, 26)}-${sha256(newId()).slice(0, 32)}`,
    tenantId: newId(),
    dependencyId: newId(),
    fromSnapshotId: snapshotId(newId(), sha256("older")),
    toSnapshotId,
    ruleId: "operation-removed",
    kind: "remove",
    severity: "breaking",
    operation: { method: "get", path: "/v1/refunds" },
    pointer: "/paths/~1v1~1refunds/get",
    summary: "removed the operation GET /v1/refunds",
    detail: { args: {} },
    causeKey: "cause-1",
    causeScope: "endpoint",
    affectedOperations: [{ method: "get", path: "/v1/refunds" }],
    affectedOperationCount: 1,
    detectedAt: isoAt(startMs),
    ...own,
  };
};

export const sampleApiKey = (own: Partial<ApiKey> = {}): ApiKey => {
  const id = own.id ?? newId();
  return {
    id,
    tenantId: newId(),
    name: "CI",
    scopes: ["read", "write"],
    sha256: sha256(`key ${id}`),
    createdAt: isoAt(startMs),
    ...own,
  };
};

export const sampleChannel = (own: Partial<WebhookChannel> = {}): WebhookChannel => ({
  id: newId(),
  tenantId: newId(),
  type: "webhook",
  name: "Team hook",
  url: "https://hooks.example.com/forewarn",
  secrets: ["whsec_b2xk"],
  minSeverity: "risky",
  enabled: true,
  createdAt: isoAt(startMs),
  updatedAt: isoAt(startMs),
  ...own,
});

export const sampleDependencyRules = (tenantId: string, dependencyId: string, number: number): DependencyRules => ({
  tenantId,
  dependencyId,
  ignoreRules: [
    {
      id: `rule-${number}`,
      rule: "api-path-removed",
      operation: "GET /v1/*",
      pointer: "/paths/*",
      reason: "nobody calls it",
      owner: "ada",
      until: "2040-12-31",
      createdAt: isoAt(startMs),
    },
  ],
  severityOverrides: [{ rule: "request-property-removed", level: "safe" }],
});

export const sampleDependencyUsage = (tenantId: string, dependencyId: string, number: number): DependencyUsage => ({
  tenantId,
  dependencyId,
  consumers: [
    { name: `service-${number}`, owner: "payments", operations: [{ method: "GET", path: "/v1/refunds/{id}" }] },
    { name: "worker", operations: [] },
  ],
  updatedAt: isoAt(startMs),
});

export const sampleLastDiff = (tenantId: string, dependencyId: string, number: number): LastDiff => ({
  tenantId,
  dependencyId,
  fromSnapshotId: "from",
  toSnapshotId: `to-${number}`,
  changeSetKey: "tenants/t/change-sets/c",
});

export const sampleFeedAccess = (tenantId: string, dependencyId: string, number: number): FeedAccess => ({
  tenantId,
  dependencyId,
  sha256: sha256(String(number)),
  createdAt: isoAt(startMs),
});

export const sampleAlertPreference = (own: Partial<AlertPreference> = {}): AlertPreference => ({
  id: newId(),
  tenantId: newId(),
  name: "At night",
  scope: "endpoint",
  scopeValue: "GET /v1/*",
  minSeverity: "risky",
  channels: [newId()],
  timeZone: "Europe/Berlin",
  mute: { from: "22:00", to: "07:00", days: ["sat", "sun"] },
  digest: "daily",
  enabled: true,
  createdAt: isoAt(startMs),
  updatedAt: isoAt(startMs),
  ...own,
});

export const sampleDelivery = (own: Partial<Delivery> = {}): Delivery => ({
  id: `msg_${sha256(newId()).slice(0, 32)}`,
  tenantId: newId(),
  channelId: newId(),
  eventType: "api.changed",
  dependencyId: newId(),
  jobId: newId(),
  causeKey: "cause-1",
  status: "pending",
  payload: '{"type":"api.changed"}',
  attempts: [],
  createdAt: isoAt(startMs),
  updatedAt: isoAt(startMs),
  ...own,
});
