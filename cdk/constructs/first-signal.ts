import { Duration } from "aws-cdk-lib";
import { HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { PolicyStatement, Role } from "aws-cdk-lib/aws-iam";
import { FunctionUrlAuthType, InvokeMode, HttpMethod as UrlMethod } from "aws-cdk-lib/aws-lambda";
import { Schedule, ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import { firstSignalApiEnv, signalStreamEnv, snapshotWriterEnv } from "../../lambdas/runtime/env.ts";
import { type Config, resourceName } from "../config.ts";
import type { DataStack } from "../stacks/data.ts";
import { allowTable, type TableAction } from "./access.ts";
import { firstSignalEnvironment, signalStreamEnvironment, snapshotWriterEnvironment } from "./environment.ts";
import type { HttpApi } from "./http-api.ts";
import { schedulerOfThisAccount } from "./schedule.ts";
import { TypedFunction } from "./typed-function.ts";

export type FirstSignalProps = { config: Config; data: DataStack; api: HttpApi };

/** First signals of runs: the function that answers, the one that streams, and the writer of snapshots where it is on. */
export class FirstSignal extends Construct {
  readonly handler: TypedFunction;
  readonly stream: TypedFunction;
  /** Base of the streams' addresses. */
  readonly streamUrl: string;

  constructor(scope: Construct, id: string, { config, data, api }: FirstSignalProps) {
    super(scope, id);
    this.stream = new TypedFunction(this, "Stream", {
      config,
      name: "signal-stream",
      description: "Streams the signals of a run as they change",
      entry: "lambdas/first-signal/stream.ts",
      env: signalStreamEnv,
      environment: { ...firstSignalEnvironment(config, data), ...signalStreamEnvironment(config) },
      memoryMib: 512,
      // It ends a stream itself; what is left is for a look that takes long.
      timeout: Duration.seconds(config.firstSignalStreamDurationSeconds + 60),
      reservedInstances: config.firstSignalStreamMaxStreams,
    });
    allowTable(this.stream, data.table, { items: ofReader(config) });
    this.streamUrl = this.addStreamUrl();

    this.handler = new TypedFunction(this, "Handler", {
      config,
      name: "first-signal",
      description: "Tells the first signal of a run",
      entry: "lambdas/first-signal/api.ts",
      env: firstSignalApiEnv,
      environment: { ...firstSignalEnvironment(config, data), FIRST_SIGNAL_STREAM_URL: this.streamUrl },
      memoryMib: 512,
      timeout: Duration.seconds(29),
    });
    allowTable(this.handler, data.table, { items: ["GetItem", "Query", "PutItem"] }); // tickets are put
    api.api.addRoutes({
      path: "/api/v1/jobengine/{proxy+}",
      methods: [HttpMethod.ANY],
      integration: new HttpLambdaIntegration("Integration", this.handler),
      authorizer: api.routeAuthorizer,
    });
    if (config.firstSignalSnapshotWriterEnabled) this.addSnapshotWriter(config, data);
  }

  private addStreamUrl(): string {
    const { url } = this.stream.addFunctionUrl({
      // A browser's EventSource signs nothing: the function itself asks for a ticket or a key.
      authType: FunctionUrlAuthType.NONE,
      invokeMode: InvokeMode.RESPONSE_STREAM,
      cors: {
        allowedOrigins: ["*"], // no cookie is looked at
        allowedMethods: [UrlMethod.GET],
        allowedHeaders: ["authorization", "x-tenant-id", "last-event-id"],
        maxAge: Duration.hours(1),
      },
    });
    return url;
  }

  private addSnapshotWriter(config: Config, data: DataStack): void {
    const writer = new TypedFunction(this, "SnapshotWriter", {
      config,
      name: "signal-snapshots",
      description: "Writes the signals of runs that go on",
      entry: "lambdas/first-signal/write-snapshots.ts",
      env: snapshotWriterEnv,
      environment: snapshotWriterEnvironment(config, data),
      memoryMib: 512,
      // A minute of looks, and the last of them.
      timeout: Duration.seconds(90),
    });
    allowTable(writer, data.table, { items: ["GetItem", "BatchGetItem", "Query", "PutItem"], indexes: ["GSI2"] });
    const role = new Role(this, "SnapshotScheduleRole", { assumedBy: schedulerOfThisAccount(this) });
    role.addToPolicy(new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [writer.functionArn] }));
    new Schedule(this, "SnapshotSchedule", {
      scheduleName: resourceName(config, "signal-snapshots"),
      description: "Runs the writer of snapshots, which looks for a minute",
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      target: {
        bind: () => ({
          arn: writer.functionArn,
          role,
          retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 0 }, // the next minute comes
        }),
      },
    });
  }
}

/** Pauses, which a queued sync may wait for, are a list. */
const ofReader = (config: Config): TableAction[] => {
  const remembers = config.firstSignalCacheBackend === "table";
  return ["GetItem", "Query", ...(remembers ? ["PutItem" as const] : [])];
};
