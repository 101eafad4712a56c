import * as z from "zod";

const place = {
  tenantId: z.string().min(1),
  sessionId: z.string().min(1),
  jobId: z.string().min(1),
  jobType: z.string().min(1),
};

/** Payload of the state `Run` in `statemachines/session-job.asl.json`. */
export const sessionJobInvocation = z.strictObject({ ...place, taskToken: z.string().min(1) });

export type SessionJobInvocation = z.output<typeof sessionJobInvocation>;

/** Input of an execution. */
export const sessionExecutionInput = z.strictObject({ ...place, heartbeatSeconds: z.number().int().positive() });

export type SessionExecutionInput = z.output<typeof sessionExecutionInput>;

/** Payload of the state `RecordFailure`; see `settleInvocation` of the sync for what `error` is. */
export const sessionSettleInvocation = z.strictObject({
  ...place,
  error: z.object({ Error: z.string(), Cause: z.string().default("") }),
});

export type SessionSettleInvocation = z.output<typeof sessionSettleInvocation>;

/** The `cause` that a worker reports with a failure, as JSON. */
export const sessionFailureCause = z.object({ message: z.string() });
