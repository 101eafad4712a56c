import type { AlertPreferenceStore, ChannelStore, DeliveryQueue, DeliveryStore } from "../../shared/alerts/ports.ts";
import type { ChangeStore } from "../../shared/changes/ports.ts";
import type { DependencyRules } from "../../shared/dependencies/dependency-rules.ts";
import type { DependencyStore, PerDependencyStore } from "../../shared/dependencies/ports.ts";
import type { EmbedJobStore, EmbedQueue } from "../../shared/embeddings/ports.ts";
import type { FeedAccess, FeedTokenStore } from "../../shared/feeds/feed-token.ts";
import type { Clock, JobStore } from "../../shared/jobs/ports.ts";
import type { SyncService } from "../../shared/jobs/sync-service.ts";
import type { AddressPolicy } from "../../shared/net/address-guard.ts";
import type { OrchestratorPolicy } from "../../shared/orchestrator/assess-target.ts";
import type { RunStore } from "../../shared/orchestrator/run-record.ts";
import type { PauseStore } from "../../shared/pauses/ports.ts";
import type { ProviderStore } from "../../shared/providers/ports.ts";
import type { BodyStore, SnapshotStore } from "../../shared/snapshots/ports.ts";
import type { ApiKeyStore, IdempotencyStore, TenantStore } from "../../shared/tenants/ports.ts";
import type { DependencyUsage } from "../../shared/usage/usage.ts";

/** Tells the log an event and its fields; the level is the event's own. */
export type ApiLog = {
  info(event: string, fields: Record<string, unknown>): void;
  error(event: string, fields: Record<string, unknown>): void;
};

/** Everything that the API's routes stand on. */
export type ApiPorts = {
  dependencies: DependencyStore;
  dependencyRules: PerDependencyStore<DependencyRules>;
  dependencyUsage: PerDependencyStore<DependencyUsage>;
  feedAccess: PerDependencyStore<FeedAccess>;
  feedTokens: FeedTokenStore;
  jobs: JobStore;
  snapshots: SnapshotStore;
  bodies: BodyStore;
  changes: ChangeStore;
  tenants: TenantStore;
  apiKeys: ApiKeyStore;
  idempotency: IdempotencyStore;
  channels: ChannelStore;
  alertPreferences: AlertPreferenceStore;
  deliveries: DeliveryStore;
  deliveryQueue: DeliveryQueue;
  embedJobs: EmbedJobStore;
  embedQueue: EmbedQueue;
  /** Providers that this deployment's operator added to the catalog's. */
  providers: ProviderStore;
  syncs: SyncService;
  runs: RunStore;
  pauses: PauseStore;
  /** Which targets the schedule looks after. */
  orchestratorPolicy: OrchestratorPolicy;
  /** Of dependencies that do not say how often they are checked. */
  defaultCadence: string;
  clock: Pick<Clock, "nowMs">;
  /** A new ULID, monotonic within a millisecond. */
  newId(): string;
  randomBytes(count: number): Uint8Array;
  /** Which URLs may be named as a document or a webhook. */
  addressPolicy: AddressPolicy;
  /** What the deployment may send alerts through beside HTTP. */
  alertSenders: { sendsEmail: boolean; eventBusArns: ReadonlySet<string> };
  log: ApiLog;
};
