import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoSnapshotStore } from "../../shared/aws/dynamo-snapshot-store.ts";
import { snapshotStage } from "../../shared/pipeline/stages/snapshot.ts";
import { stageEnv } from "../runtime/env.ts";
import { stageHandler } from "./stage-handler.ts";

const env = stageEnv.parse(process.env);

/** State `Snapshot`. */
export const handler = stageHandler(
  snapshotStage({ snapshots: dynamoSnapshotStore({ client: dynamoClient(), tableName: env.TABLE_NAME }) }),
  env,
);
