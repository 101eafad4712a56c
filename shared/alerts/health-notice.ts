import type { Dependency } from "../dependencies/dependency.ts";
import { isUnhealthy } from "../health/assess-failure.ts";
import { listAll } from "../tenants/record-store.ts";
import { deliveryIdOf } from "./delivery-id.ts";
import type { ChannelStore, DeliveryQueue, DeliveryStore } from "./ports.ts";
import { sendEvent } from "./send-event.ts";
import { shorten } from "./shorten.ts";

export type HealthNotice = "dependency.unhealthy" | "dependency.recovered";

/** Longest error text of an upstream, and longest name, in a payload, in UTF-16 units. */
const maxTextLength = 300;

export type HealthNoticePayload = {
  type: HealthNotice;
  /** ISO 8601: when it became unhealthy, or answered again. */
  timestamp: string;
  data: {
    tenantId: string;
    dependency: { id: string; name: string };
    status: string;
    consecutiveFailures: number;
    /** When it became unhealthy; the same in both notices. */
    unhealthySince: string;
    lastError?: { name: string; message: string };
    links: { dependency: string };
  };
};

/**
 * Tells the tenant's enabled channels that a dependency became unhealthy, or that it recovered: each once for each time
 * that it became so. Every enabled one, and at once: severities, scopes, mute windows and digests choose among changes, and
 * an API that is looked at in vain raises none, which nobody would notice. Ids follow from that time, so that a worker that died
 * in between is followed by one that tells it again.
 */
export const sendHealthNotice = async (
  { channels, ...ports }: { channels: ChannelStore; deliveries: DeliveryStore; queue: DeliveryQueue },
  dependency: Dependency,
): Promise<void> => {
  const payload = buildHealthNotice(dependency);
  const { tenantId, id: dependencyId } = dependency;
  for (const channel of await listAll(channels, tenantId)) {
    if (!channel.enabled) continue;
    const { type, timestamp, data } = payload;
    await sendEvent(ports, {
      id: deliveryIdOf(type, tenantId, dependencyId, data.unhealthySince, channel.id),
      tenantId,
      channelId: channel.id,
      eventType: type,
      dependencyId,
      payload: JSON.stringify(payload),
      createdAt: timestamp,
    });
  }
};

/** What is told of a dependency as it stands. Depends on nothing else, so that every attempt tells the same. */
export const buildHealthNotice = (dependency: Dependency): HealthNoticePayload => {
  const { id, tenantId, name, health } = dependency;
  const isBad = isUnhealthy(health.status);
  const unhealthySince = health.unhealthyAt ?? health.lastFailureAt ?? dependency.updatedAt;
  const { lastError } = health;
  return {
    type: isBad ? "dependency.unhealthy" : "dependency.recovered",
    timestamp: isBad ? unhealthySince : (health.lastSuccessAt ?? dependency.updatedAt),
    data: {
      tenantId,
      dependency: { id, name: shorten(name, maxTextLength) },
      status: health.status,
      consecutiveFailures: health.consecutiveFailures,
      unhealthySince,
      ...(lastError === undefined
        ? {}
        : { lastError: { name: lastError.name, message: shorten(lastError.message, maxTextLength) } }),
      links: { dependency: `/api/dependencies/${id}` },
    },
  };
};
