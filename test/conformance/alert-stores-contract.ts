import { beforeAll, describe, expect, it } from "vitest";
import type { Channel, Delivery, DeliveryAttempt, WebhookChannel } from "../../shared/alerts/channel.ts";
import type { Digest, DigestEntry } from "../../shared/alerts/digests/digest.ts";
import type { DigestStore } from "../../shared/alerts/digests/ports.ts";
import type { AlertPreferenceStore, ChannelStore, DeliveryStore } from "../../shared/alerts/ports.ts";
import { ConflictError } from "../../shared/jobs/errors.ts";
import { allPages, eventually, firstCursor } from "./paging.ts";
import {
  isoAt,
  minuteMs,
  newId,
  sampleAlertPreference,
  sampleChannel,
  sampleDelivery,
  sha256,
  startMs,
} from "./samples.ts";

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

/** What every store of alert preferences does, beside what all stores of records do. */
export const alertPreferenceStoreContract = (name: string, makeStore: () => Promise<AlertPreferenceStore>): void => {
  describe(`alert preference store: ${name}`, () => {
    let preferences: AlertPreferenceStore;
    beforeAll(async () => {
      preferences = await makeStore();
    });

    it("keeps one as it is, changes it, drops what a change leaves out, and shows it to nobody else", async () => {
      const preference = sampleAlertPreference();
      const { tenantId, id } = preference;
      await preferences.create(preference);
      await expect(preferences.create(preference)).rejects.toThrow(ConflictError);
      expect(await preferences.get(tenantId, id)).toEqual(preference);
      const { mute: _, ...unmuted } = preference;
      expect(await preferences.update(tenantId, id, () => unmuted)).toEqual(unmuted);
      expect(await preferences.list(tenantId, { limit: 10 })).toEqual({ items: [unmuted] });
      const stranger = newId();
      expect(await preferences.get(stranger, id)).toBeUndefined();
      expect(await preferences.list(stranger, { limit: 10 })).toEqual({ items: [] });
      expect(await preferences.remove(stranger, id)).toBe(false);
      expect(await preferences.remove(tenantId, id)).toBe(true);
      expect(await preferences.get(tenantId, id)).toBeUndefined();
    });
  });
};

/** What every store of digests does, together with the deliveries that are in them. */
export const digestStoreContract = (
  name: string,
  makeStores: () => Promise<{ digests: DigestStore; deliveries: DeliveryStore }>,
): void => {
  describe(`digest store: ${name}`, () => {
    let digests: DigestStore;
    let deliveries: DeliveryStore;
    beforeAll(async () => {
      ({ digests, deliveries } = await makeStores());
    });

    const newDigest = (tenantId: string, dueAtMs: number): Digest => ({
      id: `dlv_${sha256(newId()).slice(0, 32)}`,
      tenantId,
      channelId: newId(),
      every: "hourly",
      dueAt: isoAt(dueAtMs),
      status: "open",
    });
    const causeOf = (digest: Digest): { delivery: Delivery; entry: DigestEntry } => {
      const { tenantId, channelId, id: digestId } = digest;
      const delivery = sampleDelivery({ tenantId, channelId, status: "digested", digestId });
      const entry: DigestEntry = {
        deliveryId: delivery.id,
        dependency: { id: newId(), name: "Payments" },
        causeKey: "cause-1",
        severity: "risky",
        summary: "Removed the operation GET /v1/refunds",
        operationCount: 1,
        foundAt: isoAt(startMs),
      };
      return { delivery, entry };
    };
    const collect = (digest: Digest, { delivery, entry } = causeOf(digest)) => digests.collect(delivery, entry, digest);

    it("collects a cause once: one of ten at the same time, with its delivery", async () => {
      const digest = newDigest(newId(), startMs);
      const cause = causeOf(digest);
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => collect(digest, cause)));
      expect(outcomes.toSorted()).toEqual(["collected", ...Array(9).fill("known")]);
      expect(await deliveries.get(digest.tenantId, cause.delivery.id)).toEqual(cause.delivery);
      expect(await digests.listEntries(digest, 10)).toEqual([cause.entry]);
    });

    it("collects what comes at the same time, all of it, in the order of the deliveries' ids", async () => {
      const digest = newDigest(newId(), startMs);
      const causes = Array.from({ length: 10 }, () => causeOf(digest));
      await Promise.all(causes.map((cause) => collect(digest, cause)));
      const ids = causes.map(({ delivery }) => delivery.id).toSorted();
      expect((await digests.listEntries(digest, 100)).map(({ deliveryId }) => deliveryId)).toEqual(ids);
      expect((await digests.listEntries(digest, 3)).map(({ deliveryId }) => deliveryId)).toEqual(ids.slice(0, 3));
    });

    it("takes nothing that is known, nor anything once it is closed, and writes nothing then", async () => {
      const digest = newDigest(newId(), startMs);
      const sent = causeOf(digest);
      await deliveries.putOnce({ ...sent.delivery, status: "sent" });
      expect(await collect(digest, sent)).toBe("known");
      expect(await collect(digest)).toBe("collected");
      await digests.close(digest);
      const late = causeOf(digest);
      expect(await collect(digest, late)).toBe("closed");
      expect(await deliveries.get(digest.tenantId, late.delivery.id)).toBeUndefined();
      expect(await digests.listEntries(digest, 10)).toHaveLength(1);
      // Closed or sent, it stays so.
      await digests.markSent(digest);
      await digests.close(digest);
      expect(await collect(digest, late)).toBe("closed");
    });

    it("lists those that are due, the longest due first, closed ones too, until they are sent", async () => {
      const tenantId = newId();
      const dueMs = startMs - 86_400_000 * 365; // before those of the other tests
      const [first, second, later] = [0, 1, 2].map((hours) => newDigest(tenantId, dueMs + hours * 3_600_000));
      if (first === undefined || second === undefined || later === undefined) throw new Error("there are three");
      for (const digest of [later, second, first]) await collect(digest);
      const due = async (limit = 100) =>
        (await digests.listDue(dueMs + 3_600_000, limit)).filter((digest) => digest.tenantId === tenantId);
      await eventually(async () => expect(await due()).toEqual([first, second]));
      expect(await due(1)).toEqual([first]);
      await digests.close(first);
      expect(await due()).toEqual([{ ...first, status: "closed" }, second]);
      await digests.markSent(first);
      await eventually(async () => expect(await due()).toEqual([second]));
    });
  });
};
