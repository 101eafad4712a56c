import type { Channel, Delivery } from "../alerts/channel.ts";
import { applyAttempt, applyAttemptClaim, applyReopening } from "../alerts/delivery-transitions.ts";
import type { ChannelStore, DeliveryStore } from "../alerts/ports.ts";
import { ConflictError } from "../jobs/errors.ts";
import { pageOf, storedCopy } from "./stored.ts";
import { tenantKey } from "./sync-state.ts";

export const memoryChannelStore = (): ChannelStore => {
  const channels = new Map<string, Channel>();
  return {
    async create(channel) {
      const key = tenantKey(channel.tenantId, channel.id);
      if (channels.has(key)) throw new ConflictError(`channel ${channel.id} exists already`);
      channels.set(key, storedCopy(channel));
    },
    async get(tenantId, channelId) {
      const found = channels.get(tenantKey(tenantId, channelId));
      return found === undefined ? undefined : storedCopy(found);
    },
    async list(tenantId, page) {
      const own = [...channels.values()].filter((channel) => channel.tenantId === tenantId);
      return pageOf(`channels/${tenantId}`, own, (channel) => channel.id, page);
    },
    async update(tenantId, channelId, change) {
      const key = tenantKey(tenantId, channelId);
      const found = channels.get(key);
      if (found === undefined) return undefined;
      const updated = storedCopy(change(storedCopy(found)) ?? found);
      channels.set(key, updated);
      return storedCopy(updated);
    },
    async remove(tenantId, channelId) {
      return channels.delete(tenantKey(tenantId, channelId));
    },
  };
};

export const memoryDeliveryStore = (): DeliveryStore => {
  const deliveries = new Map<string, Delivery>();

  const change = (
    tenantId: string,
    deliveryId: string,
    apply: (delivery: Delivery) => Delivery | undefined,
  ): Delivery | undefined => {
    const key = tenantKey(tenantId, deliveryId);
    const found = deliveries.get(key);
    const changed = found === undefined ? undefined : apply(found);
    if (changed === undefined) return undefined;
    deliveries.set(key, storedCopy(changed));
    return storedCopy(changed);
  };

  return {
    async putOnce(delivery) {
      const key = tenantKey(delivery.tenantId, delivery.id);
      if (deliveries.has(key)) return false;
      deliveries.set(key, storedCopy(delivery));
      return true;
    },
    async get(tenantId, deliveryId) {
      const found = deliveries.get(tenantKey(tenantId, deliveryId));
      return found === undefined ? undefined : storedCopy(found);
    },
    async list(tenantId, page, filter) {
      const channelId = filter?.channelId;
      const own = [...deliveries.values()].filter(
        (delivery) => delivery.tenantId === tenantId && (channelId === undefined || delivery.channelId === channelId),
      );
      const list = channelId === undefined ? `deliveries/${tenantId}` : `deliveries/${tenantId}/${channelId}`;
      return pageOf(list, own, ({ createdAt, id }) => `${createdAt}#${id}`, page);
    },
    async claimAttempt(tenantId, deliveryId, nowMs, claimMs) {
      return change(tenantId, deliveryId, (delivery) => applyAttemptClaim(delivery, nowMs, claimMs));
    },
    async reopen(tenantId, deliveryId, atMs) {
      return change(tenantId, deliveryId, (delivery) => applyReopening(delivery, atMs));
    },
    async recordAttempt(tenantId, deliveryId, attempt, status, nextAttemptAt) {
      change(tenantId, deliveryId, (delivery) => applyAttempt(delivery, attempt, status, nextAttemptAt));
    },
  };
};
