import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/**
 * The SDK clients of a process, each made when it is first asked for, so that a bundle and a cold start hold only what is
 * used. Endpoint, region and credentials come from the environment; `AWS_ENDPOINT_URL` is all that differs between AWS
 * and the local cloud.
 */

/** Tries of one call, with the SDK's own backoff and jitter: a throttle of a few hundred milliseconds passes unseen. */
const maxAttempts = 5;

/** A call without an answer is given up and tried again well before a lease of a minute ends. */
const requestHandler = (requestTimeout: number) => ({
  connectionTimeout: 1_000,
  requestTimeout,
  throwOnRequestTimeout: true,
});

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

export const dynamoClient = /* @__PURE__ */ once(() =>
  DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts, requestHandler: requestHandler(3_000) }), {
    marshallOptions: { removeUndefinedValues: true },
  }),
);

/** With time for a body of 60 MB. */
export const s3Client = /* @__PURE__ */ once(
  () => new S3Client({ maxAttempts, requestHandler: requestHandler(30_000) }),
);

export const sfnClient = /* @__PURE__ */ once(
  () => new SFNClient({ maxAttempts, requestHandler: requestHandler(5_000) }),
);

export const sqsClient = /* @__PURE__ */ once(
  () => new SQSClient({ maxAttempts, requestHandler: requestHandler(5_000) }),
);

export const secretsClient = /* @__PURE__ */ once(
  () => new SecretsManagerClient({ maxAttempts, requestHandler: requestHandler(5_000) }),
);
