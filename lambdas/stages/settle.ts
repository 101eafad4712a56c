import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoJobStore } from "../../shared/aws/dynamo-job-store.ts";
import { systemClock } from "../../shared/aws/system-clock.ts";
import { settleInvocation } from "../../shared/contracts/sync-workflow.ts";
import { endOfExecution, settleJob } from "../../shared/pipeline/settle.ts";
import { healthThresholds, settleEnv } from "../runtime/env.ts";

const env = settleEnv.parse(process.env);
const logger = new Logger({ serviceName: "sync-settle" });
const jobs = dynamoJobStore({
  client: dynamoClient(),
  tableName: env.TABLE_NAME,
  jobRetentionDays: env.JOB_RETENTION_DAYS,
});

/** States `RecordFailure` and `RecordCancel`. Throws when the store does: the state machine tries again. */
export const handler = async (event: unknown): Promise<{ error: string; message: string }> => {
  const invocation = settleInvocation.parse(event);
  const job = await settleJob({ jobs, clock: systemClock }, invocation, healthThresholds(env));
  logger.info("sync.settled", { jobId: invocation.jobId, attempt: invocation.attempt, status: job?.status });
  return endOfExecution(invocation, job);
};
