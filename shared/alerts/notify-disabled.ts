import { createHash } from "node:crypto";
import { listAll } from "../tenants/record-store.ts";
import { buildChannelDisabledPayload } from "./alert-event.ts";
import type { Channel } from "./channel.ts";
import type { ChannelStore, DeliveryQueue, DeliveryStore } from "./ports.ts";

/**
 * Tells the tenant's other channels that this one was disabled, each once: ids follow from the channel, the time at which it
 * was disabled, and the other one, so that a worker that died in between is followed by one that does it again.
 */
export async function notifyDisabled(
  { channels, deliveries, queue }: { channels: ChannelStore; deliveries: DeliveryStore; queue: DeliveryQueue },
  disabled: Channel,
): Promise<void> {
  const { tenantId, disabledAt } = disabled;
  if (disabledAt === undefined) return;
  const payload = JSON.stringify(buildChannelDisabledPayload(disabled, disabledAt));
  for (const other of await listAll(channels, tenantId)) {
    if (!other.enabled || other.id === disabled.id) continue;
    const identity = ["channel.disabled", tenantId, disabled.id, disabledAt, other.id].join("|");
    const id = `dlv_${createHash("sha256").update(identity).digest("hex").slice(0, 32)}`;
    await deliveries.putOnce({
      id,
      tenantId,
      channelId: other.id,
      eventType: "channel.disabled",
      status: "pending",
      payload,
      attempts: [],
      createdAt: disabledAt,
      updatedAt: disabledAt,
    });
    await queue.send({ tenantId, deliveryId: id });
  }
}
