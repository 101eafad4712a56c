import * as z from "zod";

/** A check of one dependency, as the checks queue carries it. */
export const checkMessage = z.strictObject({
  tenantId: z.string().min(1),
  dependencyId: z.string().min(1),
  /** The `nextCheckAt` that made it due: a check or a sync since then has done what this message asks for. */
  dueAt: z.iso.datetime(),
  /** Orchestrator run that asked for it. */
  runId: z.int().positive(),
  /** Failed tries so far. */
  tries: z.int().nonnegative(),
});

export type CheckMessage = z.output<typeof checkMessage>;
