import type { Delivery } from "../alerts/channel.ts";
import { applyAttempt, applyAttemptClaim, applyReopening } from "../alerts/delivery-transitions.ts";
import type { Digest, DigestEntry } from "../alerts/digests/digest.ts";
import type { DigestStore } from "../alerts/digests/ports.ts";
import type { DeliveryStore } from "../alerts/ports.ts";
import { pageOf, storedCopy } from "./stored.ts";
import { tenantKey } from "./sync-state.ts";

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

/** Digests whose deliveries are in `deliveries`. */
export const memoryDigestStore = (deliveries: DeliveryStore): DigestStore => {
  const digests = new Map<string, Digest>();
  const entries = new Map<string, DigestEntry[]>();
  const keyOf = ({ tenantId, id }: Digest): string => tenantKey(tenantId, id);
  const mark = (digest: Digest, status: Digest["status"]): void => {
    const found = digests.get(keyOf(digest));
    if (found !== undefined && found.status !== "sent") digests.set(keyOf(digest), { ...found, status });
  };
  return {
    async collect(delivery, entry, digest) {
      const key = keyOf(digest);
      if ((await deliveries.get(delivery.tenantId, delivery.id)) !== undefined) return "known";
      const found = digests.get(key) ?? storedCopy(digest);
      if (found.status !== "open") return "closed";
      if (!(await deliveries.putOnce(delivery))) return "known";
      digests.set(key, found);
      entries.set(key, [...(entries.get(key) ?? []), storedCopy(entry)]);
      return "collected";
    },
    async listDue(nowMs, limit) {
      return [...digests.values()]
        .filter(({ status, dueAt }) => status !== "sent" && Date.parse(dueAt) <= nowMs)
        .sort((one, other) => (`${one.dueAt}#${one.id}` < `${other.dueAt}#${other.id}` ? -1 : 1))
        .slice(0, limit)
        .map(storedCopy);
    },
    async close(digest) {
      mark(digest, "closed");
    },
    async listEntries(digest, limit) {
      return (entries.get(keyOf(digest)) ?? [])
        .toSorted((one, other) => (one.deliveryId < other.deliveryId ? -1 : 1))
        .slice(0, limit)
        .map(storedCopy);
    },
    async markSent(digest) {
      mark(digest, "sent");
    },
  };
};
