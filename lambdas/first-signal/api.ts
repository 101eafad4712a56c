import { randomBytes } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoStreamTicketStore } from "../../shared/aws/dynamo-stream-ticket-store.ts";
import { systemClock } from "../../shared/aws/system-clock.ts";
import { createFirstSignalApi } from "../api/first-signal-api.ts";
import { apiLog } from "../runtime/api-log.ts";
import { firstSignalApiEnv } from "../runtime/env.ts";
import { awsSignalFinder } from "../runtime/first-signal-ports.ts";
import { functionUrlAt } from "../runtime/function-url.ts";

const logger = new Logger({ serviceName: "first-signal" });
const log = apiLog(logger);
const env = firstSignalApiEnv.parse(process.env);
const ports = {
  findSignal: awsSignalFinder(env, log.info),
  tickets: dynamoStreamTicketStore({ client: dynamoClient(), tableName: env.TABLE_NAME }),
  streamUrl: functionUrlAt(env.FIRST_SIGNAL_STREAM_URL, process.env.AWS_ENDPOINT_URL),
  randomBytes: (count: number) => randomBytes(count),
  clock: systemClock,
  log,
};

/** The routes of first signals (payload 2.0). */
export const handler = middy(createFirstSignalApi(ports)).use(injectLambdaContext(logger));
