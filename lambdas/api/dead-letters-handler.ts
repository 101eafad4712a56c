import { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import { lambdaClient } from "../../shared/aws/lambda-client.ts";
import { lambdaLetterSource, sqsLetterSource } from "../../shared/aws/letter-sources.ts";
import { sqsClient } from "../../shared/aws/sqs-client.ts";
import { type LetterSource, sqsDeadLetterBox } from "../../shared/aws/sqs-dead-letter-box.ts";
import { systemClock } from "../../shared/aws/system-clock.ts";
import { apiLog } from "../runtime/api-log.ts";
import { deadLettersEnv } from "../runtime/env.ts";
import { createDeadLettersApi } from "./dead-letters-api.ts";

const env = deadLettersEnv.parse(process.env);
const logger = new Logger({ serviceName: "api-dead-letters" });
const client = sqsClient();
const boxOf = (queueUrl: string, source: LetterSource) => sqsDeadLetterBox({ client, queueUrl, source });

/** `/api/operator/dead-letters` (payload 2.0). */
export const handler = middy(
  createDeadLettersApi({
    boxes: {
      checks: boxOf(env.CHECKS_DEAD_LETTERS_URL, sqsLetterSource({ client, queueUrl: env.CHECKS_QUEUE_URL })),
      deliveries: boxOf(
        env.DELIVERIES_DEAD_LETTERS_URL,
        sqsLetterSource({ client, queueUrl: env.DELIVERIES_QUEUE_URL }),
      ),
      embeds: boxOf(env.EMBEDS_DEAD_LETTERS_URL, sqsLetterSource({ client, queueUrl: env.EMBED_QUEUE_URL })),
      schedule: boxOf(
        env.SCHEDULE_DEAD_LETTERS_URL,
        lambdaLetterSource({ client: lambdaClient(), functionName: env.ORCHESTRATE_FUNCTION_NAME }),
      ),
    },
    clock: systemClock,
    log: apiLog(logger),
  }),
).use(injectLambdaContext(logger));
