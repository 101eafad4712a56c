import { beforeAll, describe, expect, it } from "vitest";
import type { Channel, Delivery, DeliveryAttempt, WebhookChannel } from "../../shared/alerts/channel.ts";
import type { ChannelStore, DeliveryStore } from "../../shared/alerts/ports.ts";
import { ConflictError } from "../../shared/jobs/errors.ts";
import { allPages, eventually, firstCursor } from "./paging.ts";
import { isoAt, minuteMs, newId, sampleChannel, sampleDelivery, startMs } from "./samples.ts";

/** What every store of channels does. */
export const channelStoreContract = (name: string, makeStore: () => Promise<ChannelStore>): void => {
  describe(`channel store: ${name}`, () => {
    let channels: ChannelStore;
    beforeAll(async () => {
      channels = await makeStore();
    });

    const stored = async (own: Partial<WebhookChannel> = {}): Promise<Channel> => {
      const channel = sampleChannel(own);
      await channels.create(channel);
      return channel;
    };

    it("stores a channel once and changes it as it is told", async () => {
      const channel = await stored();
      const { tenantId, id } = channel;
      await expect(channels.create(channel)).rejects.toThrow(ConflictError);
      const updated = { ...channel, name: "Other", updatedAt: isoAt(startMs + 1) };
      const change = (one: Channel) => ({ ...one, name: "Other", updatedAt: isoAt(startMs + 1) });
      expect(await channels.update(tenantId, id, change)).toEqual(updated);
      expect(await channels.get(tenantId, id)).toEqual(updated);
      expect(await channels.update(tenantId, id, () => undefined)).toEqual(updated);
    });

    it("loses none of twenty changes at the same time", async () => {
      const { tenantId, id } = await stored({ name: "" });
      const change = (one: Channel) => ({ ...one, name: `${one.name}x` });
      await Promise.all(Array.from({ length: 20 }, () => channels.update(tenantId, id, change)));
      expect((await channels.get(tenantId, id))?.name).toBe("x".repeat(20));
    });

    it("keeps each kind of channel as it is", async () => {
      const { secrets: _, url, type: __, ...base } = sampleChannel();
      const kinds: Channel[] = [
        { ...base, type: "slack", url },
        { ...base, type: "teams", url },
        { ...base, type: "pagerduty", routingKey: "0".repeat(32), region: "eu" },
        { ...base, type: "eventbridge", busArn: "arn:aws:events:eu-west-1:123456789012:event-bus/alerts" },
        { ...base, type: "email", to: ["a@example.com", "b@example.com"] },
      ];
      for (const kind of kinds) {
        const id = newId();
        await channels.create({ ...kind, id });
        expect(await channels.get(base.tenantId, id)).toEqual({ ...kind, id });
      }
    });

    it("shows nothing of it to another tenant", async () => {
      const { tenantId, id } = await stored();
      const stranger = newId();
      expect(await channels.get(stranger, id)).toBeUndefined();
      expect(await channels.update(stranger, id, (one) => ({ ...one, enabled: false }))).toBeUndefined();
      expect(await channels.remove(stranger, id)).toBe(false);
      expect(await channels.list(stranger, { limit: 10 })).toEqual({ items: [] });
      expect(await channels.get(tenantId, id)).toMatchObject({ enabled: true });
    });

    it("lists a tenant's channels newest first, page by page, without those that were removed", async () => {
      const tenantId = newId();
      const own: Channel[] = [];
      for (let count = 0; count < 5; count += 1) own.unshift(await stored({ tenantId }));
      const list = (page: { limit: number; cursor?: string }) => channels.list(tenantId, page);
      for (const limit of [2, 100]) expect(await allPages(list, limit)).toEqual(own);
      const cursor = await firstCursor(list);
      await expect(channels.list(newId(), { limit: 1, cursor })).rejects.toThrow("cursor");
      const [newest, ...others] = own;
      expect(await channels.remove(tenantId, newest?.id ?? "")).toBe(true);
      expect(await channels.remove(tenantId, newest?.id ?? "")).toBe(false);
      expect(await allPages(list, 2)).toEqual(others);
      // A cursor whose item is gone still knows its place.
      expect((await list({ limit: 100, cursor })).items).toEqual(others);
    });
  });
};

/** What every store of deliveries does. */
export const deliveryStoreContract = (name: string, makeStore: () => Promise<DeliveryStore>): void => {
  describe(`delivery store: ${name}`, () => {
    let deliveries: DeliveryStore;
    beforeAll(async () => {
      deliveries = await makeStore();
    });

    const stored = async (own: Partial<Delivery> = {}): Promise<Delivery> => {
      const delivery = sampleDelivery(own);
      expect(await deliveries.putOnce(delivery)).toBe(true);
      return delivery;
    };

    const attemptAt = (atMs: number, own: Partial<DeliveryAttempt> = {}): DeliveryAttempt => ({
      at: isoAt(atMs),
      statusCode: 503,
      durationMs: 120,
      ...own,
    });

    it("writes a delivery once: one of ten at the same time, and never over another", async () => {
      const delivery = sampleDelivery();
      const written = await Promise.all(Array.from({ length: 10 }, () => deliveries.putOnce(delivery)));
      expect(written.filter((isNew) => isNew)).toHaveLength(1);
      expect(await deliveries.putOnce({ ...delivery, payload: "{}" })).toBe(false);
      expect(await deliveries.get(delivery.tenantId, delivery.id)).toEqual(delivery);
    });

    it("shows nothing of it to another tenant", async () => {
      const { id, tenantId } = await stored();
      const stranger = newId();
      expect(await deliveries.get(stranger, id)).toBeUndefined();
      expect(await deliveries.claimAttempt(stranger, id, startMs, minuteMs)).toBeUndefined();
      expect(await deliveries.reopen(stranger, id, startMs)).toBeUndefined();
      await deliveries.recordAttempt(stranger, id, attemptAt(startMs), "sent", undefined);
      expect(await deliveries.list(stranger, { limit: 10 })).toEqual({ items: [] });
      expect(await deliveries.get(tenantId, id)).toMatchObject({ status: "pending", attempts: [] });
    });

    it("lets one of twenty workers attempt it, until the claim ends", async () => {
      const delivery = await stored();
      const { tenantId, id } = delivery;
      const claims = await Promise.all(
        Array.from({ length: 20 }, () => deliveries.claimAttempt(tenantId, id, startMs, minuteMs)),
      );
      const claimed = { ...delivery, claimedUntilMs: startMs + minuteMs };
      expect(claims.filter((claim) => claim !== undefined)).toEqual([claimed]);
      expect(await deliveries.claimAttempt(tenantId, id, startMs + minuteMs - 1, minuteMs)).toBeUndefined();
      expect(await deliveries.claimAttempt(tenantId, id, startMs + minuteMs, minuteMs)).toMatchObject({ id });
    });

    it("notes attempts, ends the claim, and waits until the next one is due", async () => {
      const delivery = await stored();
      const { tenantId, id } = delivery;
      await deliveries.claimAttempt(tenantId, id, startMs, minuteMs);
      const failed = attemptAt(startMs, { error: "timeout", responseExcerpt: "busy" });
      const nextAttemptAt = isoAt(startMs + 10_000);
      await deliveries.recordAttempt(tenantId, id, failed, "pending", nextAttemptAt);
      const waiting = { ...delivery, attempts: [failed], nextAttemptAt, updatedAt: isoAt(startMs) };
      expect(await deliveries.get(tenantId, id)).toEqual(waiting);
      expect(await deliveries.claimAttempt(tenantId, id, startMs + 9_999, minuteMs)).toBeUndefined();
      expect(await deliveries.claimAttempt(tenantId, id, startMs + 10_000, minuteMs)).toBeDefined();
      const sent = attemptAt(startMs + 10_000, { statusCode: 200 });
      await deliveries.recordAttempt(tenantId, id, sent, "sent", undefined);
      const { nextAttemptAt: _, ...rest } = waiting;
      const ended = { ...rest, status: "sent", attempts: [failed, sent], updatedAt: isoAt(startMs + 10_000) };
      expect(await deliveries.get(tenantId, id)).toEqual(ended);
      await deliveries.recordAttempt(tenantId, id, attemptAt(startMs + 20_000), "failed", undefined);
      expect(await deliveries.claimAttempt(tenantId, id, startMs + minuteMs, minuteMs)).toBeUndefined();
      expect(await deliveries.get(tenantId, id)).toEqual(ended);
    });

    it("opens an ended delivery again, due at once, and leaves a pending one alone", async () => {
      const { tenantId, id } = await stored();
      expect(await deliveries.reopen(tenantId, id, startMs)).toBeUndefined();
      await deliveries.recordAttempt(tenantId, id, attemptAt(startMs), "failed", undefined);
      const reopened = await deliveries.reopen(tenantId, id, startMs + 1);
      expect(reopened).toMatchObject({
        status: "pending",
        attempts: [attemptAt(startMs)],
        updatedAt: isoAt(startMs + 1),
      });
      expect(reopened).not.toHaveProperty("nextAttemptAt");
      expect(await deliveries.claimAttempt(tenantId, id, startMs + 1, minuteMs)).toMatchObject({ id });
      expect(await deliveries.reopen(tenantId, newId(), startMs)).toBeUndefined();
    });

    it("remembers the last twenty attempts", async () => {
      const { tenantId, id } = await stored();
      for (let count = 0; count < 22; count += 1)
        await deliveries.recordAttempt(tenantId, id, attemptAt(startMs, { durationMs: count }), "pending", undefined);
      const durations = (await deliveries.get(tenantId, id))?.attempts.map(({ durationMs }) => durationMs);
      expect(durations).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
    });

    it("lists a tenant's deliveries, or one channel's, newest first, page by page", async () => {
      const tenantId = newId();
      const channelIds = [newId(), newId()];
      const own: Delivery[] = [];
      for (let count = 0; count < 8; count += 1)
        own.unshift(
          await stored({ tenantId, channelId: channelIds[count % 2] ?? "", createdAt: isoAt(startMs + count) }),
        );
      const [channelId] = channelIds;
      const filters = [undefined, { channelId }];
      for (const filter of filters)
        for (const limit of [3, 100])
          await eventually(async () => {
            const expected = own.filter((delivery) => filter === undefined || delivery.channelId === filter.channelId);
            const listed = await allPages((page) => deliveries.list(tenantId, page, filter), limit);
            expect(listed).toEqual(expected);
          });
      const cursor = await firstCursor((page) => deliveries.list(tenantId, page));
      await expect(deliveries.list(newId(), { limit: 1, cursor })).rejects.toThrow("cursor");
      await expect(deliveries.list(tenantId, { limit: 1, cursor }, { channelId })).rejects.toThrow("cursor");
    });
  });
};
