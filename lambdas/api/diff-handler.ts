import { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoDependencyStore } from "../../shared/aws/dynamo-dependency-store.ts";
import { dynamoSnapshotStore } from "../../shared/aws/dynamo-snapshot-store.ts";
import { s3BodyStore } from "../../shared/aws/s3-body-store.ts";
import { s3Client } from "../../shared/aws/s3-client.ts";
import { systemClock } from "../../shared/aws/system-clock.ts";
import { maxDiffDocumentBytes } from "../../shared/contracts/api/diff.ts";
import { addressPolicyFor } from "../../shared/net/address-guard.ts";
import { createGuardedFetch } from "../../shared/net/guarded-fetch.ts";
import { apiLog } from "../runtime/api-log.ts";
import { diffApiEnv } from "../runtime/env.ts";
import { createDiffApi } from "./diff-api.ts";

const env = diffApiEnv.parse(process.env);
const logger = new Logger({ serviceName: "api-diff" });
const table = { client: dynamoClient(), tableName: env.TABLE_NAME };
const addressPolicy = addressPolicyFor(env.ALLOWED_PRIVATE_HOSTS);

/** Of the 29 s that the function has, what fetching both documents may take. */
const fetchTimeoutMs = 12_000;

/** `POST /api/diff` (payload 2.0). */
export const handler = middy(
  createDiffApi({
    dependencies: dynamoDependencyStore(table),
    snapshots: dynamoSnapshotStore(table),
    bodies: s3BodyStore({ client: s3Client(), bucketName: env.BUCKET_NAME }),
    addressPolicy,
    fetch: createGuardedFetch({
      policy: addressPolicy,
      maxBodyBytes: maxDiffDocumentBytes,
      totalTimeoutMs: fetchTimeoutMs,
      headersTimeoutMs: fetchTimeoutMs,
    }),
    clock: systemClock,
    log: apiLog(logger),
  }),
).use(injectLambdaContext(logger));
