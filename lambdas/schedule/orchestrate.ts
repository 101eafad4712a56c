import { Logger } from "@aws-lambda-powertools/logger";
import { monotonicFactory } from "ulid";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoDependencyStore } from "../../shared/aws/dynamo-dependency-store.ts";
import { dynamoJobStore } from "../../shared/aws/dynamo-job-store.ts";
import { sfnClient } from "../../shared/aws/sfn-client.ts";
import { sfnSyncWorkflow } from "../../shared/aws/sfn-sync-workflow.ts";
import { sfnTaskTokens } from "../../shared/aws/sfn-task-tokens.ts";
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

/** Run by the schedule. */
export const handler = async (): Promise<OrchestratorRun> => {
  const tokens = sfnTaskTokens({ client: sfnClient() });
  const log = (event: string, fields: Record<string, unknown>) => logger.info(event, { fields });
  const run = await runOrchestrator(
    { jobs, dependencies, tokens, syncs, clock, log },
    { maxDue: 200, maxUnfinishedSyncs: env.MAX_UNFINISHED_SYNCS },
  );
  logger.info("orchestrator.run_ended", { ...run });
  return run;
};
