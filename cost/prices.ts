/**
 * List prices of AWS in us-east-1, in USD, without free tiers, savings plans and taxes. Looked up on `lookedUpOn`, in pages as they
 * were stored then; where `source` says `from memory`, no page was found, and AWS's own price page has to be asked.
 */
export const lookedUpOn = "2026-11-25";

export type Price = { what: string; usd: number; per: string; source: string };

const million = "a million";
const memory = "from memory";
const dynamoDbPage = "https://airbyte.com/data-engineering-resources/dynamodb-pricing (July 2025)";
const s3Page = "https://c3x.dev/blog/s3-request-fees-explained";
const sqsPage = "https://cloudburn.io/blog/amazon-sqs-pricing (March 2026)";
const logsPage =
  "https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/ (June 2026)";

export const prices = {
  transition: {
    what: "Step Functions, standard: state transitions",
    usd: 25,
    per: million,
    source: "https://aws.amazon.com/step-functions/pricing/",
  },
  writeUnit: { what: "DynamoDB on demand: write units", usd: 0.625, per: million, source: dynamoDbPage },
  readUnit: { what: "DynamoDB on demand: read units", usd: 0.125, per: million, source: dynamoDbPage },
  tableStorage: { what: "DynamoDB: storage", usd: 0.25, per: "a GB and month", source: memory },
  tableBackup: { what: "DynamoDB: point-in-time recovery", usd: 0.2, per: "a GB and month", source: memory },
  s3Put: { what: "S3 Standard: PUT", usd: 5, per: million, source: s3Page },
  s3Get: { what: "S3 Standard: GET", usd: 0.4, per: million, source: s3Page },
  s3Storage: { what: "S3 Standard: storage", usd: 0.023, per: "a GB and month", source: memory },
  sqsRequest: { what: "SQS: requests to a fair queue (0.40 and 0.10)", usd: 0.5, per: million, source: sqsPage },
  lambdaRequest: { what: "Lambda: requests", usd: 0.2, per: million, source: memory },
  lambdaSecond: {
    what: "Lambda, arm64: GB-seconds",
    usd: 13.3334,
    per: million,
    source: "https://cloudchipr.com/blog/aws-lambda-pricing (2024)",
  },
  logsTakenIn: { what: "CloudWatch Logs: taken in", usd: 0.5, per: "a GB", source: logsPage },
  logsKept: { what: "CloudWatch Logs: kept", usd: 0.03, per: "a GB and month", source: memory },
  alarm: { what: "CloudWatch: alarms", usd: 0.1, per: "an alarm and month", source: memory },
  trace: { what: "X-Ray: traces", usd: 5, per: million, source: memory },
  httpRequest: { what: "API Gateway, HTTP API: requests", usd: 1, per: million, source: memory },
  scheduledRun: { what: "EventBridge Scheduler: runs", usd: 1, per: million, source: memory },
  secret: {
    what: "Secrets Manager: secrets",
    usd: 0.4,
    per: "a secret and month",
    source: "https://hivebook.wiki/wiki/aws-secrets-manager-rotated-secrets-dynamic-db-credentials-kms",
  },
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof prices;
