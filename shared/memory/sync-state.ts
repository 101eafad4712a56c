import type { Dependency } from "../dependencies/dependency.ts";
import type { SyncJob } from "../jobs/job.ts";

/** A dependency that was removed stays as a tombstone, so that its unfinished job can still end. */
export type StoredDependency = { dependency: Dependency; isRemoved: boolean };

/** What jobs and dependencies share: their transactions are one synchronous step on it. */
export type SyncState = { jobs: Map<string, SyncJob>; dependencies: Map<string, StoredDependency> };

export const createSyncState = (): SyncState => ({ jobs: new Map(), dependencies: new Map() });

/** Key of a thing in a tenant; JSON, so that no id can run into the next. */
export const tenantKey = (...parts: string[]): string => JSON.stringify(parts);
