/** Kinds of work that can be paused: looks at documents by the schedule, syncs of them and of provider surfaces, and messages to channels. */
export const jobTypes = ["dependency.checks", "dependency.sync", "provider.sync", "delivery"] as const;

export type JobType = (typeof jobTypes)[number];
