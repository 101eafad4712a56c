import { s3BodyStore } from "../../shared/aws/s3-body-store.ts";
import { s3Client } from "../../shared/aws/s3-client.ts";
import { secretsClient } from "../../shared/aws/secrets-client.ts";
import { tenantSecretReader } from "../../shared/aws/tenant-secret-reader.ts";
import { addressPolicyFor } from "../../shared/net/address-guard.ts";
import { createGuardedFetch } from "../../shared/net/guarded-fetch.ts";
import { fetchStage } from "../../shared/pipeline/stages/fetch.ts";
import { fetchStageEnv } from "../runtime/env.ts";
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
    },
    { maxRateLimitWaits: env.MAX_RATE_LIMIT_WAITS },
  ),
  env,
);
