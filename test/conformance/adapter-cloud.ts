import { randomUUID } from "node:crypto";
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { inject } from "vitest";
import type { DynamoTable } from "../../shared/aws/dynamo-table.ts";
import { tableDefinition } from "../../shared/aws/table-definition.ts";

/**
 * Where the adapters are tested: the URL in `FOREWARN_CONFORMANCE_TARGET` (or `aws`, the account of the environment),
 * else the private local cloud of the test run. Each test file makes what it needs there, under names of its own.
 */
const target = process.env.FOREWARN_CONFORMANCE_TARGET || inject("cloud")?.local.awsEndpoint || "aws";

export const clientOptions =
  target === "aws"
    ? {}
    : { endpoint: target, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };

export const s3 = new S3Client(clientOptions);
export const stepFunctions = new SFNClient(clientOptions);
export const sqs = new SQSClient(clientOptions);

export const uniqueName = (what: string): string => `forewarn-adapters-${what}-${randomUUID().slice(0, 8)}`;

/** An empty table as the CDK app makes it. */
export const createTable = async (): Promise<DynamoTable> => {
  const client = new DynamoDBClient(clientOptions);
  const tableName = uniqueName("table");
  const { partitionKey, sortKey, indexes } = tableDefinition;
  const keySchema = (keys: { partitionKey: string; sortKey: string }) => [
    { AttributeName: keys.partitionKey, KeyType: "HASH" as const },
    { AttributeName: keys.sortKey, KeyType: "RANGE" as const },
  ];
  const keyNames = [partitionKey, sortKey, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])];
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: keyNames.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
      KeySchema: keySchema({ partitionKey, sortKey }),
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index),
        Projection: { ProjectionType: index.projection },
      })),
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 120 }, { TableName: tableName });
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return { client: documents, tableName };
};

/** The name of an empty bucket. */
export const createBucket = async (): Promise<string> => {
  const bucketName = uniqueName("bodies");
  await s3.send(new CreateBucketCommand({ Bucket: bucketName }));
  return bucketName;
};
