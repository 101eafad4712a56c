import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { EmbedQueue } from "../embeddings/ports.ts";
import { maxDelayMs } from "./sqs-delivery-queue.ts";

/** The embed queue. The tenant is the message group: fair queues share the workers among tenants. */
export const sqsEmbedQueue = ({ client, queueUrl }: { client: SQSClient; queueUrl: string }): EmbedQueue => ({
  async send({ tenantId, dependencyId, snapshotId }, delayMs = 0) {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: JSON.stringify({ tenantId, dependencyId, snapshotId }),
        MessageGroupId: tenantId,
        DelaySeconds: Math.ceil(Math.min(Math.max(delayMs, 0), maxDelayMs) / 1000),
      }),
    );
  },
});
