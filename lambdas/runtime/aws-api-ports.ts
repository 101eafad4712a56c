import { randomBytes } from "node:crypto";
import { monotonicFactory } from "ulid";
import type * as z from "zod";
import { dynamoAlertPreferenceStore } from "../../shared/aws/dynamo-alert-preference-store.ts";
import { dynamoApiKeyStore } from "../../shared/aws/dynamo-api-key-store.ts";
import { dynamoChangeStore } from "../../shared/aws/dynamo-change-store.ts";
import { dynamoChannelStore } from "../../shared/aws/dynamo-channel-store.ts";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoDeliveryStore } from "../../shared/aws/dynamo-delivery-store.ts";
import { dynamoDependencyRulesStore } from "../../shared/aws/dynamo-dependency-rules-store.ts";
import { dynamoDependencyStore } from "../../shared/aws/dynamo-dependency-store.ts";
import { dynamoDependencyUsageStore } from "../../shared/aws/dynamo-dependency-usage-store.ts";
import { dynamoEmbedJobStore } from "../../shared/aws/dynamo-embed-stores.ts";
import { dynamoFeedAccessStore, dynamoFeedTokenStore } from "../../shared/aws/dynamo-feed-stores.ts";
import { dynamoIdempotencyStore } from "../../shared/aws/dynamo-idempotency-store.ts";
import { dynamoJobStore } from "../../shared/aws/dynamo-job-store.ts";
import { dynamoPauseStore } from "../../shared/aws/dynamo-pause-store.ts";
import { dynamoProviderStore } from "../../shared/aws/dynamo-provider-store.ts";
import { dynamoRunStore } from "../../shared/aws/dynamo-run-store.ts";
import { dynamoSnapshotStore } from "../../shared/aws/dynamo-snapshot-store.ts";
import { dynamoTenantStore } from "../../shared/aws/dynamo-tenant-store.ts";
import { s3BodyStore } from "../../shared/aws/s3-body-store.ts";
import { s3Client } from "../../shared/aws/s3-client.ts";
import { sfnClient } from "../../shared/aws/sfn-client.ts";
import { sfnSyncWorkflow } from "../../shared/aws/sfn-sync-workflow.ts";
import { sqsClient } from "../../shared/aws/sqs-client.ts";
import { sqsDeliveryQueue } from "../../shared/aws/sqs-delivery-queue.ts";
import { sqsEmbedQueue } from "../../shared/aws/sqs-embed-queue.ts";
import { systemClock } from "../../shared/aws/system-clock.ts";
import { createSyncService } from "../../shared/jobs/sync-service.ts";
import { defaultAllowedPorts, parseAllowedPrivateHosts } from "../../shared/net/address-guard.ts";
import type { BodyStore } from "../../shared/snapshots/ports.ts";
import type { ApiLog, ApiPorts } from "../api/api-ports.ts";
import { type apiEnv, listOf, orchestratorPolicy, stateMachineArns } from "./env.ts";

/** The API's ports on AWS. A client is made when a request first needs it, which most requests of S3, SFN and SQS never do. */
export const awsApiPorts = (env: z.output<typeof apiEnv>, log: ApiLog): ApiPorts => {
  const table = { client: dynamoClient(), tableName: env.TABLE_NAME };
  const jobs = dynamoJobStore({ ...table, jobRetentionDays: env.JOB_RETENTION_DAYS });
  const dependencies = dynamoDependencyStore(table);
  const pauses = dynamoPauseStore(table);
  const newId = monotonicFactory();
  const arns = stateMachineArns(env);
  const syncs = createSyncService({
    jobs,
    dependencies,
    pauses,
    workflow: {
      start: (input, type) => sfnSyncWorkflow({ client: sfnClient(), stateMachineArns: arns }).start(input, type),
    },
    clock: systemClock,
    newId: () => newId(),
    heartbeatSeconds: env.HEARTBEAT_SECONDS,
    maxUnfinishedSyncs: env.MAX_UNFINISHED_SYNCS,
  });
  return {
    jobs,
    dependencies,
    pauses,
    dependencyRules: dynamoDependencyRulesStore(table),
    dependencyUsage: dynamoDependencyUsageStore(table),
    feedAccess: dynamoFeedAccessStore(table),
    feedTokens: dynamoFeedTokenStore(table),
    syncs,
    runs: dynamoRunStore({ ...table, runRetentionDays: env.JOB_RETENTION_DAYS }),
    orchestratorPolicy: orchestratorPolicy(env),
    defaultCadence: env.DEFAULT_CADENCE,
    snapshots: dynamoSnapshotStore(table),
    bodies: lazyBodies(() => s3BodyStore({ client: s3Client(), bucketName: env.BUCKET_NAME })),
    changes: dynamoChangeStore(table),
    tenants: dynamoTenantStore(table),
    apiKeys: dynamoApiKeyStore(table),
    idempotency: dynamoIdempotencyStore(table),
    channels: dynamoChannelStore(table),
    alertPreferences: dynamoAlertPreferenceStore(table),
    deliveries: dynamoDeliveryStore(table),
    providers: dynamoProviderStore(table),
    deliveryQueue: {
      send: (message, delayMs) =>
        sqsDeliveryQueue({ client: sqsClient(), queueUrl: env.DELIVERIES_QUEUE_URL }).send(message, delayMs),
    },
    embedJobs: dynamoEmbedJobStore(table),
    embedQueue: {
      send: (request, delayMs) =>
        sqsEmbedQueue({ client: sqsClient(), queueUrl: env.EMBED_QUEUE_URL }).send(request, delayMs),
    },
    clock: systemClock,
    newId: () => newId(),
    randomBytes: (count) => randomBytes(count),
    addressPolicy: {
      allowedPrivateHosts: parseAllowedPrivateHosts(env.ALLOWED_PRIVATE_HOSTS),
      allowedPorts: defaultAllowedPorts,
    },
    alertSenders: { sendsEmail: env.ALERT_EMAIL_FROM !== "", eventBusArns: new Set(listOf(env.ALERT_EVENT_BUS_ARNS)) },
    log,
  };
};

const lazyBodies = (bodies: () => BodyStore): BodyStore => ({
  putOnce: (key, bytes, contentType) => bodies().putOnce(key, bytes, contentType),
  get: (key) => bodies().get(key),
  head: (key) => bodies().head(key),
  presignGet: (key, expiresInSeconds) => bodies().presignGet(key, expiresInSeconds),
  presignPut: (key, body, expiresInSeconds) => bodies().presignPut(key, body, expiresInSeconds),
});
