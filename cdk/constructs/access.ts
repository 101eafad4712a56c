import { ArnFormat, Stack } from "aws-cdk-lib";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import * as z from "zod";
import type { IndexName } from "../../shared/aws/table-definition.ts";
import { type Config, resourceName } from "../config.ts";
import { explainWildcard } from "./nag-reasons.ts";
import type { TypedFunction } from "./typed-function.ts";

/** What a function may do with the items of the table. A transaction needs the rights of each of its parts. */
export type TableAction =
  | "GetItem"
  | "BatchGetItem"
  | "Query"
  | "PutItem"
  | "UpdateItem"
  | "DeleteItem"
  | "ConditionCheckItem";

export type TableAccess = {
  items: readonly TableAction[];
  /** Indexes that may be queried. They hold keys only, so that a reader needs `BatchGetItem` too. */
  indexes?: readonly IndexName[];
};

export function allowTable(lambda: TypedFunction, table: ITable, { items, indexes = [] }: TableAccess): void {
  const allow = (actions: string[], resources: string[]) =>
    lambda.addToRolePolicy(new PolicyStatement({ actions, resources }));
  const actions = items.map((action) => `dynamodb:${action}`);
  allow(actions, [table.tableArn]);
  const indexArns = indexes.map((name) => `${table.tableArn}/index/${name}`);
  if (indexArns.length > 0) allow(["dynamodb:Query"], indexArns);
}

/** Kinds of objects in the bucket: the folders under a tenant that `bodyKeys` names, and that of all sessions. */
export type BodyKind =
  | "bodies"
  | "uploads"
  | "models"
  | "operations"
  | "change-sets"
  | "vectors"
  | "indexes"
  | "sessions";

export type BodyAccess = { read?: readonly BodyKind[]; write?: readonly BodyKind[] };

/** Allows reading and writing bodies of the kinds named; nothing may be deleted. */
export function allowBodies(lambda: TypedFunction, bucket: IBucket, access: BodyAccess): void {
  const { read = [], write = [] } = access;
  const folder = (kind: BodyKind) => (kind === "sessions" ? "sessions/*" : `tenants/*/${kind}/*`);
  const allow = (action: string, resources: string[]) =>
    lambda.addToRolePolicy(new PolicyStatement({ actions: [action], resources }));
  const objects = (kinds: readonly BodyKind[]) => kinds.map((kind) => bucket.arnForObjects(folder(kind)));
  if (read.length > 0) {
    allow("s3:GetObject", objects(read));
    allow("s3:ListBucket", [bucket.bucketArn]); // else S3 answers 403, not 404, where there is no such object
  }
  if (write.length > 0) allow("s3:PutObject", objects(write));
  for (const kind of new Set([...read, ...write])) {
    explainWildcard(
      lambda.ownRole,
      `${importedArn(bucket)}/${folder(kind)}`,
      "All objects of one kind, of all tenants",
    );
  }
}

/** How cdk-nag writes a bucket's ARN in a policy of another stack: by the name of its export. */
function importedArn(bucket: IBucket): string {
  const stack = Stack.of(bucket);
  return importValue.parse(stack.resolve(stack.exportValue(bucket.bucketArn)))["Fn::ImportValue"];
}

const importValue = z.object({ "Fn::ImportValue": z.string() });

/** What can be reported to a task token. */
export type TokenReport = "Success" | "Failure" | "Heartbeat";

/** Allows reporting to the task tokens of one state machine. */
export function allowTaskTokens(
  lambda: TypedFunction,
  stateMachineArn: string,
  reports: readonly TokenReport[] = ["Success", "Failure", "Heartbeat"],
): void {
  const actions = reports.map((report) => `states:SendTask${report}`);
  lambda.addToRolePolicy(new PolicyStatement({ actions, resources: [stateMachineArn] }));
}

/**
 * Where the secrets that tenants' dependencies name are looked up: `<prefix><tenantId>/<secretName>`.
 * @example tenantSecretsPrefix(config) // "forewarn/dev/tenants/"
 */
export const tenantSecretsPrefix = (config: Config): string => `forewarn/${config.stage}/tenants/`;

/** Allows reading the secrets of tenants, and no other ones. */
export function allowTenantSecrets(lambda: TypedFunction, config: Config): void {
  const secrets = Stack.of(lambda).formatArn({
    service: "secretsmanager",
    resource: "secret",
    resourceName: `${tenantSecretsPrefix(config)}*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  lambda.addToRolePolicy(new PolicyStatement({ actions: ["secretsmanager:GetSecretValue"], resources: [secrets] }));
  explainWildcard(
    lambda.ownRole,
    `arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:${tenantSecretsPrefix(config)}*`,
    "The secrets of all tenants; the function reads those of the dependency's tenant",
  );
}

/**
 * ARN of a state machine by its name: its functions need it in their rights, and it needs their ARNs in its definition,
 * so that one side has to be known beforehand.
 */
export const stateMachineArn = (scope: Construct, config: Config, name: string): string =>
  Stack.of(scope).formatArn({
    service: "states",
    resource: "stateMachine",
    resourceName: resourceName(config, name),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/** Allows mailing from the configured address and putting events on the configured buses, and nothing when there are none. */
export function allowAlertSenders(lambda: TypedFunction, { alertEmailFrom, alertEventBusArns }: Config): void {
  const allow = (action: string, resources: string[]) =>
    lambda.addToRolePolicy(new PolicyStatement({ actions: [action], resources }));
  if (alertEventBusArns.length > 0) allow("events:PutEvents", [...alertEventBusArns]);
  if (alertEmailFrom === undefined) return;
  // SES checks the identity that it has verified: the address, or its domain.
  const identities = [alertEmailFrom, alertEmailFrom.slice(alertEmailFrom.indexOf("@") + 1)];
  const arnOf = (identity: string) =>
    Stack.of(lambda).formatArn({ service: "ses", resource: "identity", resourceName: identity });
  allow("ses:SendEmail", identities.map(arnOf));
}
