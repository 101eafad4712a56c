import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { DeadLetterBox, HeldLetter } from "../dead-letters/ports.ts";

/** SQS's limit of one ReceiveMessage. */
const maxReceived = 10;
/** Longer than a request that holds letters can take: who dies loses none. */
const holdSeconds = 45;

type Handle = { receiptHandle: string; tenantId?: string };

/** Where a letter came from: what it takes to have it handled again. */
export type LetterSource = { send(letter: { body: string; tenantId?: string }): Promise<void> };

/** A dead-letter queue of SQS. It has no dead-letter queue itself, so that looking at it as often as one likes loses nothing. */
export const sqsDeadLetterBox = ({
  client,
  queueUrl,
  source,
}: {
  client: SQSClient;
  queueUrl: string;
  source: LetterSource;
}): DeadLetterBox<Handle> => ({
  async count() {
    const wanted = new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: ["ApproximateNumberOfMessages"],
    });
    const { Attributes } = await client.send(wanted);
    return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
  },

  async take(limit) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(limit, maxReceived),
        VisibilityTimeout: holdSeconds,
        WaitTimeSeconds: 1, // a long poll asks every server
        MessageSystemAttributeNames: ["SentTimestamp", "MessageGroupId"],
        MessageAttributeNames: ["ERROR_CODE", "ERROR_MESSAGE"], // EventBridge Scheduler's
      }),
    );
    return Messages.map(toLetter);
  },

  async putBack(letters) {
    // One that cannot be put back comes back by itself.
    await Promise.allSettled(
      letters.map(({ handle }) =>
        client.send(
          new ChangeMessageVisibilityCommand({
            QueueUrl: queueUrl,
            ReceiptHandle: handle.receiptHandle,
            VisibilityTimeout: 0,
          }),
        ),
      ),
    );
  },

  async sendOn({ body, handle: { receiptHandle, tenantId } }) {
    await source.send({ body, ...(tenantId === undefined ? {} : { tenantId }) });
    await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }));
  },
});

const toLetter = ({ MessageId, Body, ReceiptHandle, Attributes, MessageAttributes }: Message): HeldLetter<Handle> => {
  const { SentTimestamp, MessageGroupId: tenantId } = Attributes ?? {};
  const error = [MessageAttributes?.ERROR_CODE?.StringValue, MessageAttributes?.ERROR_MESSAGE?.StringValue]
    .filter((text) => text !== undefined)
    .join(": ");
  return {
    id: MessageId ?? "",
    body: Body ?? "",
    sentAtMs: Number(SentTimestamp ?? 0),
    ...(error === "" ? {} : { error }),
    handle: { receiptHandle: ReceiptHandle ?? "", ...(tenantId === undefined ? {} : { tenantId }) },
  };
};
