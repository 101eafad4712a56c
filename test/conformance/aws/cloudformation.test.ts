import { DescribeTimeToLiveCommand } from "@aws-sdk/client-dynamodb";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStack, type FixtureStack } from "./fixture-stack.ts";
import { dynamodb, secretsManager } from "./target.ts";

let stack: FixtureStack;

beforeAll(async () => {
  stack = await createStack(
    "templates",
    {
      Table: {
        Type: "AWS::DynamoDB::Table",
        Properties: {
          BillingMode: "PAY_PER_REQUEST",
          AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
          KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
          TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
        },
      },
      Secret: {
        Type: "AWS::SecretsManager::Secret",
        Properties: { GenerateSecretString: { PasswordLength: 200, ExcludePunctuation: true } },
      },
    },
    { TableName: { Ref: "Table" }, SecretArn: { Ref: "Secret" } },
  );
});
afterAll(() => stack.remove());

describe.concurrent("CloudFormation", () => {
  it("switches a table's time to live on", async () => {
    const { TimeToLiveDescription } = await dynamodb.send(
      new DescribeTimeToLiveCommand({ TableName: stack.outputs.TableName }),
    );
    expect(TimeToLiveDescription?.AttributeName).toBe("expiresAt");
    expect(["ENABLED", "ENABLING"]).toContain(TimeToLiveDescription?.TimeToLiveStatus);
  });

  it("generates a secret of the length it is told, without punctuation", async () => {
    const { SecretString } = await secretsManager.send(
      new GetSecretValueCommand({ SecretId: stack.outputs.SecretArn }),
    );
    expect(SecretString).toMatch(/^[A-Za-z0-9]{200}$/);
  });
});
