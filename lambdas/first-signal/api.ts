import { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import { systemClock } from "../../shared/aws/system-clock.ts";
import { createFirstSignalApi } from "../api/first-signal-api.ts";
import { apiLog } from "../runtime/api-log.ts";
import { firstSignalEnv } from "../runtime/env.ts";
import { awsSignalFinder } from "../runtime/first-signal-ports.ts";

const logger = new Logger({ serviceName: "first-signal" });
const log = apiLog(logger);
const findSignal = awsSignalFinder(firstSignalEnv.parse(process.env), log.info);

/** The routes of first signals (payload 2.0). */
export const handler = middy(createFirstSignalApi({ findSignal, clock: systemClock, log })).use(
  injectLambdaContext(logger),
);
