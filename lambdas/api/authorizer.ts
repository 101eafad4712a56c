import { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import type { APIGatewayRequestAuthorizerEventV2, APIGatewaySimpleAuthorizerWithContextResult } from "aws-lambda";
import { adminKeyReader } from "../../shared/aws/admin-key-reader.ts";
import { dynamoApiKeyStore } from "../../shared/aws/dynamo-api-key-store.ts";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { secretsClient } from "../../shared/aws/secrets-client.ts";
import { systemClock } from "../../shared/aws/system-clock.ts";
import { apiLog } from "../runtime/api-log.ts";
import { authorizerEnv } from "../runtime/env.ts";
import { identifyCaller, remember } from "./authorize.ts";
import type { CallerContext } from "./caller-context.ts";

const env = authorizerEnv.parse(process.env);
const logger = new Logger({ serviceName: "authorizer" });

/** For how long a replaced admin key still works, in exchange for not asking Secrets Manager on each request. */
const adminKeyMaxAgeMs = 5 * 60_000;

const ports = {
  apiKeys: dynamoApiKeyStore({ client: dynamoClient(), tableName: env.TABLE_NAME }),
  readAdminKey: remember(
    adminKeyReader({ client: secretsClient(), secretArn: env.ADMIN_KEY_SECRET_ARN }),
    adminKeyMaxAgeMs,
    systemClock.nowMs,
  ),
  log: apiLog(logger),
};

/** Tells the API who calls, and lets it answer 401 in its own envelope: see `callerContext`. */
export const handler = middy(
  async (
    event: APIGatewayRequestAuthorizerEventV2,
  ): Promise<APIGatewaySimpleAuthorizerWithContextResult<CallerContext>> => ({
    isAuthorized: true,
    context: await identifyCaller(ports, event.headers?.authorization),
  }),
).use(injectLambdaContext(logger));
