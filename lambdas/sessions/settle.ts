import { Logger } from "@aws-lambda-powertools/logger";
import { sessionSettleInvocation } from "../../shared/contracts/session-workflow.ts";
import { endOfSessionExecution, settleSessionJob } from "../../shared/sessions/settle-session-job.ts";
import { sessionWorkflowEnv } from "../runtime/env.ts";
import { sessionStorePorts } from "../runtime/session-ports.ts";

const logger = new Logger({ serviceName: "session-settle" });
const ports = {
  ...sessionStorePorts(sessionWorkflowEnv.parse(process.env)),
  log: (event: string, fields: Record<string, unknown>) => logger.info(event, { fields }),
};

/** State `RecordFailure`. Throws when the store does: the state machine tries again. */
export const handler = async (event: unknown): Promise<{ error: string; message: string }> => {
  const invocation = sessionSettleInvocation.parse(event);
  const job = await settleSessionJob(ports, invocation);
  logger.info("session.settled", { jobId: invocation.jobId, status: job?.status });
  return endOfSessionExecution(invocation);
};
