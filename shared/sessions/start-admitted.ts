import type { SessionExecutionInput } from "../contracts/session-workflow.ts";
import type { LaneEntry } from "./lane.ts";
import type { SessionJobId } from "./session.ts";
import type { SessionStore } from "./session-store.ts";

export type SessionWorkflow = {
  /** Starts the job's one execution; starting it again is the same execution. Returns its ARN. */
  start(input: SessionExecutionInput): Promise<string>;
};

export type StartPorts = {
  sessions: Pick<SessionStore, "recordExecution">;
  workflow: SessionWorkflow;
  heartbeatSeconds: number;
  log(event: string, fields: Record<string, unknown>): void;
};

/** Starts a job that its lane let go. */
export const startSessionJob = async (ports: StartPorts, id: SessionJobId, jobType: string): Promise<void> => {
  const executionArn = await ports.workflow.start({ ...id, jobType, heartbeatSeconds: ports.heartbeatSeconds });
  await ports.sessions.recordExecution(id, executionArn);
};

/**
 * Starts what a lane let go. What cannot be started now is only noted: the orchestrator starts it with its next run, and
 * the request or the job that made room is not to fail for it.
 */
export const startAdmitted = async (
  ports: StartPorts,
  tenantId: string,
  jobType: string,
  admitted: readonly LaneEntry[],
): Promise<void> => {
  for (const entry of admitted) {
    try {
      await startSessionJob(ports, { tenantId, ...entry }, jobType);
    } catch (error) {
      ports.log("session.start_failed", { ...entry, jobType, message: String(error) });
    }
  }
};
