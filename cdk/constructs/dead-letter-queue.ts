import { Duration } from "aws-cdk-lib";
import { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";

/** A queue for what could not be handled: kept for the longest time that SQS offers, watched by an alarm. */
export const deadLetterQueue = (scope: Construct, id: string, queueName: string): Queue =>
  new Queue(scope, id, { queueName, enforceSSL: true, retentionPeriod: Duration.days(14) });
