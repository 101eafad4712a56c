import { Duration, Stack } from "aws-cdk-lib";
import { type IPrincipal, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Schedule, ScheduleExpression, type ScheduleTargetConfig } from "aws-cdk-lib/aws-scheduler";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { orchestrateEnv } from "../../lambdas/runtime/env.ts";
import { type Config, resourceName } from "../config.ts";
import type { DataStack } from "../stacks/data.ts";
import { allowTable, allowTaskTokens } from "./access.ts";
import type { Checks } from "./checks.ts";
import { deadLetterQueue } from "./dead-letter-queue.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Embeddings } from "./embeddings.ts";
import {
  embeddingEnvironment,
  jobsEnvironment,
  orchestratorPolicyEnvironment,
  sessionWorkflowEnvironment,
  workflowEnvironment,
} from "./environment.ts";
import { explainFinding } from "./nag-reasons.ts";
import type { Sessions } from "./sessions.ts";
import type { SyncWorkflow } from "./sync-workflow.ts";
import { TypedFunction } from "./typed-function.ts";

export type OrchestratorScheduleProps = {
  config: Config;
  data: DataStack;
  workflow: SyncWorkflow;
  checks: Checks;
  deliveries: Deliveries;
  sessions: Sessions;
  embeddings: Embeddings;
};

/** The clock: asks for the checks that are due, starts queued syncs, and reclaims the jobs of lost workers. */
export class OrchestratorSchedule extends Construct {
  readonly orchestrate: TypedFunction;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: OrchestratorScheduleProps) {
    super(scope, id);
    const { config, data, workflow, checks, deliveries, sessions, embeddings } = props;
    this.orchestrate = new TypedFunction(this, "Orchestrate", {
      config,
      name: "orchestrate",
      description:
        "Asks for checks that are due, starts queued syncs, reclaims those of lost workers, sends due digests",
      entry: "lambdas/schedule/orchestrate.ts",
      env: orchestrateEnv,
      environment: {
        ...jobsEnvironment(config, data),
        ...workflowEnvironment(config, workflow),
        ...orchestratorPolicyEnvironment(config),
        CHECKS_QUEUE_URL: checks.queue.queueUrl,
        DELIVERIES_QUEUE_URL: deliveries.queue.queueUrl,
        HOST_INTERVAL_MS: String(config.hostIntervalMs),
        ...sessionWorkflowEnvironment(config, data, sessions.stateMachine.stateMachineArn),
        EMBED_QUEUE_URL: embeddings.queue.queueUrl,
        ...embeddingEnvironment(config),
      },
      memoryMib: 512,
      timeout: Duration.minutes(5),
    });
    allowTable(this.orchestrate, data.table, {
      items: ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem"],
      indexes: ["GSI1", "GSI2"], // GSI1: a dry run looks at the targets of every tenant
    });
    checks.allowSending(this.orchestrate);
    deliveries.allowSending(this.orchestrate); // notices of a dependency's health, and digests
    embeddings.allowSending(this.orchestrate);
    workflow.allowStarting(this.orchestrate);
    for (const machine of Object.values(workflow.machines))
      allowTaskTokens(this.orchestrate, machine.stateMachineArn, ["Failure"]);
    sessions.stateMachine.grantStartExecution(this.orchestrate);
    allowTaskTokens(this.orchestrate, sessions.stateMachine.stateMachineArn, ["Failure"]);

    this.deadLetters = deadLetterQueue(this, "DeadLetters", resourceName(config, "schedule-dead-letters"));
    explainFinding(this.deadLetters, "SQS3", "It is the schedule's dead-letter queue; cdk-nag looks at queues only");
    const role = new Role(this, "ScheduleRole", { assumedBy: schedulerOfThisAccount(this) });
    const target: ScheduleTargetConfig = {
      arn: this.orchestrate.functionArn,
      role,
      deadLetterConfig: { arn: this.deadLetters.queueArn },
      retryPolicy: {
        maximumEventAgeInSeconds: config.scheduleEveryMinutes * 60, // the next run does what this one could not
        maximumRetryAttempts: 2,
      },
    };
    role.addToPolicy(new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [target.arn] }));
    role.addToPolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [this.deadLetters.queueArn] }));
    new Schedule(this, "Schedule", {
      scheduleName: resourceName(config, "orchestrate"),
      description: "Runs the orchestrator",
      schedule: ScheduleExpression.rate(Duration.minutes(config.scheduleEveryMinutes)),
      enabled: config.scheduleEnabled,
      // CDK's own target for functions also allows every version of the function.
      target: { bind: () => target },
    });
  }
}

/** The scheduler, but not on behalf of another account. */
export const schedulerOfThisAccount = (scope: Construct): IPrincipal =>
  new ServicePrincipal("scheduler.amazonaws.com", {
    conditions: { StringEquals: { "aws:SourceAccount": Stack.of(scope).account } },
  });
