import { randomUUID } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import type { Context } from "aws-lambda";
import type * as z from "zod";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoDependencyStore } from "../../shared/aws/dynamo-dependency-store.ts";
import { dynamoJobStore } from "../../shared/aws/dynamo-job-store.ts";
import { sfnClient } from "../../shared/aws/sfn-client.ts";
import { sfnTaskTokens } from "../../shared/aws/sfn-task-tokens.ts";
import { systemClock } from "../../shared/aws/system-clock.ts";
import { stageInvocation } from "../../shared/contracts/sync-workflow.ts";
import { runStage } from "../../shared/pipeline/run-stage.ts";
import type { Stage } from "../../shared/pipeline/stage.ts";
import type { stageEnv } from "../runtime/env.ts";

/**
 * A stage's Lambda handler: parses what the state machine sent and runs the stage inside the engine. It returns what
 * came of it for the log alone; the state machine hears through the task token.
 */
export const stageHandler = (stage: Stage, env: z.output<typeof stageEnv>) => {
  const logger = new Logger({ serviceName: `sync-${stage.name}` });
  const table = { client: dynamoClient(), tableName: env.TABLE_NAME };
  const ports = {
    jobs: dynamoJobStore({ ...table, jobRetentionDays: env.JOB_RETENTION_DAYS }),
    dependencies: dynamoDependencyStore(table),
    tokens: sfnTaskTokens({ client: sfnClient() }),
    clock: systemClock,
    log: (event: string, fields: Record<string, unknown>) => logger.info(event, { fields }),
  };
  return async (event: unknown, context: Context) => {
    const invocation = stageInvocation.parse(event);
    const { tenantId, jobId, attempt } = invocation;
    logger.appendKeys({ tenantId, jobId, attempt, stage: stage.name });
    const end = await runStage(ports, stage, invocation, {
      owner: `${stage.name}-${context.awsRequestId || randomUUID()}`,
      leaseDurationMs: env.LEASE_DURATION_MS,
      remainingMs: () => context.getRemainingTimeInMillis(),
    });
    logger.info("sync.stage_ended", { end });
    return { end };
  };
};
