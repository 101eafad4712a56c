import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoHostTurns } from "../../shared/aws/dynamo-host-turns.ts";
import { s3BodyStore } from "../../shared/aws/s3-body-store.ts";
import { s3Client } from "../../shared/aws/s3-client.ts";
import { secretsClient } from "../../shared/aws/secrets-client.ts";
import { systemClock } from "../../shared/aws/system-clock.ts";
import { tenantSecretReader } from "../../shared/aws/tenant-secret-reader.ts";
import { addressPolicyFor } from "../../shared/net/address-guard.ts";
import { createGuardedFetch } from "../../shared/net/guarded-fetch.ts";
import { fetchStage } from "../../shared/pipeline/stages/fetch.ts";
import { fetchStageEnv, hostLimits } from "../runtime/env.ts";
import { stageHandler } from "./stage-handler.ts";

const env = fetchStageEnv.parse(process.env);

/** State `Fetch`. */
export const handler = stageHandler(
  fetchStage(
    {
      bodies: s3BodyStore({ client: s3Client(), bucketName: env.BUCKET_NAME }),
      fetch: createGuardedFetch({
        policy: addressPolicyFor(env.ALLOWED_PRIVATE_HOSTS),
        maxBodyBytes: env.MAX_BODY_BYTES,
        totalTimeoutMs: env.FETCH_TIMEOUT_MS,
      }),
      secrets: tenantSecretReader({ client: secretsClient(), namePrefix: env.TENANT_SECRETS_PREFIX }),
      hosts: dynamoHostTurns({ client: dynamoClient(), tableName: env.TABLE_NAME }),
      clock: systemClock,
    },
    {
      maxRateLimitWaits: env.MAX_RATE_LIMIT_WAITS,
      hostLimits: hostLimits(env),
      fetchTimeoutMs: env.FETCH_TIMEOUT_MS,
    },
  ),
  env,
);
