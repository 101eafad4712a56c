/** Health of a dependency by consecutive failures (`seeds/0`); thresholds are configuration. */
export type HealthStatus = "healthy" | "degraded" | "unhealthy" | "paused";

export type DependencyHealth = {
  status: HealthStatus;
  consecutiveFailures: number;
  lastSuccessAt?: string;
  lastFailureAt?: string;
  lastError?: { name: string; message: string };
  /** When it became unhealthy; kept until its recovery was told. */
  unhealthyAt?: string;
  /** What its people were told last: `true` after the notice that it is unhealthy, until that of its recovery. */
  toldUnhealthy?: boolean;
};

/** Scheduled checks in a row that found nothing new: one row of the sync history. */
export type UnchangedChecks = { count: number; firstAt: string; lastAt: string };

export type Dependency = {
  /** ULID. */
  id: string;
  tenantId: string;
  name: string;
  /** Exactly one of `specUrl`, `uploadKey` and `providerSurfaceId` is set. */
  specUrl?: string;
  /** Key of the uploaded document in the body store. */
  uploadKey?: string;
  /**
   * The provider surface that it subscribes to. Such a dependency is not checked itself: snapshots and checks are the surface's,
   * and the syncs of the surface bring it its changes.
   */
  providerSurfaceId?: string;
  /** Since when it does. */
  subscribedAt?: string;
  baseUrl?: string;
  /** `15m`, `1h`, `1d`: at least 5 minutes. */
  cadence: string;
  enabled: boolean;
  monitoringMode: "full" | "partial";
  filteredDomains: string[];
  filteredEndpoints: string[];
  /**
   * Reference to a secret, never the secret: its name under the tenant's own prefix in Secrets Manager, and the header
   * that carries it.
   */
  auth?: { secretName: string; header: string };
  owner?: string;
  tags: string[];
  health: DependencyHealth;
  /** Snapshot that the next sync compares with. */
  currentSnapshotId?: string;
  /** Validators of the current snapshot's body, for a conditional GET. */
  etag?: string;
  lastModified?: string;
  /** SHA-256 of the newest bytes that are known to mean the current snapshot. */
  bodySha256?: string;
  /** The same of the document written in one way (`canonicalSha256`); absent where it has none. */
  canonicalSha256?: string;
  /** Since the newest sync job. */
  unchangedChecks?: UnchangedChecks;
  /** Its host makes the checks wait: until when, and how often in a row it answered 429. */
  rateLimited?: { until: string; count: number };
  /** The one unfinished sync job (rule 7). */
  activeJobId?: string;
  lastCheckedAt?: string;
  /** When the schedule looks at it next; absent while disabled. */
  nextCheckAt?: string;
  createdAt: string;
  updatedAt: string;
};

/** What a finished sync writes on its dependency. */
export type DependencyAfterSync = {
  atMs: number;
  /** Absent when the document was unchanged: the current snapshot stays. */
  currentSnapshotId?: string;
  etag?: string;
  lastModified?: string;
  /** SHA-256 of the document that was fetched; absent when there was none to fetch (304). */
  bodySha256?: string;
  canonicalSha256?: string;
};

/** What a failed sync writes on its dependency. */
export type DependencyFailure = { atMs: number; name: string; message: string; thresholds: HealthThresholds };

/** Consecutive failures at which a dependency gets each status. */
export type HealthThresholds = { degraded: number; unhealthy: number; paused: number };

/** What a person may change. `null` removes an optional field. */
export type DependencyPatch = Partial<
  Pick<
    Dependency,
    | "name"
    | "specUrl"
    | "uploadKey"
    | "cadence"
    | "enabled"
    | "monitoringMode"
    | "filteredDomains"
    | "filteredEndpoints"
    | "tags"
    | "nextCheckAt"
  >
> & { baseUrl?: string | null; owner?: string | null; auth?: Dependency["auth"] | null };
