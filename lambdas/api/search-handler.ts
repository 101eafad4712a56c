import { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoDependencyStore } from "../../shared/aws/dynamo-dependency-store.ts";
import { dynamoSearchManifestStore } from "../../shared/aws/dynamo-embed-stores.ts";
import { patientLambdaClient } from "../../shared/aws/lambda-client.ts";
import { lambdaEmbedder } from "../../shared/aws/lambda-embedder.ts";
import { s3BodyStore } from "../../shared/aws/s3-body-store.ts";
import { s3Client } from "../../shared/aws/s3-client.ts";
import { systemClock } from "../../shared/aws/system-clock.ts";
import { createIndexCache } from "../../shared/search/index-cache.ts";
import { apiLog } from "../runtime/api-log.ts";
import { searchApiEnv } from "../runtime/env.ts";
import { createSearchApi } from "./search-api.ts";

/** Of the function's 1,024 MB: the file of 100,000 operations has about 100 MB, and is there twice while it is read. */
const maxCachedBytes = 300_000_000;

const env = searchApiEnv.parse(process.env);
const logger = new Logger({ serviceName: "api-search" });
const table = { client: dynamoClient(), tableName: env.TABLE_NAME };
const log = apiLog(logger);

/** `GET /api/search/operations` (payload 2.0). */
export const handler = middy(
  createSearchApi({
    search: {
      manifests: dynamoSearchManifestStore(table),
      indexes: createIndexCache(s3BodyStore({ client: s3Client(), bucketName: env.BUCKET_NAME }), maxCachedBytes),
      dependencies: dynamoDependencyStore(table),
      embedder: lambdaEmbedder({ client: patientLambdaClient(), functionName: env.EMBEDDER_FUNCTION }),
      log: log.error,
    },
    clock: systemClock,
    log,
  }),
).use(injectLambdaContext(logger));
