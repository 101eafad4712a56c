import { s3BodyStore } from "../../shared/aws/s3-body-store.ts";
import { s3Client } from "../../shared/aws/s3-client.ts";
import { normalizeStage } from "../../shared/pipeline/stages/normalize.ts";
import { stageEnv } from "../runtime/env.ts";
import { stageHandler } from "./stage-handler.ts";

const env = stageEnv.parse(process.env);

/** State `Normalize`. */
export const handler = stageHandler(
  normalizeStage({ bodies: s3BodyStore({ client: s3Client(), bucketName: env.BUCKET_NAME }) }),
  env,
);
