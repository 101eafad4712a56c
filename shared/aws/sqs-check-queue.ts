import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { CheckQueue } from "../checks/ports.ts";
import type { CheckMessage } from "../contracts/check-message.ts";
import { maxDelayMs } from "./sqs-delivery-queue.ts";

/** SQS's limit of one SendMessageBatch. */
const maxMessagesPerBatch = 10;

type Sending = { message: CheckMessage; delayMs: number };

/** The checks queue. The tenant is the message group: fair queues share the workers among tenants. */
export const sqsCheckQueue = ({ client, queueUrl }: { client: SQSClient; queueUrl: string }): CheckQueue => {
  const sendBatch = async (batch: readonly Sending[]): Promise<CheckMessage[]> => {
    const Entries = batch.map(({ message, delayMs }, index) => ({
      Id: String(index),
      MessageBody: JSON.stringify(message),
      MessageGroupId: message.tenantId,
      DelaySeconds: Math.ceil(Math.min(Math.max(delayMs, 0), maxDelayMs) / 1000),
    }));
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    const failed = new Set(Failed.map(({ Id }) => Id));
    return batch.flatMap(({ message }, index) => (failed.has(String(index)) ? [message] : []));
  };
  return {
    async send(messages) {
      const batches: Sending[][] = [];
      for (let start = 0; start < messages.length; start += maxMessagesPerBatch)
        batches.push(messages.slice(start, start + maxMessagesPerBatch));
      // A batch that fails whole must not hide which messages of the others were taken.
      const answers = await Promise.allSettled(batches.map(sendBatch));
      const [first] = answers;
      if (first?.status === "rejected" && answers.every(({ status }) => status === "rejected")) throw first.reason;
      return answers.flatMap((answer, index) =>
        answer.status === "fulfilled" ? answer.value : (batches[index] ?? []).map(({ message }) => message),
      );
    },
  };
};
