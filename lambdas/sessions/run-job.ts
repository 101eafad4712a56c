import { randomUUID } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import type { Context } from "aws-lambda";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoHostTurns } from "../../shared/aws/dynamo-host-turns.ts";
import { s3BodyStore } from "../../shared/aws/s3-body-store.ts";
import { s3Client } from "../../shared/aws/s3-client.ts";
import { sfnClient } from "../../shared/aws/sfn-client.ts";
import { sfnTaskTokens } from "../../shared/aws/sfn-task-tokens.ts";
import { sessionJobInvocation } from "../../shared/contracts/session-workflow.ts";
import { addressPolicyFor } from "../../shared/net/address-guard.ts";
import { createGuardedFetch } from "../../shared/net/guarded-fetch.ts";
import { createJobTypeRegistry } from "../../shared/sessions/job-types/registry.ts";
import { runSessionJob } from "../../shared/sessions/run-session-job.ts";
import { sessionJobEnv } from "../runtime/env.ts";
import { sessionStorePorts } from "../runtime/session-ports.ts";

const env = sessionJobEnv.parse(process.env);
const logger = new Logger({ serviceName: "session-job" });
const ports = {
  ...sessionStorePorts(env),
  types: createJobTypeRegistry(),
  bodies: s3BodyStore({ client: s3Client(), bucketName: env.BUCKET_NAME }),
  fetch: createGuardedFetch({
    policy: addressPolicyFor(env.ALLOWED_PRIVATE_HOSTS),
    maxBodyBytes: env.MAX_BODY_BYTES,
    totalTimeoutMs: env.FETCH_TIMEOUT_MS,
  }),
  hosts: dynamoHostTurns({ client: dynamoClient(), tableName: env.TABLE_NAME }),
  tokens: sfnTaskTokens({ client: sfnClient() }),
  log: (event: string, fields: Record<string, unknown>) => logger.info(event, { fields }),
};

/** State `Run`: a job of any registered type. */
export const handler = async (event: unknown, context: Context) => {
  const invocation = sessionJobInvocation.parse(event);
  const { tenantId, sessionId, jobId, jobType } = invocation;
  logger.appendKeys({ tenantId, sessionId, jobId, jobType });
  const end = await runSessionJob(ports, invocation, {
    owner: `session-job-${context.awsRequestId || randomUUID()}`,
    leaseDurationMs: env.LEASE_DURATION_MS,
    remainingMs: () => context.getRemainingTimeInMillis(),
  });
  logger.info("session.job_slice_ended", { end });
  return { end };
};
