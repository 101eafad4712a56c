import { listAll } from "../tenants/record-store.ts";
import { buildChannelDisabledPayload } from "./alert-event.ts";
import type { Channel } from "./channel.ts";
import { deliveryIdOf } from "./delivery-id.ts";
import type { ChannelStore, DeliveryQueue, DeliveryStore } from "./ports.ts";
import { sendEvent } from "./send-event.ts";

/**
 * Tells the tenant's other channels that this one was disabled, each once: ids follow from the channel, the time at which it
 * was disabled, and the other one, so that a worker that died in between is followed by one that does it again.
 */
export async function notifyDisabled(
  { channels, ...ports }: { channels: ChannelStore; deliveries: DeliveryStore; queue: DeliveryQueue },
  disabled: Channel,
): Promise<void> {
  const { tenantId, disabledAt } = disabled;
  if (disabledAt === undefined) return;
  const payload = JSON.stringify(buildChannelDisabledPayload(disabled, disabledAt));
  for (const other of await listAll(channels, tenantId)) {
    if (!other.enabled || other.id === disabled.id) continue;
    await sendEvent(ports, {
      id: deliveryIdOf("channel.disabled", tenantId, disabled.id, disabledAt, other.id),
      tenantId,
      channelId: other.id,
      eventType: "channel.disabled",
      payload,
      createdAt: disabledAt,
    });
  }
}
