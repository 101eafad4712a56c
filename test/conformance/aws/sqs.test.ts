import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { afterAll, describe, expect, it } from "vitest";
import { sqs, uniqueName } from "./target.ts";

const queues: string[] = [];
async function createQueue(what: string, Attributes: Record<string, string> = {}): Promise<string> {
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: uniqueName(what), Attributes }));
  queues.push(QueueUrl);
  return QueueUrl;
}
async function receive(QueueUrl: string, WaitTimeSeconds = 0, VisibilityTimeout?: number) {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      WaitTimeSeconds,
      VisibilityTimeout,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ["ApproximateReceiveCount"],
    }),
  );
  return Messages;
}
afterAll(async () => {
  await Promise.all(queues.map((QueueUrl) => sqs.send(new DeleteQueueCommand({ QueueUrl }))));
});

describe.concurrent("SQS", () => {
  it("hides a received message for its visibility timeout, then gives it again with a higher count", async () => {
    const QueueUrl = await createQueue("visibility", { VisibilityTimeout: "2" });
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "work" }));
    expect((await receive(QueueUrl, 5)).map((message) => message.Attributes)).toEqual([
      { ApproximateReceiveCount: "1" },
    ]);
    expect(await receive(QueueUrl)).toEqual([]);
    expect((await receive(QueueUrl, 5)).map((message) => message.Attributes)).toEqual([
      { ApproximateReceiveCount: "2" },
    ]);
  });

  it("never gives a deleted message again", async () => {
    const QueueUrl = await createQueue("delete", { VisibilityTimeout: "1" });
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "work" }));
    const [message] = await receive(QueueUrl, 5);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
    expect(await receive(QueueUrl, 2)).toEqual([]);
  });

  it("moves a message to the dead-letter queue after maxReceiveCount receives", async () => {
    const deadLetters = await createQueue("dead-letters");
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: deadLetters, AttributeNames: ["QueueArn"] }),
    );
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: Attributes?.QueueArn, maxReceiveCount: 2 });
    const QueueUrl = await createQueue("redrive", { RedrivePolicy, VisibilityTimeout: "1" });
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "poison" }));
    expect(await receive(QueueUrl, 5)).toHaveLength(1);
    expect(await receive(QueueUrl, 5)).toHaveLength(1);
    expect(await receive(QueueUrl, 2)).toEqual([]);
    expect((await receive(deadLetters, 5)).map((message) => message.Body)).toEqual(["poison"]);
  });

  it("takes messages of a standard queue with a MessageGroupId (fair queues) and with a delay", async () => {
    const QueueUrl = await createQueue("fair");
    const Entries = [
      { Id: "now", MessageBody: "now", MessageGroupId: "tenant-1" },
      { Id: "later", MessageBody: "later", MessageGroupId: "tenant-2", DelaySeconds: 2 },
    ];
    const { Successful, Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect([Successful?.map((one) => one.Id), Failed]).toEqual([["now", "later"], []]);
    expect((await receive(QueueUrl, 5)).map((message) => message.Body)).toEqual(["now"]);
    expect((await receive(QueueUrl, 5)).map((message) => message.Body)).toEqual(["later"]);
  });
});
