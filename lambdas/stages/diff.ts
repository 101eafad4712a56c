import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoDependencyRulesStore } from "../../shared/aws/dynamo-dependency-rules-store.ts";
import { dynamoLastDiffStore } from "../../shared/aws/dynamo-last-diff-store.ts";
import { dynamoSnapshotStore } from "../../shared/aws/dynamo-snapshot-store.ts";
import { s3BodyStore } from "../../shared/aws/s3-body-store.ts";
import { s3Client } from "../../shared/aws/s3-client.ts";
import { diffStage } from "../../shared/pipeline/stages/diff.ts";
import { stageEnv } from "../runtime/env.ts";
import { stageHandler } from "./stage-handler.ts";

const env = stageEnv.parse(process.env);
const table = { client: dynamoClient(), tableName: env.TABLE_NAME };

/** State `Diff`. */
export const handler = stageHandler(
  diffStage({
    bodies: s3BodyStore({ client: s3Client(), bucketName: env.BUCKET_NAME }),
    snapshots: dynamoSnapshotStore(table),
    rules: dynamoDependencyRulesStore(table),
    lastDiffs: dynamoLastDiffStore(table),
  }),
  env,
);
