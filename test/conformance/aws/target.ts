import { randomUUID } from "node:crypto";
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { inject } from "vitest";

/**
 * Where this suite runs: `FOREWARN_CONFORMANCE_TARGET=aws` is the AWS account and region of the environment, a URL is
 * that endpoint, and without it the private local cloud of the test run is meant.
 */
const target = process.env.FOREWARN_CONFORMANCE_TARGET || inject("cloud")?.local.awsEndpoint || "aws";
const isAws = target === "aws";

const client = {
  ...(isAws
    ? {}
    : { endpoint: target, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } }),
  maxAttempts: 1,
};

export const cloudFormation = new CloudFormationClient(client);
export const dynamodb = new DynamoDBClient(client);
export const lambda = new LambdaClient(client);
export const s3 = new S3Client({ ...client, forcePathStyle: !isAws });
export const scheduler = new SchedulerClient(client);
export const stepFunctions = new SFNClient(client);
export const secretsManager = new SecretsManagerClient(client);
export const sqs = new SQSClient({ ...client, useQueueUrlAsEndpoint: isAws });

/** A name that no other run uses. */
export const uniqueName = (what: string) => `forewarn-conformance-${what}-${randomUUID().slice(0, 8)}`;

/** Base URL of a deployed HTTP API's `$default` stage. */
export const httpApiUrl = (apiId: string, region: string) =>
  isAws ? `https://${apiId}.execute-api.${region}.amazonaws.com` : `${target}/_aws/execute-api/${apiId}`;

/** Base URL of a function URL; an endpoint serves `https://{id}.lambda-url.{region}.on.aws/` under a path of its own. */
export const functionUrl = (deployed: string) =>
  isAws ? deployed.replace(/\/$/, "") : `${target}/_aws/lambda-url/${new URL(deployed).host.split(".")[0]}`;

/** The name of the error that `call` is rejected with, or `"none"`. */
export async function errorNameOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "none",
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
}
