/** Kinds of work that can be paused: looks at documents by the schedule, syncs, and messages to channels. */
export const jobTypes = ["dependency.checks", "dependency.sync", "delivery"] as const;

export type JobType = (typeof jobTypes)[number];
