import { Duration } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Tracing } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { deliverEnv } from "../../lambdas/runtime/env.ts";
import { type Config, resourceName } from "../config.ts";
import type { DataStack } from "../stacks/data.ts";
import { allowAlertSenders, allowTable } from "./access.ts";
import { deadLetterQueue } from "./dead-letter-queue.ts";
import { privateHostsEnvironment } from "./environment.ts";
import { TypedFunction } from "./typed-function.ts";

const deliverTimeout = Duration.seconds(60);
/** Crashes of the worker that one message survives; failed deliveries are counted on the delivery itself. */
const maxReceives = 5;

export type DeliveriesProps = { config: Config; data: DataStack };

/** Planned deliveries on a queue, and the worker that sends them. */
export class Deliveries extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly deliver: TypedFunction;

  constructor(scope: Construct, id: string, { config, data }: DeliveriesProps) {
    super(scope, id);
    this.deadLetters = deadLetterQueue(this, "DeadLetters", resourceName(config, "deliveries-dead-letters"));
    this.queue = new Queue(this, "Queue", {
      queueName: resourceName(config, "deliveries"),
      enforceSSL: true,
      // What AWS asks for: six times the function's timeout.
      visibilityTimeout: Duration.seconds(deliverTimeout.toSeconds() * 6),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: maxReceives },
    });
    this.deliver = new TypedFunction(this, "Deliver", {
      config,
      name: "deliver",
      description: "Sends planned deliveries to their channels",
      entry: "lambdas/deliveries/deliver.ts",
      env: deliverEnv,
      environment: {
        TABLE_NAME: data.table.tableName,
        DELIVERIES_QUEUE_URL: this.queue.queueUrl,
        ...privateHostsEnvironment(config),
        ALERT_EMAIL_FROM: config.alertEmailFrom ?? "",
        DISABLE_CHANNEL_AFTER_DAYS: String(config.disableChannelAfterDays),
      },
      memoryMib: 512,
      timeout: deliverTimeout,
      tracing: Tracing.PASS_THROUGH, // a delivery is in the trace of what planned it
    });
    this.deliver.addEventSource(new SqsEventSource(this.queue, { batchSize: 10, reportBatchItemFailures: true }));
    allowTable(this.deliver, data.table, { items: ["GetItem", "Query", "PutItem", "UpdateItem"] });
    this.allowSending(this.deliver); // a retry is a message with a delay
    allowAlertSenders(this.deliver, config);
  }

  /** Lets `lambda` queue deliveries. */
  allowSending(lambda: TypedFunction): void {
    lambda.addToRolePolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [this.queue.queueArn] }));
  }
}
