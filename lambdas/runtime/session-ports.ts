import type * as z from "zod";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoSessionRecords } from "../../shared/aws/dynamo-session-records.ts";
import { sfnClient } from "../../shared/aws/sfn-client.ts";
import { sfnSessionWorkflow } from "../../shared/aws/sfn-sync-workflow.ts";
import { systemClock } from "../../shared/aws/system-clock.ts";
import { createSessionStore } from "../../shared/sessions/session-store.ts";
import type { SessionWorkflow } from "../../shared/sessions/start-admitted.ts";
import type { sessionWorkflowEnv } from "./env.ts";

/** Sessions on AWS, and what starts their jobs. The client of Step Functions is made when it is first needed. */
export const sessionStorePorts = (env: z.output<typeof sessionWorkflowEnv>) => {
  const records = dynamoSessionRecords({ client: dynamoClient(), tableName: env.TABLE_NAME });
  const workflow: SessionWorkflow = {
    start: (input) => sfnSessionWorkflow({ client: sfnClient(), stateMachineArn: env.SESSION_JOB_ARN }).start(input),
  };
  return {
    records,
    sessions: createSessionStore({ records, clock: systemClock, laneWidth: env.SESSION_JOBS_PER_TYPE }),
    workflow,
    heartbeatSeconds: env.HEARTBEAT_SECONDS,
    clock: systemClock,
  };
};
