import { Duration } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Tracing } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { checkEnv } from "../../lambdas/runtime/env.ts";
import { type Config, resourceName } from "../config.ts";
import type { DataStack } from "../stacks/data.ts";
import { allowBodies, allowTable, allowTenantSecrets } from "./access.ts";
import { deadLetterQueue } from "./dead-letter-queue.ts";
import { fetchEnvironment, healthEnvironment, storageEnvironment, workflowEnvironment } from "./environment.ts";
import type { SyncWorkflow } from "./sync-workflow.ts";
import { TypedFunction } from "./typed-function.ts";

/** Times that one message may come back because of our own failures; a host's failures are counted on its dependency. */
const maxReceives = 5;
/** Lambda's longest. */
const longestTimeoutSeconds = 900;

export type ChecksProps = { config: Config; data: DataStack; workflow: SyncWorkflow };

/** Scheduled checks on a queue, and the worker that makes ten of them at once. */
export class Checks extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly check: TypedFunction;

  constructor(scope: Construct, id: string, { config, data, workflow }: ChecksProps) {
    super(scope, id);
    // A batch of one host is fetched one after another; what there is no time for goes back to the queue.
    const timeout = Duration.seconds(Math.min(3 * config.fetchTimeoutSeconds + 30, longestTimeoutSeconds));
    this.deadLetters = deadLetterQueue(this, "DeadLetters", resourceName(config, "checks-dead-letters"));
    this.queue = new Queue(this, "Queue", {
      queueName: resourceName(config, "checks"),
      enforceSSL: true,
      // What AWS asks for: six times the function's timeout.
      visibilityTimeout: Duration.seconds(timeout.toSeconds() * 6),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: maxReceives },
    });
    this.check = new TypedFunction(this, "Check", {
      config,
      name: "check",
      description: "Looks whether watched documents changed, and starts a sync only when one did",
      entry: "lambdas/checks/check.ts",
      env: checkEnv,
      environment: {
        ...storageEnvironment(config, data),
        ...fetchEnvironment(config),
        ...healthEnvironment(config),
        ...workflowEnvironment(config, workflow),
        CHECKS_QUEUE_URL: this.queue.queueUrl,
      },
      memoryMib: 1024, // ten documents at once
      timeout,
      tracing: Tracing.PASS_THROUGH, // a trace of each batch costs as much as half of its writes
    });
    this.check.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: 10,
        maxConcurrency: config.maxCheckWorkers,
        reportBatchItemFailures: true,
      }),
    );
    allowTable(this.check, data.table, {
      items: ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem"],
      indexes: ["GSI1", "GSI2"], // GSI1: whether a provider surface has subscribers
    });
    allowBodies(this.check, data.bodies, { write: ["bodies"] });
    allowTenantSecrets(this.check, config);
    workflow.allowStarting(this.check);
    this.allowSending(this.check); // a try again is a message with a delay
  }

  /** Lets `lambda` ask for checks. */
  allowSending(lambda: TypedFunction): void {
    lambda.addToRolePolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [this.queue.queueArn] }));
  }
}
