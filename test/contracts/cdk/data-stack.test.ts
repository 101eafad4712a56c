import { beforeAll, describe, expect, it } from "vitest";
import { synthesized } from "./synthesized.ts";

type Synthesized = ReturnType<typeof synthesized>;

/** Type and policies of every resource of the data stack. */
const removalPolicies = ({ dataTemplate }: Synthesized) =>
  Object.values(dataTemplate.toJSON().Resources as Record<string, Record<string, unknown>>).map((resource) => [
    resource.Type,
    resource.DeletionPolicy,
    resource.UpdateReplacePolicy,
  ]);

describe("the data stack", () => {
  let dev: Synthesized;
  let production: Synthesized;
  beforeAll(() => {
    dev = synthesized();
    production = synthesized({ FOREWARN_STAGE: "prod" });
  });

  it("keeps everything in production when it is torn down", () => {
    expect(removalPolicies(production)).toEqual([
      ["AWS::DynamoDB::Table", "Retain", "Retain"],
      ["AWS::S3::Bucket", "Retain", "Retain"],
      ["AWS::S3::BucketPolicy", undefined, undefined],
      ["AWS::SecretsManager::Secret", "Retain", "Retain"],
    ]);
    production.dataTemplate.hasResourceProperties("AWS::DynamoDB::Table", { DeletionProtectionEnabled: true });
    production.dataTemplate.hasResourceProperties("AWS::S3::Bucket", {
      VersioningConfiguration: { Status: "Enabled" },
    });
    expect(production.data.terminationProtection).toBe(true);
  });

  it("leaves nothing behind in any other stage", () => {
    expect(removalPolicies(dev)).toEqual([
      ["AWS::DynamoDB::Table", "Delete", "Delete"],
      ["AWS::S3::Bucket", "Delete", "Delete"],
      ["AWS::S3::BucketPolicy", undefined, undefined],
      ["AWS::SecretsManager::Secret", "Delete", "Delete"],
    ]);
    dev.dataTemplate.hasResourceProperties("AWS::DynamoDB::Table", { DeletionProtectionEnabled: false });
    expect(dev.data.terminationProtection).toBe(false);
  });

  it("has one table, on demand, that can be restored to any second and forgets what has expired", () => {
    dev.dataTemplate.hasResourceProperties("AWS::DynamoDB::Table", {
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: "PK", KeyType: "HASH" },
        { AttributeName: "SK", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: ["GSI1", "GSI2"].map((index) => ({
        IndexName: index,
        KeySchema: [
          { AttributeName: `${index}PK`, KeyType: "HASH" },
          { AttributeName: `${index}SK`, KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "KEYS_ONLY" },
      })),
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: "expiresAtSeconds", Enabled: true },
    });
  });

  it("has a bucket that is encrypted, closed to the public and answers over TLS only", () => {
    dev.dataTemplate.hasResourceProperties("AWS::S3::Bucket", {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    const [policy] = Object.values(dev.dataTemplate.findResources("AWS::S3::BucketPolicy"));
    expect(policy?.Properties.PolicyDocument.Statement).toMatchObject([
      {
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "s3:*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  it("has Secrets Manager make the admin key, so that it is in no file", () => {
    dev.dataTemplate.hasResourceProperties("AWS::SecretsManager::Secret", {
      GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
    });
  });
});
