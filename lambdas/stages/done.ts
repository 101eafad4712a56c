import { sqsClient } from "../../shared/aws/sqs-client.ts";
import { sqsEmbedQueue } from "../../shared/aws/sqs-embed-queue.ts";
import { doneStage } from "../../shared/pipeline/stages/done.ts";
import { doneStageEnv } from "../runtime/env.ts";
import { stageHandler } from "./stage-handler.ts";

const env = doneStageEnv.parse(process.env);

/** State `Done`. */
export const handler = stageHandler(
  doneStage({ embedQueue: sqsEmbedQueue({ client: sqsClient(), queueUrl: env.EMBED_QUEUE_URL }) }),
  env,
);
