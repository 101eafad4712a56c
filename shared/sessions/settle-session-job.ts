import { type SessionSettleInvocation, sessionFailureCause } from "../contracts/session-workflow.ts";
import type { Clock } from "../jobs/ports.ts";
import { parseJson, platformErrors } from "../pipeline/settle.ts";
import type { SessionJob } from "./session.ts";
import type { SessionStore } from "./session-store.ts";
import { type StartPorts, startAdmitted } from "./start-admitted.ts";
import { interruptedLine } from "./transitions.ts";

/**
 * Ends a job whose execution ended without a result, and lets the next of its lane start. A repeat does nothing more.
 * Returns the job as it stands, `undefined` when there is none.
 */
export const settleSessionJob = async (
  ports: StartPorts & { sessions: SessionStore; clock: Pick<Clock, "nowMs"> },
  invocation: SessionSettleInvocation,
): Promise<SessionJob | undefined> => {
  const { tenantId, sessionId, jobId, jobType } = invocation;
  const end = { status: "failed", errors: linesOf(invocation.error) } as const;
  const id = { tenantId, sessionId, jobId };
  const { job, admitted } = await ports.sessions.abandon(id, jobType, end, ports.clock.nowMs());
  await startAdmitted(ports, tenantId, jobType, admitted);
  return job;
};

/** What the state machine ends with: the error, and the reason in words. */
export const endOfSessionExecution = ({ error }: SessionSettleInvocation): { error: string; message: string } => ({
  error: error.Error,
  message: linesOf(error).join("\n"),
});

const linesOf = ({ Error: name, Cause: cause }: SessionSettleInvocation["error"]): string[] => {
  const ours = sessionFailureCause.safeParse(parseJson(cause));
  if (ours.success) return ours.data.message.split("\n").filter((line) => line.trim() !== "");
  const reason = platformErrors[name] ?? `${name}${cause === "" ? "" : `: ${cause.slice(0, 500)}`}`;
  return [interruptedLine(reason), "Start the job again: what it had found is not kept."];
};
