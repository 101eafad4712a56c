import type { Delivery } from "../alerts/channel.ts";
import { applyAttempt, applyAttemptClaim, applyReopening } from "../alerts/delivery-transitions.ts";
import type { DeliveryStore } from "../alerts/ports.ts";
import { type KeyRange, readPage, readRange } from "./dynamo-list.ts";
import { changeEntity, type DynamoTable, getEntity, putNew } from "./dynamo-table.ts";
import { deliveryItem } from "./items/alert-items.ts";
import { deliveryKey, partitions } from "./keys.ts";

export type DynamoDeliveryStoreOptions = DynamoTable & {
  /** Days for which a delivery is kept. @default 90 */
  deliveryRetentionDays?: number;
};

/** Days for which a delivery is kept, unless configured. */
export const defaultDeliveryRetentionDays = 90;

export const dynamoDeliveryStore = (options: DynamoDeliveryStoreOptions): DeliveryStore => {
  const table: DynamoTable = options;
  const codec = deliveryItem(options.deliveryRetentionDays ?? defaultDeliveryRetentionDays);

  const change = (tenantId: string, deliveryId: string, apply: (delivery: Delivery) => Delivery | undefined) =>
    changeEntity(table, codec, deliveryKey(tenantId, deliveryId), apply);

  return {
    putOnce: (delivery) => putNew(table, codec, delivery),

    get: (tenantId, deliveryId) => getEntity(table, codec, deliveryKey(tenantId, deliveryId)),

    list(tenantId, page, filter) {
      const channelId = filter?.channelId;
      const range: KeyRange =
        channelId === undefined
          ? { index: "GSI1", partition: partitions.deliveries(tenantId), order: "newestFirst" }
          : { index: "GSI2", partition: partitions.deliveriesOfChannel(tenantId, channelId), order: "newestFirst" };
      const list = channelId === undefined ? `deliveries/${tenantId}` : `deliveries/${tenantId}/${channelId}`;
      return readPage<Delivery>(list, page, (after, count) => readRange(table, codec, range, after, count));
    },

    async claimAttempt(tenantId, deliveryId, nowMs, claimMs) {
      const claim = (delivery: Delivery) => applyAttemptClaim(delivery, nowMs, claimMs);
      return (await change(tenantId, deliveryId, claim)).after;
    },

    async reopen(tenantId, deliveryId, atMs) {
      return (await change(tenantId, deliveryId, (delivery) => applyReopening(delivery, atMs))).after;
    },

    async recordAttempt(tenantId, deliveryId, attempt, status, nextAttemptAt) {
      await change(tenantId, deliveryId, (delivery) => applyAttempt(delivery, attempt, status, nextAttemptAt));
    },
  };
};
