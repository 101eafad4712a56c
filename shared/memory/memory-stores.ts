import type { Channel } from "../alerts/channel.ts";
import type { AlertPreference } from "../alerts/preferences/alert-preference.ts";
import type { DependencyRules } from "../dependencies/dependency-rules.ts";
import type { LastDiff } from "../dependencies/last-diff.ts";
import type { FeedAccess } from "../feeds/feed-token.ts";
import type { DependencyUsage } from "../usage/usage.ts";
import { memoryDeliveryStore, memoryDigestStore } from "./memory-alert-stores.ts";
import { memoryBodyStore } from "./memory-body-store.ts";
import { memoryChangeStore } from "./memory-change-store.ts";
import { memoryCheckStore } from "./memory-check-store.ts";
import { memoryDependencyStore } from "./memory-dependency-store.ts";
import { memoryEmbedJobStore, memoryEmbedQueue, memorySearchManifestStore } from "./memory-embed-stores.ts";
import { memoryFeedTokenStore } from "./memory-feed-token-store.ts";
import { memoryHostTurns } from "./memory-host-turns.ts";
import { memoryJobStore } from "./memory-job-store.ts";
import { memoryCheckQueue, memoryDeliveryQueue, memorySyncWorkflow, memoryTaskTokens } from "./memory-messengers.ts";
import { memoryPauseStore } from "./memory-pause-store.ts";
import { memoryPerDependencyStore } from "./memory-per-dependency-store.ts";
import { memoryProviderStore } from "./memory-provider-store.ts";
import { memoryRecordStore } from "./memory-record-store.ts";
import { memoryRunStore } from "./memory-run-store.ts";
import { memorySecretReader } from "./memory-secret-reader.ts";
import { memoryEventBus, memoryMailer } from "./memory-senders.ts";
import { memorySnapshotStore } from "./memory-snapshot-store.ts";
import { memoryApiKeyStore, memoryIdempotencyStore, memoryTenantStore } from "./memory-tenant-stores.ts";
import { createSyncState } from "./sync-state.ts";

export type MemoryStores = ReturnType<typeof createMemoryStores>;

/**
 * Every port on one state of its own, empty at first. `deliveryQueue.sent`, `tokens.sent` and `workflow.sent` tell what
 * was handed over.
 * @example const { jobs, dependencies, workflow } = createMemoryStores();
 */
export const createMemoryStores = () => {
  const syncState = createSyncState();
  const deliveries = memoryDeliveryStore();
  return {
    jobs: memoryJobStore(syncState),
    dependencies: memoryDependencyStore(syncState),
    dependencyRules: memoryPerDependencyStore<DependencyRules>(),
    dependencyUsage: memoryPerDependencyStore<DependencyUsage>(),
    lastDiffs: memoryPerDependencyStore<LastDiff>(),
    feedAccess: memoryPerDependencyStore<FeedAccess>(),
    feedTokens: memoryFeedTokenStore(),
    snapshots: memorySnapshotStore(),
    bodies: memoryBodyStore(),
    changes: memoryChangeStore(),
    tenants: memoryTenantStore(),
    apiKeys: memoryApiKeyStore(),
    idempotency: memoryIdempotencyStore(),
    channels: memoryRecordStore<Channel>("channel"),
    alertPreferences: memoryRecordStore<AlertPreference>("alertPreference"),
    deliveries,
    digests: memoryDigestStore(deliveries),
    deliveryQueue: memoryDeliveryQueue(),
    tokens: memoryTaskTokens(),
    workflow: memorySyncWorkflow(),
    secrets: memorySecretReader(),
    mailer: memoryMailer(),
    eventBus: memoryEventBus(),
    hosts: memoryHostTurns(),
    checks: memoryCheckStore(syncState),
    checkQueue: memoryCheckQueue(),
    runs: memoryRunStore(),
    pauses: memoryPauseStore(),
    providers: memoryProviderStore(),
    embedJobs: memoryEmbedJobStore(),
    embedQueue: memoryEmbedQueue(),
    searchManifests: memorySearchManifestStore(),
  };
};
