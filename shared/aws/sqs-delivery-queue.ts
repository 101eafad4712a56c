import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { DeliveryQueue } from "../alerts/ports.ts";

/** SQS holds a message back for 15 minutes at most; a worker that gets one early sends it again with what is left. */
export const maxDelayMs = 900_000;

/** The deliveries queue. The tenant is the message group: fair queues share the workers among tenants. */
export const sqsDeliveryQueue = ({ client, queueUrl }: { client: SQSClient; queueUrl: string }): DeliveryQueue => ({
  async send({ tenantId, deliveryId }, delayMs = 0) {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: JSON.stringify({ tenantId, deliveryId }),
        MessageGroupId: tenantId,
        DelaySeconds: Math.ceil(Math.min(Math.max(delayMs, 0), maxDelayMs) / 1000),
      }),
    );
  },
});
