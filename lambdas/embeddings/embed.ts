import { randomUUID } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoDependencyStore } from "../../shared/aws/dynamo-dependency-store.ts";
import { dynamoEmbedJobStore, dynamoSearchManifestStore } from "../../shared/aws/dynamo-embed-stores.ts";
import { dynamoSnapshotStore } from "../../shared/aws/dynamo-snapshot-store.ts";
import { patientLambdaClient } from "../../shared/aws/lambda-client.ts";
import { lambdaEmbedder } from "../../shared/aws/lambda-embedder.ts";
import { s3BodyStore } from "../../shared/aws/s3-body-store.ts";
import { s3Client } from "../../shared/aws/s3-client.ts";
import { sqsClient } from "../../shared/aws/sqs-client.ts";
import { sqsEmbedQueue } from "../../shared/aws/sqs-embed-queue.ts";
import { systemClock } from "../../shared/aws/system-clock.ts";
import { embedMessage } from "../../shared/contracts/embed-message.ts";
import { runEmbedJob } from "../../shared/embeddings/run-embed-job.ts";
import { embeddingModel, embedEnv } from "../runtime/env.ts";

const env = embedEnv.parse(process.env);
const logger = new Logger({ serviceName: "embed" });
const table = { client: dynamoClient(), tableName: env.TABLE_NAME };

// A call that may outlast the lease shows nobody whether its worker still lives.
if (env.EMBED_TIMEOUT_MS >= env.EMBED_LEASE_DURATION_MS)
  logger.warn("embed.timeout_not_below_lease", {
    embed_timeout: env.EMBED_TIMEOUT_MS,
    lease_duration: env.EMBED_LEASE_DURATION_MS,
  });

const ports = {
  dependencies: dynamoDependencyStore(table),
  snapshots: dynamoSnapshotStore(table),
  bodies: s3BodyStore({ client: s3Client(), bucketName: env.BUCKET_NAME }),
  jobs: dynamoEmbedJobStore(table),
  manifests: dynamoSearchManifestStore(table),
  queue: sqsEmbedQueue({ client: sqsClient(), queueUrl: env.EMBED_QUEUE_URL }),
  embedder: lambdaEmbedder({ client: patientLambdaClient(), functionName: env.EMBEDDER_FUNCTION }),
  clock: systemClock,
  log: (event: string, fields: Record<string, unknown>) => logger.info(event, { fields }),
};

/** Takes a batch of the embed queue, its jobs at once; a message that could not be handled comes back by itself. */
export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const failed = await Promise.all(
    event.Records.map(async ({ messageId, body }) => {
      try {
        const request = embedMessage.parse(JSON.parse(body));
        const end = await runEmbedJob(ports, workerOf(context), request);
        logger.info("embed.ended", { ...request, end });
        return [];
      } catch (error) {
        logger.error("embed.broken", { messageId, error: error instanceof Error ? error : String(error) });
        return [messageId];
      }
    }),
  );
  return { batchItemFailures: failed.flat().map((itemIdentifier) => ({ itemIdentifier })) };
};

const workerOf = (context: Context) => ({
  owner: `embed-${context.awsRequestId || randomUUID()}`,
  model: embeddingModel(env),
  leaseDurationMs: env.EMBED_LEASE_DURATION_MS,
  embedTimeoutMs: env.EMBED_TIMEOUT_MS,
  batchSize: env.EMBED_BATCH_SIZE,
  remainingMs: () => context.getRemainingTimeInMillis(),
});
