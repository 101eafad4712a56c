import { dynamoChangeStore } from "../../shared/aws/dynamo-change-store.ts";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { s3BodyStore } from "../../shared/aws/s3-body-store.ts";
import { s3Client } from "../../shared/aws/s3-client.ts";
import { persistStage } from "../../shared/pipeline/stages/persist.ts";
import { stageEnv } from "../runtime/env.ts";
import { stageHandler } from "./stage-handler.ts";

const env = stageEnv.parse(process.env);

/** State `Persist`. */
export const handler = stageHandler(
  persistStage({
    bodies: s3BodyStore({ client: s3Client(), bucketName: env.BUCKET_NAME }),
    changes: dynamoChangeStore({ client: dynamoClient(), tableName: env.TABLE_NAME }),
  }),
  env,
);
