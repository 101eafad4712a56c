import { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import { apiLog } from "../runtime/api-log.ts";
import { awsApiPorts } from "../runtime/aws-api-ports.ts";
import { apiEnv } from "../runtime/env.ts";
import { createApi } from "./api.ts";

const logger = new Logger({ serviceName: "api" });

/** All routes of the HTTP API (payload 2.0). */
export const handler = middy(createApi(awsApiPorts(apiEnv.parse(process.env), apiLog(logger)))).use(
  injectLambdaContext(logger),
);
