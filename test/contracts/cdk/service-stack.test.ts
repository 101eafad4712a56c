import { Match } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import { TypedFunction, type TypedFunctionProps } from "../../../cdk/constructs/typed-function.ts";
import type { authorizerEnv } from "../../../lambdas/runtime/env.ts";
import { shortName, synthesized } from "./synthesized.ts";

const functionNames = [
  "alert",
  "api",
  "api-dead-letters",
  "api-diff",
  "api-search",
  "authorizer",
  "check",
  "deliver",
  "diff",
  "done",
  "embed",
  "embedder",
  "fetch",
  "first-signal",
  "normalize",
  "notify",
  "orchestrate",
  "parse",
  "persist",
  "session-api",
  "session-job",
  "session-settle",
  "settle",
  "signal-stream",
  "snapshot",
];

/** What the wrapper adds to every function for Powertools. */
const powertoolsVariables = ["POWERTOOLS_SERVICE_NAME", "POWERTOOLS_METRICS_NAMESPACE", "POWERTOOLS_LOG_LEVEL"];

const getAtt = z.object({ "Fn::GetAtt": z.tuple([z.string(), z.string()]) });

describe("the service stack", () => {
  let stacks: ReturnType<typeof synthesized>;
  beforeAll(() => {
    stacks = synthesized({
      FOREWARN_LOG_RETENTION_DAYS: "14",
      FOREWARN_ALARM_EMAIL: "ops@example.com",
      FOREWARN_ALLOWED_PRIVATE_HOSTS: "127.0.0.1:9000,127.0.0.1:9001",
    });
  });

  const resources = (type: string) => stacks.serviceTemplate.findResources(type);
  const propertiesOf = (type: string) => Object.values(resources(type)).map(({ Properties }) => Properties);
  const functionNamed = (name: string) =>
    propertiesOf("AWS::Lambda::Function").find(({ FunctionName }) => shortName(FunctionName) === name);

  it("has the functions that the architecture names, 1 GiB at most where nobody waits, on Node 24", () => {
    const functions = propertiesOf("AWS::Lambda::Function");
    expect(Object.fromEntries(functions.map((each) => [shortName(each.FunctionName), each.MemorySize]))).toEqual({
      ...Object.fromEntries(functionNames.map((name) => [name, 512])),
      check: 1024,
      fetch: 1024,
      parse: 1024,
      normalize: 1024,
      diff: 1024,
      "api-diff": 3008,
      "api-search": 1024,
      embed: 1024,
      embedder: 1769, // one processor: somebody waits
      "session-job": 1024,
    });
    for (const { Runtime, Architectures } of functions) {
      expect([Runtime, Architectures]).toEqual(["nodejs24.x", ["arm64"]]);
    }
  });

  it("gives each function the environment that its handler parses, and nothing else", () => {
    const functions = stacks.service.node.findAll().filter((construct) => construct instanceof TypedFunction);
    expect(functions).toHaveLength(functionNames.length);
    for (const lambda of functions) {
      const [logicalId] = getAtt.parse(stacks.service.resolve(lambda.functionArn))["Fn::GetAtt"];
      const variables: Record<string, unknown> =
        resources("AWS::Lambda::Function")[logicalId]?.Properties.Environment.Variables;
      const known = Object.entries(variables)
        .filter(([name]) => !powertoolsVariables.includes(name))
        .map(([name, value]) => [name, typeof value === "string" ? value : "known when deployed"]);
      const parsed = z.strictObject(lambda.environmentSchema.shape).safeParse(Object.fromEntries(known));
      expect(parsed.error, logicalId).toBeUndefined();
    }
  });

  it("does not compile with a variable that is missing or misspelt", () => {
    type Environment = TypedFunctionProps<typeof authorizerEnv>["environment"];
    expectTypeOf<Environment>().toEqualTypeOf<Record<"TABLE_NAME" | "ADMIN_KEY_SECRET_ARN", string>>();
  });

  it("lets only the functions that reach out know private hosts", () => {
    const knowing = propertiesOf("AWS::Lambda::Function")
      .filter(({ Environment }) => "ALLOWED_PRIVATE_HOSTS" in Environment.Variables)
      .map(({ FunctionName, Environment }) => [shortName(FunctionName), Environment.Variables.ALLOWED_PRIVATE_HOSTS]);
    expect(Object.fromEntries(knowing)).toEqual({
      api: "127.0.0.1:9000,127.0.0.1:9001",
      "api-diff": "127.0.0.1:9000,127.0.0.1:9001",
      check: "127.0.0.1:9000,127.0.0.1:9001",
      deliver: "127.0.0.1:9000,127.0.0.1:9001",
      fetch: "127.0.0.1:9000,127.0.0.1:9001",
      "session-job": "127.0.0.1:9000,127.0.0.1:9001",
    });
  });

  it("keeps the logs of each function, of the state machine and of the API as long as configured", () => {
    const groups = propertiesOf("AWS::Logs::LogGroup");
    expect(groups.map(({ LogGroupName }) => LogGroupName).sort()).toEqual(
      [
        ...functionNames.map((name) => `/aws/lambda/forewarn-dev-${name}`),
        "/aws/vendedlogs/apis/forewarn-dev-api",
        "/aws/vendedlogs/states/forewarn-dev-dependency-sync",
        "/aws/vendedlogs/states/forewarn-dev-provider-sync",
        "/aws/vendedlogs/states/forewarn-dev-session-job",
      ].sort(),
    );
    expect(new Set(groups.map(({ RetentionInDays }) => RetentionInDays))).toEqual(new Set([14]));
    for (const { FunctionName, LoggingConfig } of propertiesOf("AWS::Lambda::Function")) {
      expect(LoggingConfig, FunctionName).toMatchObject({ LogFormat: "JSON", LogGroup: { Ref: expect.any(String) } });
    }
  });

  it("holds nothing that outlives it, so that it can be deployed again at once", () => {
    const kept = Object.values<{ Type: string; DeletionPolicy?: string }>(stacks.serviceTemplate.toJSON().Resources)
      .filter(({ DeletionPolicy }) => DeletionPolicy !== undefined && DeletionPolicy !== "Delete")
      .map(({ Type }) => Type);
    expect(kept).toEqual([]);
  });

  it("has a dead-letter queue behind each queue, and takes messages over TLS only", () => {
    const queues = Object.entries(resources("AWS::SQS::Queue"));
    const redrives = queues.map(([, { Properties }]) => [
      Properties.QueueName,
      Properties.RedrivePolicy?.deadLetterTargetArn["Fn::GetAtt"][0],
    ]);
    const nameOf = (logicalId?: string) => queues.find(([id]) => id === logicalId)?.[1].Properties.QueueName;
    expect(Object.fromEntries(redrives.map(([name, target]) => [name, nameOf(target)]))).toEqual({
      "forewarn-dev-checks": "forewarn-dev-checks-dead-letters",
      "forewarn-dev-checks-dead-letters": undefined,
      "forewarn-dev-deliveries": "forewarn-dev-deliveries-dead-letters",
      "forewarn-dev-deliveries-dead-letters": undefined,
      "forewarn-dev-embeds": "forewarn-dev-embeds-dead-letters",
      "forewarn-dev-embeds-dead-letters": undefined,
      "forewarn-dev-schedule-dead-letters": undefined,
    });
    const guarded = propertiesOf("AWS::SQS::QueuePolicy").map(({ Queues, PolicyDocument }) => [
      nameOf(Queues[0].Ref),
      PolicyDocument.Statement[0].Effect,
      PolicyDocument.Statement[0].Condition,
    ]);
    expect(guarded).toHaveLength(queues.length);
    for (const [, effect, condition] of guarded) {
      expect([effect, condition]).toEqual(["Deny", { Bool: { "aws:SecureTransport": "false" } }]);
    }
  });

  it("hands messages over in batches of which single ones can fail, and embed jobs one at a time", () => {
    const sources = propertiesOf("AWS::Lambda::EventSourceMapping").map((source) => [
      source.BatchSize,
      source.FunctionResponseTypes,
      source.ScalingConfig?.MaximumConcurrency,
    ]);
    const single = ["ReportBatchItemFailures"];
    const expected = [
      [1, single, 5],
      [10, single, 10],
      [10, single, undefined],
    ];
    expect(sources).toHaveLength(expected.length);
    expect(sources).toEqual(expect.arrayContaining(expected));
    const visible = propertiesOf("AWS::SQS::Queue")
      .filter(({ RedrivePolicy }) => RedrivePolicy)
      .map(({ QueueName, VisibilityTimeout }) => [shortName(QueueName), VisibilityTimeout]);
    expect(Object.fromEntries(visible)).toEqual({
      checks: functionNamed("check")?.Timeout * 6,
      deliveries: functionNamed("deliver")?.Timeout * 6,
      embeds: functionNamed("embed")?.Timeout * 6,
    });
  });

  it("names the state machines after its stage, traces them, and logs their events without task tokens", () => {
    const machineNamed = (name: string) =>
      expect.objectContaining({
        StateMachineName: `forewarn-dev-${name}`,
        StateMachineType: "STANDARD",
        TracingConfiguration: { Enabled: true },
        LoggingConfiguration: expect.objectContaining({ Level: "ALL", IncludeExecutionData: false }),
      });
    expect(propertiesOf("AWS::StepFunctions::StateMachine")).toEqual(
      ["dependency-sync", "provider-sync", "session-job"].map(machineNamed),
    );
  });

  it("fills in every placeholder of the definitions, and has no substitution without one", () => {
    for (const machine of propertiesOf("AWS::StepFunctions::StateMachine")) {
      const placeholders = [...machine.DefinitionString.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
      expect(Object.keys(machine.DefinitionSubstitutions).sort()).toEqual([...new Set(placeholders)].sort());
    }
  });

  it("asks who calls on every route but those that hold no data", () => {
    const routes = propertiesOf("AWS::ApiGatewayV2::Route").map(({ RouteKey, AuthorizationType }) => [
      RouteKey,
      AuthorizationType,
    ]);
    const sessionRoots = ["session", "discovery", "scrape", "digester", "codegen"];
    const sessionPaths = ["", "/api/v1"].flatMap((base) => [
      `${base}/session`,
      ...sessionRoots.map((root) => `${base}/${root}/{proxy+}`),
    ]);
    expect(Object.fromEntries(routes)).toEqual({
      ...Object.fromEntries(sessionPaths.map((path) => [`ANY ${path}`, "CUSTOM"])),
      "GET /health": "NONE",
      "GET /api/v1/health": "NONE",
      "ANY /api/{proxy+}": "CUSTOM",
      "ANY /orchestrator/{proxy+}": "CUSTOM",
      "POST /api/diff": "CUSTOM",
      "ANY /api/v1/jobengine/{proxy+}": "CUSTOM",
      "GET /api/search/operations": "CUSTOM",
      "ANY /api/operator/dead-letters": "CUSTOM",
      "ANY /api/operator/dead-letters/redrive": "CUSTOM",
      "GET /api/openapi.json": "NONE",
      "GET /api/health": "NONE",
    });
    expect(propertiesOf("AWS::ApiGatewayV2::Authorizer")).toEqual([
      expect.objectContaining({
        AuthorizerType: "REQUEST",
        AuthorizerPayloadFormatVersion: "2.0",
        EnableSimpleResponses: true,
        AuthorizerResultTtlInSeconds: 0,
        IdentitySource: [],
      }),
    ]);
  });

  it("bounds the rate of requests and logs them", () => {
    expect(propertiesOf("AWS::ApiGatewayV2::Stage")).toEqual([
      expect.objectContaining({
        StageName: "$default",
        AutoDeploy: true,
        DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
        RouteSettings: {
          "POST /api/diff": { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 },
          "GET /api/search/operations": { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 },
        },
        AccessLogSettings: expect.anything(),
      }),
    ]);
  });

  it("makes the stage after the routes that it names", () => {
    const [stage] = Object.values(resources("AWS::ApiGatewayV2::Stage"));
    const routeIds = Object.entries(resources("AWS::ApiGatewayV2::Route"))
      .filter(([, { Properties }]) => Object.hasOwn(stage?.Properties.RouteSettings ?? {}, Properties.RouteKey))
      .map(([id]) => id);
    expect(routeIds).toHaveLength(2);
    expect(stage?.DependsOn).toEqual(expect.arrayContaining(routeIds));
  });

  it("answers before API Gateway gives up", () => {
    for (const name of ["api", "api-diff", "api-search"]) expect(functionNamed(name)?.Timeout, name).toBeLessThan(30);
  });

  it("streams signals through a function URL that any page may read, and leaves the stream time to end itself", () => {
    expect(propertiesOf("AWS::Lambda::Url")).toEqual([
      expect.objectContaining({
        AuthType: "NONE",
        InvokeMode: "RESPONSE_STREAM",
        Cors: expect.objectContaining({ AllowOrigins: ["*"], AllowMethods: ["GET"] }),
      }),
    ]);
    expect([
      functionNamed("signal-stream")?.Timeout,
      functionNamed("signal-stream")?.ReservedConcurrentExecutions,
    ]).toEqual([360, undefined]);
    const configured = synthesized({ FOREWARN_FIRST_SIGNAL_STREAM_MAX_STREAMS: "20" });
    configured.serviceTemplate.hasResourceProperties("AWS::Lambda::Function", { ReservedConcurrentExecutions: 20 });
  });

  it("writes snapshots of signals each minute, only where that is on", () => {
    const { serviceTemplate } = synthesized({
      FOREWARN_FIRST_SIGNAL_SNAPSHOT_WRITER_ENABLED: "true",
      FOREWARN_FIRST_SIGNAL_SNAPSHOT_WRITER_TENANT_ID: "01KDTV000000TENANT00000001",
    });
    serviceTemplate.hasResourceProperties("AWS::Scheduler::Schedule", {
      Name: "forewarn-dev-signal-snapshots",
      ScheduleExpression: "rate(1 minute)",
    });
    serviceTemplate.hasResourceProperties("AWS::Lambda::Function", {
      FunctionName: "forewarn-dev-signal-snapshots",
      Environment: {
        Variables: Match.objectLike({
          FIRST_SIGNAL_SNAPSHOT_WRITER_TENANT_ID: "01KDTV000000TENANT00000001",
          FIRST_SIGNAL_SNAPSHOT_WRITER_POLL_INTERVAL_SECONDS: "10",
        }),
      },
    });
    expect(functionNamed("signal-snapshots")).toBeUndefined();
  });

  it("runs the orchestrator on schedule", () => {
    expect(propertiesOf("AWS::Scheduler::Schedule")).toEqual([
      expect.objectContaining({
        Name: "forewarn-dev-orchestrate",
        ScheduleExpression: "rate(5 minutes)",
        State: "ENABLED",
        Target: expect.objectContaining({
          DeadLetterConfig: expect.anything(),
          RetryPolicy: { MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 2 },
        }),
      }),
    ]);
  });

  it("alarms what a person has to look at, each with what to do", () => {
    const alarms = propertiesOf("AWS::CloudWatch::Alarm");
    expect(alarms.map(({ AlarmName }) => shortName(AlarmName)).sort()).toEqual([
      "api-diff-errors",
      "api-errors",
      "api-search-errors",
      "checks-dead-letters",
      "deliveries-dead-letters",
      "embedder-errors",
      "embeds-dead-letters",
      "first-signal-errors",
      "orchestrate-errors",
      "orchestrate-missed",
      "provider-sync-failures",
      "schedule-dead-letters",
      "session-api-errors",
      "session-settle-errors",
      "settle-errors",
      "sync-failures",
      "sync-throttles",
    ]);
    for (const { AlarmName, AlarmDescription, AlarmActions } of alarms) {
      expect([AlarmDescription, AlarmActions], AlarmName).toEqual([
        expect.stringMatching(/\w/),
        [{ Ref: expect.any(String) }],
      ]);
    }
  });

  it("mails alarms to the address that is configured, if any", () => {
    expect(propertiesOf("AWS::SNS::Subscription")).toEqual([
      expect.objectContaining({ Protocol: "email", Endpoint: "ops@example.com" }),
    ]);
    synthesized().serviceTemplate.resourceCountIs("AWS::SNS::Subscription", 0);
  });

  it("alarms on a missed run only while the schedule is on", () => {
    const { serviceTemplate } = synthesized({ FOREWARN_SCHEDULE_ENABLED: "false" });
    serviceTemplate.hasResourceProperties("AWS::Scheduler::Schedule", { State: "DISABLED" });
    serviceTemplate.resourceCountIs("AWS::CloudWatch::Alarm", 16);
  });

  it("has no custom resource, which the local cloud could not finish", () => {
    const types = Object.values<{ Type: string }>(stacks.serviceTemplate.toJSON().Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type.startsWith("Custom::") || type.includes("CustomResource"))).toEqual([]);
  });

  it("tells what clients need to find it", () => {
    expect(Object.keys(stacks.serviceTemplate.toJSON().Outputs).sort()).toEqual([
      "AdminKeySecretArn",
      "ApiId",
      "ApiUrl",
      "BucketName",
      "DependencySyncArn",
      "ProviderSyncArn",
      "TableName",
    ]);
  });
});
