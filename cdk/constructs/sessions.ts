import { readFileSync } from "node:fs";
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { sessionApiEnv, sessionJobEnv, sessionWorkflowEnv } from "../../lambdas/runtime/env.ts";
import { type Config, resourceName } from "../config.ts";
import type { DataStack } from "../stacks/data.ts";
import { allowBodies, allowTable, allowTaskTokens, stateMachineArn } from "./access.ts";
import { privateHostsEnvironment, sessionWorkflowEnvironment } from "./environment.ts";
import { explainWildcard } from "./nag-reasons.ts";
import { TypedFunction } from "./typed-function.ts";

const definitionFile = new URL("../../statemachines/session-job.asl.json", import.meta.url);
const machineName = "session-job";

export type SessionsProps = { config: Config; data: DataStack };

/** Sessions: the function that answers their routes, the one that runs a job of any type, and the state machine between. */
export class Sessions extends Construct {
  readonly api: TypedFunction;
  readonly runJob: TypedFunction;
  readonly settle: TypedFunction;
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { config, data }: SessionsProps) {
    super(scope, id);
    const machineArn = stateMachineArn(this, config, machineName);
    const environment = sessionWorkflowEnvironment(config, data, machineArn);
    this.api = new TypedFunction(this, "Api", {
      config,
      name: "session-api",
      description: "Answers the requests of sessions and their jobs",
      entry: "lambdas/sessions/api.ts",
      env: sessionApiEnv,
      environment: {
        ...environment,
        BUCKET_NAME: data.bodies.bucketName,
        SESSION_RETENTION_DAYS: String(config.sessionRetentionDays),
      },
      memoryMib: 512,
      timeout: Duration.seconds(29),
    });
    allowTable(this.api, data.table, {
      items: ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"],
    });
    allowBodies(this.api, data.bodies, { read: ["sessions"], write: ["sessions"] });

    this.runJob = new TypedFunction(this, "RunJob", {
      config,
      name: "session-job",
      description: "Runs a session's job, whatever its type",
      entry: "lambdas/sessions/run-job.ts",
      env: sessionJobEnv,
      environment: {
        ...environment,
        ...privateHostsEnvironment(config),
        BUCKET_NAME: data.bodies.bucketName,
        MAX_BODY_BYTES: String(config.maxBodyMib * 1024 * 1024),
        FETCH_TIMEOUT_MS: String(config.fetchTimeoutSeconds * 1000),
        LEASE_DURATION_MS: String(config.leaseSeconds * 1000),
      },
      memoryMib: 1024,
      // Lambda's longest; a job that needs more hands over before it ends (the baton).
      timeout: Duration.minutes(15),
    });
    allowTable(this.runJob, data.table, {
      items: ["GetItem", "Query", "PutItem", "UpdateItem", "ConditionCheckItem"],
    });
    allowBodies(this.runJob, data.bodies, { read: ["sessions"], write: ["sessions"] });
    allowTaskTokens(this.runJob, machineArn);

    this.settle = new TypedFunction(this, "Settle", {
      config,
      name: "session-settle",
      description: "Records on a session's job why it failed, and starts the next of its queue",
      entry: "lambdas/sessions/settle.ts",
      env: sessionWorkflowEnv,
      environment,
      memoryMib: 512,
      timeout: Duration.seconds(30),
    });
    allowTable(this.settle, data.table, { items: ["GetItem", "PutItem", "UpdateItem"] });

    this.stateMachine = this.defineStateMachine(config);
    for (const lambda of [this.api, this.runJob, this.settle])
      lambda.addToRolePolicy(new PolicyStatement({ actions: ["states:StartExecution"], resources: [machineArn] }));
  }

  private defineStateMachine(config: Config): StateMachine {
    const role = new Role(this, "StateMachineRole", { assumedBy: new ServicePrincipal("states.amazonaws.com") });
    const functions = { RunJob: this.runJob, Settle: this.settle };
    role.addToPolicy(
      new PolicyStatement({
        actions: ["lambda:InvokeFunction"],
        resources: Object.values(functions).map(({ functionArn }) => functionArn),
      }),
    );
    explainWildcard(role, "*", "X-Ray's actions and those of log delivery have no resources");
    return new StateMachine(this, "StateMachine", {
      stateMachineName: resourceName(config, machineName),
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(readFileSync(definitionFile, "utf8")),
      definitionSubstitutions: Object.fromEntries(
        Object.entries(functions).map(([name, { functionArn }]) => [`${name}FunctionArn`, functionArn]),
      ),
      role,
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, "StateMachineLogs", {
          logGroupName: `/aws/vendedlogs/states/${resourceName(config, machineName)}`,
          retention: config.logRetentionDays,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        includeExecutionData: false, // task tokens are credentials
      },
    });
  }
}
