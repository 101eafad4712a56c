import { readFileSync } from "node:fs";
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { alertStageEnv, doneStageEnv, fetchStageEnv, settleEnv, stageEnv } from "../../lambdas/runtime/env.ts";
import {
  allSyncStages,
  type SyncJobType,
  type SyncStage,
  stagesOfJob,
  syncJobTypes,
} from "../../shared/contracts/sync-stages.ts";
import { type Config, resourceName } from "../config.ts";
import type { DataStack } from "../stacks/data.ts";
import { allowBodies, allowTable, allowTaskTokens, allowTenantSecrets, stateMachineArn } from "./access.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Embeddings } from "./embeddings.ts";
import { fetchEnvironment, healthEnvironment, jobsEnvironment, storageEnvironment } from "./environment.ts";
import { explainWildcard } from "./nag-reasons.ts";
import { stageProfiles } from "./stage-rights.ts";
import { TypedFunction } from "./typed-function.ts";

/** What each type of job runs on: `statemachines/<name>.asl.json`. */
const machineNames = {
  "dependency.sync": "dependency-sync",
  "provider.sync": "provider-sync",
} as const satisfies Record<SyncJobType, string>;

/** Lambda's longest; a stage that needs more yields before it ends (the baton). */
const stageTimeout = Duration.minutes(15);

export type SyncWorkflowProps = { config: Config; data: DataStack; deliveries: Deliveries; embeddings: Embeddings };

/**
 * The syncs of dependencies and of provider surfaces: one function a stage, and a state machine for each that calls its stages in
 * order.
 */
export class SyncWorkflow extends Construct {
  readonly machines: Readonly<Record<SyncJobType, StateMachine>>;
  readonly stages: Readonly<Record<SyncStage, TypedFunction>>;
  readonly settle: TypedFunction;

  constructor(scope: Construct, id: string, { config, data, deliveries, embeddings }: SyncWorkflowProps) {
    super(scope, id);
    const environment = {
      ...storageEnvironment(config, data),
      LEASE_DURATION_MS: String(config.leaseSeconds * 1000),
    };
    const common = (stage: SyncStage) => ({
      config,
      name: stage,
      description: stageProfiles[stage].description,
      entry: `lambdas/stages/${stage}.ts` as const,
      memoryMib: stageProfiles[stage].memoryMib,
      timeout: stageTimeout,
    });
    const plain = (stage: SyncStage) =>
      new TypedFunction(this, capitalized(stage), { ...common(stage), env: stageEnv, environment });

    this.stages = {
      fetch: new TypedFunction(this, "Fetch", {
        ...common("fetch"),
        env: fetchStageEnv,
        environment: {
          ...environment,
          ...fetchEnvironment(config),
          MAX_RATE_LIMIT_WAITS: String(config.maxRateLimitWaits),
        },
      }),
      parse: plain("parse"),
      normalize: plain("normalize"),
      snapshot: plain("snapshot"),
      diff: plain("diff"),
      persist: plain("persist"),
      alert: new TypedFunction(this, "Alert", {
        ...common("alert"),
        env: alertStageEnv,
        environment: { ...environment, DELIVERIES_QUEUE_URL: deliveries.queue.queueUrl },
      }),
      notify: new TypedFunction(this, "Notify", {
        ...common("notify"),
        env: alertStageEnv,
        environment: { ...environment, DELIVERIES_QUEUE_URL: deliveries.queue.queueUrl },
      }),
      done: new TypedFunction(this, "Done", {
        ...common("done"),
        env: doneStageEnv,
        environment: { ...environment, EMBED_QUEUE_URL: embeddings.queue.queueUrl },
      }),
    };
    for (const stage of allSyncStages) {
      const { table: items, indexes, bodies } = stageProfiles[stage];
      allowTable(this.stages[stage], data.table, { items, ...(indexes === undefined ? {} : { indexes }) });
      allowBodies(this.stages[stage], data.bodies, bodies);
      for (const type of syncJobTypes)
        if (has(type, stage)) allowTaskTokens(this.stages[stage], stateMachineArn(this, config, machineNames[type]));
    }
    deliveries.allowSending(this.stages.alert);
    deliveries.allowSending(this.stages.notify);
    embeddings.allowSending(this.stages.done);
    allowTenantSecrets(this.stages.fetch, config);

    this.settle = new TypedFunction(this, "Settle", {
      config,
      name: "settle",
      description: "Records on the job how an execution ended when no stage could",
      entry: "lambdas/stages/settle.ts",
      env: settleEnv,
      environment: { ...jobsEnvironment(config, data), ...healthEnvironment(config) },
      memoryMib: 512,
      timeout: Duration.seconds(30),
    });
    allowTable(this.settle, data.table, { items: ["GetItem", "UpdateItem"] });

    this.machines = {
      "dependency.sync": this.defineStateMachine(config, "dependency.sync", "StateMachine"),
      "provider.sync": this.defineStateMachine(config, "provider.sync", "ProviderStateMachine"),
    };
  }

  /** Lets `lambda` start syncs of both types. */
  allowStarting(lambda: TypedFunction): void {
    for (const machine of Object.values(this.machines)) machine.grantStartExecution(lambda);
  }

  private defineStateMachine(config: Config, type: SyncJobType, id: string): StateMachine {
    const machineName = machineNames[type];
    const definitionFile = new URL(`../../statemachines/${machineName}.asl.json`, import.meta.url);
    const stages = stagesOfJob[type].map((stage) => [stage, this.stages[stage]] as const);
    const functions = Object.fromEntries([...stages, ["settle", this.settle] as const]);
    const role = new Role(this, `${id}Role`, { assumedBy: new ServicePrincipal("states.amazonaws.com") });
    role.addToPolicy(
      new PolicyStatement({
        actions: ["lambda:InvokeFunction"],
        resources: Object.values(functions).map((lambda) => lambda.functionArn),
      }),
    );
    explainWildcard(role, "*", "X-Ray's actions and those of log delivery have no resources");
    return new StateMachine(this, id, {
      stateMachineName: resourceName(config, machineName),
      stateMachineType: StateMachineType.STANDARD,
      // Inline rather than from an asset: the template shows the states, and tests can read them.
      definitionBody: DefinitionBody.fromString(readFileSync(definitionFile, "utf8")),
      definitionSubstitutions: Object.fromEntries(
        Object.entries(functions).map(([name, lambda]) => [`${capitalized(name)}FunctionArn`, lambda.functionArn]),
      ),
      role,
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, `${id}Logs`, {
          // Under this prefix the log delivery needs no growing resource policy.
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

const has = (type: SyncJobType, stage: SyncStage): boolean => stagesOfJob[type].some((one) => one === stage);

const capitalized = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
