import { beforeAll, describe, expect, it } from "vitest";
import { allowedBy, type Right, rightsOfRoles } from "./rights.ts";
import { synthesized } from "./synthesized.ts";

const ofJob = ["dynamodb:GetItem table", "dynamodb:UpdateItem table"];
const tokensOf = (machine: string) =>
  ["Failure", "Heartbeat", "Success"].map((report) => `states:SendTask${report} ${machine}`);
const ofTokens = [...tokensOf("dependency-sync"), ...tokensOf("provider-sync")];
/** Reading objects takes the bucket's list too, or S3 says 403 where there is no object. */
const reading = (...kinds: string[]) => [
  "s3:ListBucket bucket",
  ...kinds.map((kind) => `s3:GetObject bucket/tenants/*/${kind}/*`),
];
const writing = (...kinds: string[]) => kinds.map((kind) => `s3:PutObject bucket/tenants/*/${kind}/*`);
const indexQueries = (...indexes: string[]) => indexes.map((index) => `dynamodb:Query table/index/${index}`);
const receiving = (queue: string) =>
  ["ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl", "ReceiveMessage"].map(
    (action) => `sqs:${action} ${queue}`,
  );
const sending = "sqs:SendMessage deliveries";
const starting = ["states:StartExecution dependency-sync", "states:StartExecution provider-sync"];

const startingSessionJob = "states:StartExecution session-job";
const ofSessions = ["s3:ListBucket bucket", "s3:GetObject bucket/sessions/*", "s3:PutObject bucket/sessions/*"];

/** Everything that each function may do, beside its own log and trace. A right that comes or goes does so here too. */
const expectedRights: Readonly<Record<string, string[]>> = {
  check: [
    ...["BatchGetItem", "GetItem", "PutItem", "Query", "UpdateItem"].map((action) => `dynamodb:${action} table`),
    ...indexQueries("GSI1", "GSI2"),
    ...writing("bodies"),
    ...starting,
    "secretsmanager:GetSecretValue secret:forewarn/dev/tenants/*",
    "sqs:SendMessage checks",
    ...receiving("checks"),
  ],
  fetch: [
    ...ofJob,
    ...ofTokens,
    ...reading("uploads"),
    ...writing("bodies"),
    "secretsmanager:GetSecretValue secret:forewarn/dev/tenants/*",
  ],
  parse: [...ofJob, ...ofTokens, ...reading("bodies")],
  normalize: [...ofJob, ...ofTokens, ...reading("bodies"), ...writing("models", "operations")],
  snapshot: [...ofJob, ...ofTokens, "dynamodb:PutItem table", "dynamodb:Query table"],
  diff: [
    ...ofJob,
    ...ofTokens,
    "dynamodb:PutItem table",
    ...reading("models", "bodies", "change-sets"),
    ...writing("change-sets"),
  ],
  persist: [...ofJob, ...ofTokens, "dynamodb:PutItem table", ...reading("change-sets")],
  notify: [
    ...ofJob,
    ...tokensOf("provider-sync"),
    ...["BatchGetItem", "PutItem", "Query"].map((action) => `dynamodb:${action} table`),
    ...indexQueries("GSI1"),
    ...reading("change-sets", "operations"),
    sending,
  ],
  alert: [
    ...ofJob,
    ...tokensOf("dependency-sync"),
    "dynamodb:PutItem table",
    "dynamodb:Query table",
    ...reading("change-sets", "operations"),
    sending,
  ],
  done: [...ofJob, ...ofTokens, "sqs:SendMessage embeds"],
  settle: ofJob,
  deliver: [
    ...["GetItem", "PutItem", "Query", "UpdateItem"].map((action) => `dynamodb:${action} table`),
    sending,
    ...receiving("deliveries"),
  ],
  api: [
    ...["BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"].map(
      (action) => `dynamodb:${action} table`,
    ),
    ...indexQueries("GSI1", "GSI2"),
    ...reading("bodies", "operations"),
    ...writing("uploads"),
    ...starting,
    sending,
    "sqs:SendMessage embeds",
  ],
  embed: [
    ...["BatchGetItem", "GetItem", "PutItem", "UpdateItem"].map((action) => `dynamodb:${action} table`),
    ...indexQueries("GSI1"),
    ...reading("models", "bodies", "vectors", "indexes"),
    ...writing("vectors", "indexes"),
    "sqs:SendMessage embeds",
    ...receiving("embeds"),
    "lambda:InvokeFunction embedder",
  ],
  embedder: [],
  "api-search": ["dynamodb:GetItem table", ...reading("indexes"), "lambda:InvokeFunction embedder"],
  "api-diff": ["dynamodb:GetItem table", ...reading("models", "bodies")],
  "api-dead-letters": [
    ...["checks", "deliveries", "embeds", "schedule"].flatMap((queue) =>
      ["ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "ReceiveMessage"].map(
        (action) => `sqs:${action} ${queue}-dead-letters`,
      ),
    ),
    "sqs:SendMessage checks",
    sending,
    "sqs:SendMessage embeds",
    "lambda:InvokeFunction orchestrate",
  ],
  "first-signal": ["dynamodb:GetItem table", "dynamodb:PutItem table", "dynamodb:Query table"],
  "signal-stream": ["dynamodb:GetItem table", "dynamodb:Query table"],
  authorizer: ["dynamodb:GetItem table", "secretsmanager:GetSecretValue admin-key"],
  orchestrate: [
    ...["BatchGetItem", "GetItem", "PutItem", "Query", "UpdateItem"].map((action) => `dynamodb:${action} table`),
    ...indexQueries("GSI1", "GSI2"),
    ...starting,
    "sqs:SendMessage checks",
    sending,
    "sqs:SendMessage embeds",
    "states:SendTaskFailure dependency-sync",
    "states:SendTaskFailure provider-sync",
    "states:SendTaskFailure session-job",
    startingSessionJob,
  ],
  "session-api": [
    ...["ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"].map(
      (action) => `dynamodb:${action} table`,
    ),
    ...ofSessions,
    startingSessionJob,
  ],
  "session-job": [
    ...["ConditionCheckItem", "GetItem", "PutItem", "Query", "UpdateItem"].map((action) => `dynamodb:${action} table`),
    ...ofSessions,
    startingSessionJob,
    "states:SendTaskFailure session-job",
    "states:SendTaskHeartbeat session-job",
    "states:SendTaskSuccess session-job",
  ],
  "session-settle": [...ofJob, "dynamodb:PutItem table", startingSessionJob],
};

const stages = ["fetch", "parse", "normalize", "snapshot", "diff", "persist", "alert", "notify", "done"];

describe("least privilege", () => {
  let rights: Record<string, Right[]>;
  beforeAll(() => {
    rights = rightsOfRoles(synthesized());
  });

  const rightsOf = (role: string) => rights[role] ?? [];
  const whoMay = (action: string, resource: string) =>
    Object.keys(rights)
      .filter((role) => allowedBy(rightsOf(role), action, resource))
      .sort();

  it.each(Object.keys(expectedRights))("gives %s what it needs and nothing else", (name) => {
    const ownLogAndTrace = [
      `logs:CreateLogStream ${name}-logs`,
      `logs:PutLogEvents ${name}-logs`,
      "xray:PutTelemetryRecords *",
      "xray:PutTraceSegments *",
    ];
    expect(
      rightsOf(name)
        .map(({ action, resource }) => `${action} ${resource}`)
        .sort(),
    ).toEqual([...(expectedRights[name] ?? []), ...ownLogAndTrace].sort());
  });

  it("knows every role", () => {
    expect(Object.keys(rights).sort()).toEqual(
      [...Object.keys(expectedRights), "schedule", "session-state-machine", "state-machine"].sort(),
    );
  });

  it("lets the state machine invoke its stages and what settles a job, the schedule and a redrive the orchestrator, search and embed jobs the model", () => {
    for (const name of Object.keys(expectedRights)) {
      const ofSync = [...stages, "settle"].includes(name) ? ["state-machine"] : [];
      const invokers = ["session-job", "session-settle"].includes(name) ? ["session-state-machine"] : ofSync;
      const others: Record<string, string[]> = {
        orchestrate: ["api-dead-letters", "schedule"],
        embedder: ["api-search", "embed"],
      };
      expect(whoMay("lambda:InvokeFunction", name), name).toEqual(others[name] ?? invokers);
    }
  });

  it("lets nobody but the routes of dead letters touch what is in a dead-letter queue", () => {
    for (const queue of ["checks", "deliveries", "embeds", "schedule"]) {
      expect(whoMay("sqs:ReceiveMessage", `${queue}-dead-letters`)).toEqual(["api-dead-letters"]);
      expect(whoMay("sqs:DeleteMessage", `${queue}-dead-letters`)).toEqual(["api-dead-letters"]);
      expect(whoMay("sqs:PurgeQueue", `${queue}-dead-letters`)).toEqual([]);
    }
  });

  it("shows the admin key to the authorizer and tenants' secrets to those that fetch alone", () => {
    expect(whoMay("secretsmanager:GetSecretValue", "admin-key")).toEqual(["authorizer"]);
    expect(whoMay("secretsmanager:GetSecretValue", "secret:forewarn/dev/tenants/t1/token")).toEqual(["check", "fetch"]);
    expect(whoMay("secretsmanager:GetSecretValue", "secret:forewarn/prod/tenants/t1/token")).toEqual([]);
  });

  it("lets the API, the orchestrator and the check worker alone start a sync, and stages alone succeed", () => {
    for (const [machine, own] of [
      ["dependency-sync", stages.filter((stage) => stage !== "notify")],
      ["provider-sync", stages.filter((stage) => stage !== "alert")],
    ] as const) {
      expect(whoMay("states:StartExecution", machine)).toEqual(["api", "check", "orchestrate"]);
      expect(whoMay("states:SendTaskSuccess", machine)).toEqual([...own].sort());
      expect(whoMay("states:SendTaskFailure", machine)).toEqual(["orchestrate", ...own].sort());
    }
  });

  it("lets one stage alone write each kind of object, beside the check worker that fetches too, and nobody delete any", () => {
    const written = (kind: string) => whoMay("s3:PutObject", `bucket/tenants/t1/${kind}/abc`);
    expect(["bodies", "models", "operations", "change-sets", "uploads", "vectors", "indexes"].map(written)).toEqual([
      ["check", "fetch"],
      ["normalize"],
      ["normalize"],
      ["diff"],
      ["api"],
      ["embed"],
      ["embed"],
    ]);
    expect(whoMay("s3:DeleteObject", "bucket/tenants/t1/bodies/abc")).toEqual([]);
    expect(whoMay("s3:DeleteObjectVersion", "bucket/tenants/t1/bodies/abc")).toEqual([]);
  });

  it("lets nobody scan the table, and those that answer requests alone delete items", () => {
    expect(whoMay("dynamodb:Scan", "table")).toEqual([]);
    expect(whoMay("dynamodb:DeleteTable", "table")).toEqual([]);
    expect(whoMay("dynamodb:DeleteItem", "table")).toEqual(["api", "session-api"]);
  });

  it("gives what writes snapshots the lists of unfinished runs, and lets who tells signals write where these are kept", () => {
    const configured = rightsOfRoles(
      synthesized({
        FOREWARN_FIRST_SIGNAL_SNAPSHOT_WRITER_ENABLED: "true",
        FOREWARN_FIRST_SIGNAL_CACHE_BACKEND: "table",
      }),
    );
    const onTable = (role: string) =>
      (configured[role] ?? [])
        .filter(({ action }) => action.startsWith("dynamodb:"))
        .map(({ action, resource }) => `${action} ${resource}`)
        .sort();
    const reading = ["dynamodb:GetItem table", "dynamodb:PutItem table", "dynamodb:Query table"];
    expect(onTable("signal-stream")).toEqual(reading);
    expect(onTable("signal-snapshots")).toEqual(
      [...reading, "dynamodb:BatchGetItem table", "dynamodb:Query table/index/GSI2"].sort(),
    );
  });

  it("lets deliver alone mail and put events, from and to what the configuration names", () => {
    const busArn = "arn:aws:events:eu-west-1:210987654321:event-bus/alerts";
    const configured = rightsOfRoles(
      synthesized({ FOREWARN_ALERT_EMAIL_FROM: "alerts@example.com", FOREWARN_ALERT_EVENT_BUS_ARNS: busArn }),
    );
    const ofSenders = Object.entries(configured).flatMap(([role, own]) =>
      own
        .filter(({ action }) => action.startsWith("ses:") || action.startsWith("events:"))
        .map(({ action, resource }) => `${role} ${action} ${resource}`),
    );
    expect(ofSenders).toEqual([
      `deliver events:PutEvents ${busArn}`,
      "deliver ses:SendEmail identity/alerts@example.com",
      "deliver ses:SendEmail identity/example.com",
    ]);
  });

  it("lets the embedder reach for the model and the key that the configuration names, and for nothing by default", () => {
    const ofEmbedder = (settings: Record<string, string>) =>
      (rightsOfRoles(synthesized(settings)).embedder ?? [])
        .filter(({ action }) => /^(bedrock|secretsmanager):/.test(action))
        .map(({ action, resource }) => `${action} ${resource}`);
    expect(
      ofEmbedder({
        FOREWARN_EMBEDDING_PROVIDER: "bedrock",
        FOREWARN_EMBEDDING_MODEL: "amazon.titan-embed-text-v2:0",
        FOREWARN_EMBEDDING_DIMENSION: "512",
      }),
    ).toEqual([expect.stringMatching(/^bedrock:InvokeModel .*foundation-model\/amazon\.titan-embed-text-v2:0$/)]);
    expect(
      ofEmbedder({
        FOREWARN_EMBEDDING_PROVIDER: "openai",
        FOREWARN_EMBEDDING_MODEL: "text-embedding-3-small",
        FOREWARN_EMBEDDING_BASE_URL: "https://api.openai.com/v1",
        FOREWARN_EMBEDDING_KEY_SECRET: "openai-key",
      }),
    ).toEqual(["secretsmanager:GetSecretValue secret:openai-key-??????"]);
  });

  it("has wildcard resources for tracing and log delivery only, whose actions have no resources", () => {
    const everywhere = Object.values(rights)
      .flat()
      .filter(({ resource }) => resource === "*")
      .map(({ action }) => action.split(":")[0]);
    expect([...new Set(everywhere)].sort()).toEqual(["logs", "xray"]);
  });

  it("has no wildcard in an action", () => {
    const actions = Object.values(rights).flatMap((ofRole) => ofRole.map(({ action }) => action));
    expect(actions.filter((action) => action.includes("*"))).toEqual([]);
  });
});
