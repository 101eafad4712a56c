/**
 * The stages of each type of sync job in their order (`seeds/0`). A provider sync hands what it found to the subscribers of
 * its surface, where a dependency's own sync tells its own people.
 */
export const stagesOfJob = {
  "dependency.sync": ["fetch", "parse", "normalize", "snapshot", "diff", "persist", "alert", "done"],
  "provider.sync": ["fetch", "parse", "normalize", "snapshot", "diff", "persist", "notify", "done"],
} as const;

export type SyncJobType = keyof typeof stagesOfJob;

export const syncJobTypes = ["dependency.sync", "provider.sync"] as const satisfies readonly SyncJobType[];

/** The stages of a dependency sync in their order. */
export const syncStages = stagesOfJob["dependency.sync"];

/** The stages of a provider sync in their order. */
export const providerSyncStages = stagesOfJob["provider.sync"];

/** Every stage that there is. */
export const allSyncStages = [
  "fetch",
  "parse",
  "normalize",
  "snapshot",
  "diff",
  "persist",
  "alert",
  "notify",
  "done",
] as const;

export type SyncStage = (typeof allSyncStages)[number];
