import { type App, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import {
  type Attribute,
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  TableEncryption,
} from "aws-cdk-lib/aws-dynamodb";
import { BlockPublicAccess, Bucket, BucketEncryption } from "aws-cdk-lib/aws-s3";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { tableDefinition } from "../../shared/aws/table-definition.ts";
import { type Config, isProduction } from "../config.ts";
import { explainFinding } from "../constructs/nag-reasons.ts";

/** What must outlive every deployment of the service: the table, the bodies, the admin key. */
export class DataStack extends Stack {
  readonly table: Table;
  readonly bodies: Bucket;
  readonly adminKey: Secret;

  constructor(app: App, id: string, config: Config) {
    const keep = isProduction(config);
    super(app, id, {
      description: `Forewarn ${config.stage}: table, bodies and admin key`,
      terminationProtection: keep,
    });
    const removalPolicy = keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

    this.table = new Table(this, "Table", {
      partitionKey: key(tableDefinition.partitionKey),
      sortKey: key(tableDefinition.sortKey),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: tableDefinition.timeToLiveAttribute,
      encryption: TableEncryption.DEFAULT,
      deletionProtection: keep,
      removalPolicy,
    });
    for (const index of tableDefinition.indexes) {
      this.table.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: key(index.partitionKey),
        sortKey: key(index.sortKey),
        projectionType: ProjectionType[index.projection],
      });
    }

    this.bodies = new Bucket(this, "Bodies", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // Keys are content hashes and written once, so a second version only ever comes from a deletion.
      versioned: keep,
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: Duration.days(1),
          ...(keep ? { noncurrentVersionExpiration: Duration.days(90) } : {}),
        },
        {
          // A session's result may be reused for four weeks, by a session that is then kept as long as any.
          prefix: "sessions/",
          expiration: Duration.days(config.sessionRetentionDays + 28 + 1),
        },
      ],
      removalPolicy,
    });

    explainFinding(
      this.bodies,
      "S1",
      "Only roles of this app read it; presigned URLs are made, and logged, by the API",
    );

    this.adminKey = new Secret(this, "AdminKey", {
      description: `Forewarn ${config.stage}: bearer key that creates tenants`,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy,
    });
    explainFinding(this.adminKey, "SMG4", "A person uses it, rarely; docs/deploy.md says how to replace it");
  }
}

const key = (name: string): Attribute => ({ name, type: AttributeType.STRING });
