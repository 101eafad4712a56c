import { Logger } from "@aws-lambda-powertools/logger";
import { monotonicFactory } from "ulid";
import { sendDueDigests } from "../../shared/alerts/digests/send-due-digests.ts";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoDeliveryStore } from "../../shared/aws/dynamo-delivery-store.ts";
import { dynamoDependencyStore } from "../../shared/aws/dynamo-dependency-store.ts";
import { dynamoDigestStore } from "../../shared/aws/dynamo-digest-store.ts";
import { dynamoJobStore } from "../../shared/aws/dynamo-job-store.ts";
import { sfnClient } from "../../shared/aws/sfn-client.ts";
import { sfnSyncWorkflow } from "../../shared/aws/sfn-sync-workflow.ts";
import { sfnTaskTokens } from "../../shared/aws/sfn-task-tokens.ts";
import { sqsClient } from "../../shared/aws/sqs-client.ts";
import { sqsDeliveryQueue } from "../../shared/aws/sqs-delivery-queue.ts";
import { systemClock } from "../../shared/aws/system-clock.ts";
import { createSyncService } from "../../shared/jobs/sync-service.ts";
import { type OrchestratorRun, runOrchestrator } from "../../shared/orchestrator/run-orchestrator.ts";
import { orchestrateEnv } from "../runtime/env.ts";

const env = orchestrateEnv.parse(process.env);
const logger = new Logger({ serviceName: "orchestrator" });
const table = { client: dynamoClient(), tableName: env.TABLE_NAME };
const jobs = dynamoJobStore({ ...table, jobRetentionDays: env.JOB_RETENTION_DAYS });
const dependencies = dynamoDependencyStore(table);
const clock = systemClock;
const syncs = createSyncService({
  jobs,
  dependencies,
  workflow: sfnSyncWorkflow({ client: sfnClient(), stateMachineArn: env.DEPENDENCY_SYNC_ARN }),
  clock,
  newId: monotonicFactory(),
  heartbeatSeconds: env.HEARTBEAT_SECONDS,
  maxUnfinishedSyncs: env.MAX_UNFINISHED_SYNCS,
});

/** Of one run; what is left is due in the next one. */
const maxDueDigests = 200;

/** Run by the schedule. */
export const handler = async (): Promise<OrchestratorRun> => {
  const tokens = sfnTaskTokens({ client: sfnClient() });
  const log = (event: string, fields: Record<string, unknown>) => logger.info(event, { fields });
  const run = await runOrchestrator(
    { jobs, dependencies, tokens, syncs, clock, log },
    { maxDue: 200, maxUnfinishedSyncs: env.MAX_UNFINISHED_SYNCS },
  );
  logger.info("orchestrator.run_ended", { ...run });
  const queue = sqsDeliveryQueue({ client: sqsClient(), queueUrl: env.DELIVERIES_QUEUE_URL });
  const digestPorts = { digests: dynamoDigestStore(table), deliveries: dynamoDeliveryStore(table), queue };
  logger.info("digests.run_ended", await sendDueDigests({ ...digestPorts, nowMs: Date.now, log }, maxDueDigests));
  return run;
};
