import { memoryChannelStore, memoryDeliveryStore } from "./memory-alert-stores.ts";
import { memoryBodyStore } from "./memory-body-store.ts";
import { memoryChangeStore } from "./memory-change-store.ts";
import { memoryCheckStore } from "./memory-check-store.ts";
import { memoryDependencyStore } from "./memory-dependency-store.ts";
import { memoryHostTurns } from "./memory-host-turns.ts";
import { memoryJobStore } from "./memory-job-store.ts";
import { memoryCheckQueue, memoryDeliveryQueue, memorySyncWorkflow, memoryTaskTokens } from "./memory-messengers.ts";
import { memoryProviderStore } from "./memory-provider-store.ts";
import { memoryRunStore } from "./memory-run-store.ts";
import { memorySecretReader } from "./memory-secret-reader.ts";
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
  return {
    jobs: memoryJobStore(syncState),
    dependencies: memoryDependencyStore(syncState),
    snapshots: memorySnapshotStore(),
    bodies: memoryBodyStore(),
    changes: memoryChangeStore(),
    tenants: memoryTenantStore(),
    apiKeys: memoryApiKeyStore(),
    idempotency: memoryIdempotencyStore(),
    channels: memoryChannelStore(),
    deliveries: memoryDeliveryStore(),
    deliveryQueue: memoryDeliveryQueue(),
    tokens: memoryTaskTokens(),
    workflow: memorySyncWorkflow(),
    secrets: memorySecretReader(),
    hosts: memoryHostTurns(),
    checks: memoryCheckStore(syncState),
    checkQueue: memoryCheckQueue(),
    runs: memoryRunStore(),
    providers: memoryProviderStore(),
  };
};
