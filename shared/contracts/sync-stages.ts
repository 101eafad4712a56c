/** The stages of a dependency sync in their order (`seeds/0`). */
export const syncStages = ["fetch", "parse", "normalize", "snapshot", "diff", "persist", "alert", "done"] as const;

export type SyncStage = (typeof syncStages)[number];
