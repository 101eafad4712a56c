import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { sqs, stepFunctions, uniqueName } from "./target.ts";

/** What a token task sends to the queue: which execution it is of, its token, and which attempt. */
export type TaskMessage = { id: string; token: string; retryCount: number; receivedAtMs: number };
type States = Record<string, Record<string, unknown>>;

/** Makes, runs and deletes state machines whose token tasks send their tokens to one queue. */
export class StateMachines {
  readonly #roleArn: string;
  readonly #queueUrl: string;
  readonly #created: string[] = [];
  readonly #messages: TaskMessage[] = [];
  #isStopped = false;
  readonly #receiving: Promise<void>;

  constructor(roleArn: string, queueUrl: string) {
    this.#roleArn = roleArn;
    this.#queueUrl = queueUrl;
    this.#receiving = this.#receive();
  }

  /** A Task state that sends its token to the queue and ends the execution; `more` adds to it or overrides. */
  tokenTask(more: Record<string, unknown> = {}): Record<string, unknown> {
    const MessageBody = {
      "id.$": "$$.Execution.Name",
      "token.$": "$$.Task.Token",
      "retryCount.$": "$$.State.RetryCount",
    };
    return {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      Parameters: { QueueUrl: this.#queueUrl, MessageBody },
      ...("Next" in more ? {} : { End: true }),
      ...more,
    };
  }

  /** A state machine that starts at the first of `states`. */
  async create(states: States, topLevel: Record<string, unknown> = {}): Promise<string> {
    const definition = JSON.stringify({ StartAt: Object.keys(states)[0], States: states, ...topLevel });
    const name = uniqueName("sfn");
    const { stateMachineArn = "" } = await stepFunctions.send(
      new CreateStateMachineCommand({ name, definition, roleArn: this.#roleArn }),
    );
    this.#created.push(stateMachineArn);
    return stateMachineArn;
  }

  /** Starts an execution of a new state machine. */
  async start(states: States, input: unknown = {}, topLevel: Record<string, unknown> = {}): Promise<string> {
    const stateMachineArn = await this.create(states, topLevel);
    const { executionArn = "" } = await stepFunctions.send(
      new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
    );
    return executionArn;
  }

  /** The execution's end. */
  async end(executionArn: string): Promise<DescribeExecutionOutput> {
    for (;;) {
      const execution = await stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
      if (execution.status !== "RUNNING") return execution;
      await sleep(100);
    }
  }

  /** Starts an execution and waits for its end. */
  async run(states: States, input: unknown = {}, topLevel: Record<string, unknown> = {}) {
    return this.end(await this.start(states, input, topLevel));
  }

  /** The message of the execution's `attempt`-th token (from 1), once it is there. */
  async message(executionArn: string, attempt = 1): Promise<TaskMessage> {
    const id = executionArn.split(":").at(-1);
    for (;;) {
      const found = this.#messages.filter((message) => message.id === id)[attempt - 1];
      if (found) return found;
      await sleep(20);
    }
  }

  /** Stops receiving and deletes every state machine. */
  async remove(): Promise<void> {
    this.#isStopped = true;
    await Promise.all([
      this.#receiving,
      ...this.#created.map((stateMachineArn) => stepFunctions.send(new DeleteStateMachineCommand({ stateMachineArn }))),
    ]);
  }

  async #receive(): Promise<void> {
    while (!this.#isStopped) {
      const QueueUrl = this.#queueUrl;
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1, MaxNumberOfMessages: 10 }),
      );
      for (const { Body = "{}", ReceiptHandle } of Messages) {
        this.#messages.push({ ...JSON.parse(Body), receivedAtMs: Date.now() });
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
    }
  }
}
