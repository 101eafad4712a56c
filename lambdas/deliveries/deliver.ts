import { Logger } from "@aws-lambda-powertools/logger";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import * as z from "zod";
import { type DeliverPorts, deliver } from "../../shared/alerts/deliver.ts";
import { dynamoChannelStore } from "../../shared/aws/dynamo-channel-store.ts";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoDeliveryStore } from "../../shared/aws/dynamo-delivery-store.ts";
import { eventBridgeBus } from "../../shared/aws/event-bridge-bus.ts";
import { eventBridgeClient } from "../../shared/aws/event-bridge-client.ts";
import { sesMailer } from "../../shared/aws/ses-mailer.ts";
import { sesv2Client } from "../../shared/aws/sesv2-client.ts";
import { sqsClient } from "../../shared/aws/sqs-client.ts";
import { sqsDeliveryQueue } from "../../shared/aws/sqs-delivery-queue.ts";
import { addressPolicyFor } from "../../shared/net/address-guard.ts";
import { createGuardedPost } from "../../shared/net/guarded-post.ts";
import { deliverEnv } from "../runtime/env.ts";

const env = deliverEnv.parse(process.env);
const logger = new Logger({ serviceName: "deliver" });
const table = { client: dynamoClient(), tableName: env.TABLE_NAME };
const ports: DeliverPorts = {
  channels: dynamoChannelStore(table),
  deliveries: dynamoDeliveryStore(table),
  queue: sqsDeliveryQueue({ client: sqsClient(), queueUrl: env.DELIVERIES_QUEUE_URL }),
  post: createGuardedPost({ policy: addressPolicyFor(env.ALLOWED_PRIVATE_HOSTS) }),
  eventBus: { put: (event) => eventBridgeBus({ client: eventBridgeClient() }).put(event) },
  mailer: { send: (mail) => sesMailer({ client: sesv2Client(), from: env.ALERT_EMAIL_FROM }).send(mail) },
  disableChannelAfterDays: env.DISABLE_CHANNEL_AFTER_DAYS,
  nowMs: Date.now,
  random: Math.random,
};

const message = z.strictObject({ tenantId: z.string().min(1), deliveryId: z.string().min(1) });

/** Takes a batch of the deliveries queue; a message that could not be handled at all comes back by itself. */
export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const ends = await Promise.all(
    event.Records.map(async ({ messageId, body }) => {
      try {
        const { tenantId, deliveryId } = message.parse(JSON.parse(body));
        const end = await deliver(ports, { tenantId, deliveryId });
        logger.info("delivery.attempt_ended", { tenantId, deliveryId, end });
        return undefined;
      } catch (error) {
        logger.error("delivery.attempt_failed", { messageId, error: error as Error });
        return messageId;
      }
    }),
  );
  return { batchItemFailures: ends.filter((id) => id !== undefined).map((itemIdentifier) => ({ itemIdentifier })) };
};
