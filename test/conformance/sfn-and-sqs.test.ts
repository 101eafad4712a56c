import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  GetActivityTaskCommand,
  ListExecutionsCommand,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { CreateQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { sfnSyncWorkflow } from "../../shared/aws/sfn-sync-workflow.ts";
import { sfnTaskTokens } from "../../shared/aws/sfn-task-tokens.ts";
import { sqsCheckQueue } from "../../shared/aws/sqs-check-queue.ts";
import { sqsDeliveryQueue } from "../../shared/aws/sqs-delivery-queue.ts";
import { checkMessage } from "../../shared/contracts/check-message.ts";
import { sqs, stepFunctions, uniqueName } from "./adapter-cloud.ts";
import { checkQueueContract } from "./check-stores-contract.ts";
import { deliveryQueueContract, syncWorkflowContract, taskTokensContract } from "./messengers-contract.ts";

/** On AWS, name a role that Step Functions may assume; the local cloud takes any. */
const roleArn = process.env.FOREWARN_CONFORMANCE_ROLE_ARN ?? "arn:aws:iam::000000000000:role/forewarn-conformance";

const createStateMachine = async (what: string, states: Record<string, unknown>): Promise<string> => {
  const [StartAt] = Object.keys(states);
  const definition = JSON.stringify({ StartAt, States: states });
  const created = await stepFunctions.send(
    new CreateStateMachineCommand({ name: uniqueName(what), type: "STANDARD", definition, roleArn }),
  );
  return created.stateMachineArn ?? "";
};

syncWorkflowContract("Step Functions", async () => {
  const pass = { Pass: { Type: "Pass", End: true } };
  const stateMachineArn = await createStateMachine("workflow", pass);
  const stateMachineArns = {
    "dependency.sync": stateMachineArn,
    "provider.sync": await createStateMachine("providers", pass),
  };
  return {
    workflow: sfnSyncWorkflow({ client: stepFunctions, stateMachineArns }),
    async startedNames() {
      const { executions = [] } = await stepFunctions.send(new ListExecutionsCommand({ stateMachineArn }));
      return executions.map(({ name }) => name ?? "");
    },
  };
});

const tokens = sfnTaskTokens({ client: stepFunctions });

taskTokensContract("Step Functions", async () => {
  const { activityArn } = await stepFunctions.send(new CreateActivityCommand({ name: uniqueName("activity") }));
  const stateMachineArn = await createStateMachine("tokens", {
    Wait: { Type: "Task", Resource: activityArn, HeartbeatSeconds: 60, TimeoutSeconds: 300, End: true },
  });
  return {
    tokens,
    async newToken() {
      await stepFunctions.send(new StartExecutionCommand({ stateMachineArn, name: uniqueName("token") }));
      const { taskToken } = await stepFunctions.send(new GetActivityTaskCommand({ activityArn }));
      return taskToken ?? "";
    },
  };
});

describe("task tokens that nobody gave out", () => {
  it("are stale", async () => {
    expect(await tokens.heartbeat("no-such-token")).toBe("stale");
    expect(await tokens.succeed("no-such-token", {})).toBe("stale");
    expect(await tokens.fail("no-such-token", "WorkerLost", "cause")).toBe("stale");
  });
});

checkQueueContract("SQS", async () => {
  const { QueueUrl: queueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: uniqueName("checks") }));
  return {
    queue: sqsCheckQueue({ client: sqs, queueUrl }),
    async receive() {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 2, MaxNumberOfMessages: 10 }),
      );
      return Messages.map(({ Body }) => checkMessage.parse(JSON.parse(Body ?? "")));
    },
  };
});

deliveryQueueContract("SQS", async () => {
  const { QueueUrl: queueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: uniqueName("deliveries") }));
  return {
    queue: sqsDeliveryQueue({ client: sqs, queueUrl }),
    async receive() {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 5, MaxNumberOfMessages: 10 }),
      );
      return Messages.map(({ Body }) => JSON.parse(Body ?? ""));
    },
  };
});
