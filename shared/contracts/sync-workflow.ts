import * as z from "zod";
import { allSyncStages } from "./sync-stages.ts";

/** Payload of every stage: the keys of `Parameters.Payload` in `statemachines/*.asl.json`. */
export const stageInvocation = z.strictObject({
  tenantId: z.string().min(1),
  dependencyId: z.string().min(1),
  jobId: z.string().min(1),
  attempt: z.number().int().positive(),
  taskToken: z.string().min(1),
});

/** Input of an execution. */
export const syncExecutionInput = z.strictObject({
  tenantId: z.string().min(1),
  dependencyId: z.string().min(1),
  jobId: z.string().min(1),
  attempt: z.number().int().positive(),
  resumeAt: z.enum(allSyncStages),
  heartbeatSeconds: z.number().int().positive(),
});

export type SyncExecutionInput = z.output<typeof syncExecutionInput>;

/** Payload of the states `RecordFailure` and `RecordCancel`. */
export const settleInvocation = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("failed"),
    jobId: z.string().min(1),
    attempt: z.number().int().positive(),
    /**
     * What the state machine caught. `Error`: a name of ours, or one of Step Functions' or Lambda's. `Cause`: ours is JSON of
     * `stageFailureCause`; that of AWS is any text, and is not there for some time-outs.
     */
    error: z.object({ Error: z.string(), Cause: z.string().default("") }),
  }),
  z.strictObject({ kind: z.literal("cancelled"), jobId: z.string().min(1), attempt: z.number().int().positive() }),
]);

export type SettleInvocation = z.output<typeof settleInvocation>;

/** The `cause` that a stage reports with a failure, as JSON. */
export const stageFailureCause = z.object({
  message: z.string(),
  kind: z.enum(["retryable", "rateLimited", "permanent"]),
  stage: z.enum(allSyncStages),
});
