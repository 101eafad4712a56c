import type { Dependency } from "../../shared/dependencies/dependency.ts";
import type { SyncJob } from "../../shared/jobs/job.ts";

const createdAt = "2025-12-31T23:00:00.000Z";

export const dependencyFixture = (fields: Partial<Dependency> = {}): Dependency => ({
  id: "01KDTV0000DEPENDENCY000001",
  tenantId: "01KDTV000000TENANT00000001",
  name: "Petstore",
  specUrl: "https://api.example.com/openapi.json",
  cadence: "1h",
  enabled: true,
  monitoringMode: "full",
  filteredDomains: [],
  filteredEndpoints: [],
  tags: [],
  health: { status: "healthy", consecutiveFailures: 0 },
  createdAt,
  updatedAt: createdAt,
  ...fields,
});

export const syncJobFixture = (fields: Partial<SyncJob> = {}): SyncJob => ({
  id: "01KDTV00000000000JOB000001",
  type: "dependency.sync",
  tenantId: dependencyFixture().tenantId,
  dependencyId: dependencyFixture().id,
  trigger: "manual",
  status: "queued",
  stage: "fetch",
  attempt: 1,
  term: 0,
  checkpoints: {},
  baseSnapshotId: null,
  errors: [],
  rateLimitedCount: 0,
  createdAt,
  updatedAt: createdAt,
  ...fields,
});
