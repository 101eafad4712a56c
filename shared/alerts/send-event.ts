import type { Delivery } from "./channel.ts";
import type { DeliveryQueue, DeliveryStore } from "./ports.ts";

/** An event for one channel, as it is planned; `createdAt`: ISO 8601. */
export type PlannedEvent = Pick<
  Delivery,
  "id" | "tenantId" | "channelId" | "eventType" | "dependencyId" | "payload" | "createdAt"
>;

/**
 * Stores an event for one channel and queues it. Also one that was stored before: its message may never have been queued, and
 * the delivery's own claim keeps two messages from sending it twice.
 */
export const sendEvent = async (
  { deliveries, queue }: { deliveries: Pick<DeliveryStore, "putOnce">; queue: DeliveryQueue },
  planned: PlannedEvent,
): Promise<Delivery> => {
  const delivery: Delivery = { ...planned, status: "pending", attempts: [], updatedAt: planned.createdAt };
  await deliveries.putOnce(delivery);
  await queue.send({ tenantId: delivery.tenantId, deliveryId: delivery.id });
  return delivery;
};
