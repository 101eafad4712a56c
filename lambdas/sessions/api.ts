import { randomBytes } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import { v7 as newUuid } from "uuid";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoIdempotencyStore } from "../../shared/aws/dynamo-idempotency-store.ts";
import { s3BodyStore } from "../../shared/aws/s3-body-store.ts";
import { s3Client } from "../../shared/aws/s3-client.ts";
import { systemClock } from "../../shared/aws/system-clock.ts";
import { createJobTypeRegistry } from "../../shared/sessions/job-types/registry.ts";
import { createSessionApi } from "../api/session-api.ts";
import { apiLog } from "../runtime/api-log.ts";
import { sessionApiEnv } from "../runtime/env.ts";
import { sessionStorePorts } from "../runtime/session-ports.ts";

const env = sessionApiEnv.parse(process.env);
const logger = new Logger({ serviceName: "session-api" });
const log = apiLog(logger);

/** All routes of sessions (payload 2.0). */
export const handler = middy(
  createSessionApi({
    idempotency: dynamoIdempotencyStore({ client: dynamoClient(), tableName: env.TABLE_NAME }),
    randomBytes: (count) => randomBytes(count),
    clock: systemClock,
    log,
    sessionPorts: {
      ...sessionStorePorts(env),
      bodies: s3BodyStore({ client: s3Client(), bucketName: env.BUCKET_NAME }),
      types: createJobTypeRegistry(),
      newUuid: () => newUuid(),
      sessionRetentionDays: env.SESSION_RETENTION_DAYS,
      log: log.info,
    },
  }),
).use(injectLambdaContext(logger));
