import { Logger } from "@aws-lambda-powertools/logger";
import type { Context } from "aws-lambda";
import { monotonicFactory } from "ulid";
import * as z from "zod";
import { sendDueDigests } from "../../shared/alerts/digests/send-due-digests.ts";
import { dynamoChannelStore } from "../../shared/aws/dynamo-channel-store.ts";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoDeliveryStore } from "../../shared/aws/dynamo-delivery-store.ts";
import { dynamoDependencyStore } from "../../shared/aws/dynamo-dependency-store.ts";
import { dynamoDigestStore } from "../../shared/aws/dynamo-digest-store.ts";
import { dynamoEmbedJobStore } from "../../shared/aws/dynamo-embed-stores.ts";
import { dynamoJobStore } from "../../shared/aws/dynamo-job-store.ts";
import { dynamoPauseStore } from "../../shared/aws/dynamo-pause-store.ts";
import { dynamoRunStore } from "../../shared/aws/dynamo-run-store.ts";
import { dynamoTenantStore } from "../../shared/aws/dynamo-tenant-store.ts";
import { sfnClient } from "../../shared/aws/sfn-client.ts";
import { sfnSyncWorkflow } from "../../shared/aws/sfn-sync-workflow.ts";
import { sfnTaskTokens } from "../../shared/aws/sfn-task-tokens.ts";
import { sqsCheckQueue } from "../../shared/aws/sqs-check-queue.ts";
import { sqsClient } from "../../shared/aws/sqs-client.ts";
import { sqsDeliveryQueue } from "../../shared/aws/sqs-delivery-queue.ts";
import { sqsEmbedQueue } from "../../shared/aws/sqs-embed-queue.ts";
import { systemClock } from "../../shared/aws/system-clock.ts";
import { tendEmbedJobs } from "../../shared/embeddings/tend-embed-jobs.ts";
import { createSyncService } from "../../shared/jobs/sync-service.ts";
import { type DryRun, dryRunOrchestrator } from "../../shared/orchestrator/dry-run.ts";
import { type OrchestratorRun, runOrchestrator } from "../../shared/orchestrator/run-orchestrator.ts";
import { tendSessionJobs } from "../../shared/sessions/tend-session-jobs.ts";
import { embeddingModel, orchestrateEnv, orchestratorPolicy, stateMachineArns } from "../runtime/env.ts";
import { sessionStorePorts } from "../runtime/session-ports.ts";

const env = orchestrateEnv.parse(process.env);
const logger = new Logger({ serviceName: "orchestrator" });
const table = { client: dynamoClient(), tableName: env.TABLE_NAME };
const { JOB_RETENTION_DAYS: jobRetentionDays } = env;
const jobs = dynamoJobStore({ ...table, jobRetentionDays });
const dependencies = dynamoDependencyStore(table);
const pauses = dynamoPauseStore(table);
const ports = {
  jobs,
  dependencies,
  pauses,
  channels: dynamoChannelStore(table),
  deliveries: dynamoDeliveryStore(table),
  deliveryQueue: sqsDeliveryQueue({ client: sqsClient(), queueUrl: env.DELIVERIES_QUEUE_URL }),
  tenants: dynamoTenantStore(table),
  runs: dynamoRunStore({ ...table, runRetentionDays: jobRetentionDays }),
  queue: sqsCheckQueue({ client: sqsClient(), queueUrl: env.CHECKS_QUEUE_URL }),
  tokens: sfnTaskTokens({ client: sfnClient() }),
  syncs: createSyncService({
    jobs,
    dependencies,
    pauses,
    workflow: sfnSyncWorkflow({ client: sfnClient(), stateMachineArns: stateMachineArns(env) }),
    clock: systemClock,
    newId: monotonicFactory(),
    heartbeatSeconds: env.HEARTBEAT_SECONDS,
    maxUnfinishedSyncs: env.MAX_UNFINISHED_SYNCS,
  }),
  clock: systemClock,
  log: (event: string, fields: Record<string, unknown>) => logger.info(event, { fields }),
};
const digestPorts = {
  digests: dynamoDigestStore(table),
  deliveries: ports.deliveries,
  queue: ports.deliveryQueue,
  nowMs: Date.now,
  log: ports.log,
};

/** Of one run; what is left is due in the next one. */
const maxDueDigests = 200;

const sessionPorts = { ...sessionStorePorts(env), tokens: ports.tokens, log: ports.log };

/** The jobs of sessions are tended beside: that this fails is no reason not to ask for checks. */
const tendSessions = async (): Promise<void> => {
  try {
    logger.info("session.jobs_tended", { ...(await tendSessionJobs(sessionPorts)) });
  } catch (error) {
    logger.error("session.tending_failed", { error: String(error) });
  }
};

const embedPorts = {
  jobs: dynamoEmbedJobStore(table),
  queue: sqsEmbedQueue({ client: sqsClient(), queueUrl: env.EMBED_QUEUE_URL }),
  clock: systemClock,
};

/** Beside, too: search that is behind is no reason not to ask for checks. */
const tendEmbeds = async (): Promise<void> => {
  try {
    logger.info("embed.jobs_tended", { ...(await tendEmbedJobs(embedPorts, embeddingModel(env))) });
  } catch (error) {
    logger.error("embed.tending_failed", { error: String(error) });
  }
};

/** What the schedule sends, and a person who wants to see first: `{"dry_run": true}`. */
const invocation = z.object({ dry_run: z.boolean().default(false) });

/** Run by the schedule, every few minutes. */
export const handler = async (event: unknown, context: Context): Promise<OrchestratorRun | DryRun> => {
  const startedAtMs = Date.now();
  const maxRunMs = context.getRemainingTimeInMillis();
  const options = {
    ...orchestratorPolicy(env),
    maxUnfinishedSyncs: env.MAX_UNFINISHED_SYNCS,
    hostIntervalMs: env.HOST_INTERVAL_MS,
    remainingMs: () => context.getRemainingTimeInMillis(),
    maxRunMs,
  };
  const isDry = invocation.safeParse(event).data?.dry_run ?? false;
  // Side by side: neither the error of one nor its taking long keeps the other from what is due.
  const [run, digests] = await Promise.allSettled([
    isDry ? dryRunOrchestrator(ports, options) : runOrchestrator(ports, options),
    isDry ? undefined : sendDueDigests(digestPorts, maxDueDigests),
    isDry ? undefined : tendSessions(),
    isDry ? undefined : tendEmbeds(),
  ]);
  if (digests.status === "rejected") logger.error("digests.run_failed", digests.reason);
  if (run.status === "rejected") throw run.reason;
  logger.info("orchestrator.run_ended", { ...run.value, durationMs: Date.now() - startedAtMs });
  if (digests.status === "rejected") throw digests.reason;
  if (digests.value !== undefined) logger.info("digests.run_ended", digests.value);
  return run.value;
};
