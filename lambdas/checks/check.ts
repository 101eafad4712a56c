import { randomUUID } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { monotonicFactory } from "ulid";
import { dynamoCheckStore } from "../../shared/aws/dynamo-check-store.ts";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoDependencyStore } from "../../shared/aws/dynamo-dependency-store.ts";
import { dynamoHostTurns } from "../../shared/aws/dynamo-host-turns.ts";
import { dynamoJobStore } from "../../shared/aws/dynamo-job-store.ts";
import { dynamoRunStore } from "../../shared/aws/dynamo-run-store.ts";
import { s3BodyStore } from "../../shared/aws/s3-body-store.ts";
import { s3Client } from "../../shared/aws/s3-client.ts";
import { secretsClient } from "../../shared/aws/secrets-client.ts";
import { sfnClient } from "../../shared/aws/sfn-client.ts";
import { sfnSyncWorkflow } from "../../shared/aws/sfn-sync-workflow.ts";
import { sqsCheckQueue } from "../../shared/aws/sqs-check-queue.ts";
import { sqsClient } from "../../shared/aws/sqs-client.ts";
import { systemClock } from "../../shared/aws/system-clock.ts";
import { tenantSecretReader } from "../../shared/aws/tenant-secret-reader.ts";
import { checkBatch, type Received } from "../../shared/checks/check-batch.ts";
import { checkMessage } from "../../shared/contracts/check-message.ts";
import { createSyncService } from "../../shared/jobs/sync-service.ts";
import { addressPolicyFor } from "../../shared/net/address-guard.ts";
import { createGuardedFetch } from "../../shared/net/guarded-fetch.ts";
import { checkEnv, healthThresholds, hostLimits, stateMachineArns } from "../runtime/env.ts";

const env = checkEnv.parse(process.env);
const logger = new Logger({ serviceName: "check" });
const table = { client: dynamoClient(), tableName: env.TABLE_NAME };
const { JOB_RETENTION_DAYS: jobRetentionDays } = env;
const newId = monotonicFactory();
const dependencies = dynamoDependencyStore(table);

const ports = {
  dependencies,
  checks: dynamoCheckStore({ ...table, jobRetentionDays }),
  hosts: dynamoHostTurns(table),
  runs: dynamoRunStore({ ...table, runRetentionDays: jobRetentionDays }),
  queue: sqsCheckQueue({ client: sqsClient(), queueUrl: env.CHECKS_QUEUE_URL }),
  bodies: s3BodyStore({ client: s3Client(), bucketName: env.BUCKET_NAME }),
  fetch: createGuardedFetch({
    policy: addressPolicyFor(env.ALLOWED_PRIVATE_HOSTS),
    maxBodyBytes: env.MAX_BODY_BYTES,
    totalTimeoutMs: env.FETCH_TIMEOUT_MS,
  }),
  secrets: tenantSecretReader({ client: secretsClient(), namePrefix: env.TENANT_SECRETS_PREFIX }),
  syncs: createSyncService({
    jobs: dynamoJobStore({ ...table, jobRetentionDays }),
    dependencies,
    workflow: sfnSyncWorkflow({ client: sfnClient(), stateMachineArns: stateMachineArns(env) }),
    clock: systemClock,
    newId: () => newId(),
    heartbeatSeconds: env.HEARTBEAT_SECONDS,
    maxUnfinishedSyncs: env.MAX_UNFINISHED_SYNCS,
  }),
  clock: systemClock,
  newId: () => newId(),
  random: Math.random,
  log: (event: string, fields: Record<string, unknown>) => logger.error(event, { fields }),
};

/** Takes a batch of the checks queue; a message that could not be handled at all comes back by itself. */
export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const worker = {
    owner: context.awsRequestId || randomUUID(),
    remainingMs: () => context.getRemainingTimeInMillis(),
    fetchTimeoutMs: env.FETCH_TIMEOUT_MS,
    hostLimits: hostLimits(env),
    thresholds: healthThresholds(env),
  };
  const batch: Received[] = [];
  const failed: string[] = [];
  for (const { messageId, body } of event.Records) {
    const read = checkMessage.safeParse(parseJson(body));
    if (read.success) batch.push({ receiptId: messageId, message: read.data });
    else failed.push(messageId);
    if (!read.success) logger.error("check.unreadable_message", { messageId });
  }
  for (const [{ receiptId, message }, end] of await checkBatch(ports, worker, batch)) {
    const { tenantId, dependencyId, runId } = message;
    logger.info("check.ended", { tenantId, dependencyId, runId, end });
    if (end === "broken") failed.push(receiptId);
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
