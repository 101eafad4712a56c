import { InvocationType, InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { LocalJson } from "../../local/cloud-files.ts";
import { localCredentials, localStage } from "../../local/deployment.ts";
import { changeFunctions, type FunctionChange } from "./changed-functions.ts";
import type { DoublingQueue } from "./doubling-queue.ts";

/** The deployed name of one of our functions, or queues. */
export const resourceNameOf = (name: string): string => `forewarn-${localStage}-${name}`;

/** Functions that send messages. */
const senders = ["api", "orchestrate", "check", "deliver", "alert", "notify"] as const;

/**
 * Messages of a killed worker come back after this, and not after the minutes that a deployment leaves to its slowest worker: within
 * the few minutes of a chaos they would not come back at all.
 */
const visibilitySeconds = 15;
/** The same for runs of the schedule: what a killed one left is taken up after this. */
const runSeconds = 30;

/**
 * Makes a deployed app ready for a chaos: its messages go through `queue`, and what a killed worker had comes back soon.
 * @returns what runs the orchestrator, and what makes everything as it was
 */
export const exposeToWeather = async (local: LocalJson, queue: DoublingQueue) => {
  const options = { endpoint: local.awsEndpoint, region: local.region, credentials: localCredentials };
  const sqs = new SQSClient(options);
  const lambda = new LambdaClient(options);
  const throughProxy = (present: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(present).map(([name, value]) => [name, name.endsWith("_QUEUE_URL") ? queue.urlOf(value) : value]),
    );
  const changes = new Map<string, FunctionChange>(
    senders.map((name) => [
      resourceNameOf(name),
      {
        variables: throughProxy,
        ...(name === "orchestrate" ? { timeoutSeconds: runSeconds } : {}),
      },
    ]),
  );
  const restoreFunctions = await changeFunctions(local, changes);
  const queues: { QueueUrl: string | undefined; visibility: string | undefined }[] = [];
  const setVisibility = (QueueUrl: string | undefined, VisibilityTimeout: string) =>
    sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout } }));
  for (const name of ["checks", "deliveries"]) {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: resourceNameOf(name) }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["VisibilityTimeout"] }),
    );
    queues.push({ QueueUrl, visibility: Attributes?.VisibilityTimeout });
    await setVisibility(QueueUrl, String(visibilitySeconds));
  }
  return {
    /** Begins a run, and does not wait for its end. */
    async orchestrate(): Promise<void> {
      await lambda.send(
        new InvokeCommand({
          FunctionName: resourceNameOf("orchestrate"),
          InvocationType: InvocationType.Event,
          Payload: "{}",
        }),
      );
    },
    async restore(): Promise<void> {
      for (const { QueueUrl, visibility } of queues)
        if (visibility !== undefined) await setVisibility(QueueUrl, visibility);
      await restoreFunctions();
      sqs.destroy();
      lambda.destroy();
    },
  };
};
