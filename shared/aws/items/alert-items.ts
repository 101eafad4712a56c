import * as z from "zod";
import type { Channel, Delivery } from "../../alerts/channel.ts";
import type { ItemCodec } from "../item-codec.ts";
import { channelDeliveryKey, channelKey, deliveryKey, deliveryListKey } from "../keys.ts";
import { expiresAfter } from "./retention.ts";

const level = z.enum(["breaking", "risky", "safe"]);

const channelBase = z.object({
  id: z.string(),
  tenantId: z.string(),
  name: z.string(),
  minSeverity: level,
  enabled: z.boolean(),
  failingSince: z.string().optional(),
  disabledAt: z.string().optional(),
  disabledBecause: z.string().optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

const storedChannel = z.discriminatedUnion("type", [
  channelBase.extend({ type: z.literal("webhook"), url: z.string(), secrets: z.array(z.string()) }),
  channelBase.extend({ type: z.literal("slack"), url: z.string() }),
  channelBase.extend({ type: z.literal("teams"), url: z.string() }),
  channelBase.extend({ type: z.literal("pagerduty"), routingKey: z.string(), region: z.enum(["us", "eu"]) }),
  channelBase.extend({ type: z.literal("eventbridge"), busArn: z.string() }),
  channelBase.extend({ type: z.literal("email"), to: z.array(z.string()) }),
]);

export const channelItem: ItemCodec<Channel> = {
  entity: "channel",
  version: 1,
  schema: storedChannel,
  content: (channel) => channel,
  place: ({ tenantId, id }) => channelKey(tenantId, id),
};

const attempt = z.object({
  at: z.string(),
  statusCode: z.number().optional(),
  error: z.string().optional(),
  responseExcerpt: z.string().optional(),
  durationMs: z.number(),
});

const storedDelivery = z.object({
  id: z.string(),
  tenantId: z.string(),
  channelId: z.string(),
  eventType: z.enum([
    "api.changed",
    "api.digest",
    "channel.disabled",
    "channel.test",
    "dependency.unhealthy",
    "dependency.recovered",
  ]),
  dependencyId: z.string().optional(),
  jobId: z.string().optional(),
  causeKey: z.string().optional(),
  preferenceId: z.string().optional(),
  digestId: z.string().optional(),
  status: z.enum(["pending", "sent", "failed", "muted", "digested"]),
  payload: z.string(),
  attempts: z.array(attempt),
  attemptsSinceReopening: z.number().optional(),
  nextAttemptAt: z.string().optional(),
  claimedUntilMs: z.number().optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

/** Deliveries are found by id, by tenant (GSI1) and by channel (GSI2), and forgotten some days after they were made. */
export const deliveryItem = (retentionDays: number): ItemCodec<Delivery> => ({
  entity: "delivery",
  version: 1,
  schema: storedDelivery,
  content: (delivery) => delivery,
  place: (delivery) => ({
    ...deliveryKey(delivery.tenantId, delivery.id),
    ...deliveryListKey(delivery),
    ...channelDeliveryKey(delivery),
    expiresAtSeconds: expiresAfter(delivery.createdAt, retentionDays),
  }),
});
