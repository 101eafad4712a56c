import { beforeEach, describe, expect, it } from "vitest";
import type { Delivery } from "../../../shared/alerts/channel.ts";
import { signWebhook } from "../../../shared/alerts/channel-kinds/webhook.ts";
import { applyChannelPatch } from "../../../shared/alerts/channel-transitions.ts";
import { type DeliverPorts, deliver } from "../../../shared/alerts/deliver.ts";
import { retryDelayMs } from "../../../shared/alerts/delivery-outcome.ts";
import { createVirtualClock, type VirtualClock } from "../../../shared/memory/clock.ts";
import { createMemoryStores, type MemoryStores } from "../../../shared/memory/memory-stores.ts";
import { PrivateAddressError, UpstreamUnavailableError } from "../../../shared/net/errors.ts";
import type { PostOutcome, PostRequest } from "../../../shared/net/guarded-post.ts";
import { createMortal } from "../pipeline/mortal-worker.ts";
import { sampleChannel } from "./sample-alert.ts";

const startMs = Date.parse("2026-03-01T12:00:00Z");
const at = "2026-03-01T12:00:00.000Z";
const claimMs = 60_000;
const channel = sampleChannel();
const { tenantId } = channel;
const deliveryId = "dlv_0123456789abcdef0123456789abcdef";
const message = { tenantId, deliveryId };
const pending: Delivery = {
  id: deliveryId,
  tenantId,
  channelId: channel.id,
  eventType: "api.changed",
  dependencyId: "dep_1",
  jobId: "job_1",
  causeKey: "cause_1",
  status: "pending",
  payload: '{"type":"api.changed"}',
  attempts: [],
  createdAt: at,
  updatedAt: at,
};

type Answer = Partial<PostOutcome> | Error;

let stores: MemoryStores;
let clock: VirtualClock;
let ports: DeliverPorts;
let posted: PostRequest[];
/** What the receiver answers, in order; the last one from then on. */
let answers: Answer[];

beforeEach(async () => {
  stores = createMemoryStores();
  clock = createVirtualClock(startMs);
  posted = [];
  answers = [{ status: 204 }];
  ports = {
    ...stores,
    queue: stores.deliveryQueue,
    nowMs: clock.nowMs,
    disableChannelAfterDays: 5,
    random: () => 0.5, // the middle of the jitter: the schedule itself
    async post(request) {
      posted.push(request);
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? {};
      if (answer instanceof Error) throw answer;
      return { status: 200, bodyExcerpt: "", elapsedMs: 12, ...answer };
    },
  };
  await stores.channels.create(channel);
  await stores.deliveries.putOnce(pending);
});

const stored = async (): Promise<Delivery> => {
  const delivery = await stores.deliveries.get(tenantId, deliveryId);
  if (delivery === undefined) throw new Error("the delivery is gone");
  return delivery;
};
const queued = () => stores.deliveryQueue.sent.map(({ delayMs }) => delayMs);

/** Delivers each time that the delivery is due, until it is no longer pending; gives how each attempt ended. */
const deliverUntilItEnds = async (): Promise<string[]> => {
  const ends: string[] = [];
  for (let delivery = await stored(); delivery.status === "pending"; delivery = await stored()) {
    await clock.advance(Math.max(0, Date.parse(delivery.nextAttemptAt ?? delivery.createdAt) - clock.nowMs()));
    ends.push(await deliver(ports, message));
  }
  return ends;
};

describe("deliver", () => {
  it("posts the payload, signed, to the channel's address and notes that it was sent", async () => {
    answers = [{ status: 202, bodyExcerpt: "thanks" }];
    expect(await deliver(ports, message)).toBe("sent");
    const headers = signWebhook(deliveryId, pending.payload, channel.secrets, startMs);
    expect(posted).toEqual([
      { url: channel.url, headers: { "content-type": "application/json", ...headers }, body: pending.payload },
    ]);
    expect(await stored()).toEqual({
      ...pending,
      status: "sent",
      attempts: [{ at, durationMs: 12, statusCode: 202, responseExcerpt: "thanks" }],
    });
    expect(queued()).toEqual([]);
  });

  it("plans another attempt after an answer that may pass, and queues it for that time", async () => {
    answers = [{ status: 503, bodyExcerpt: "later" }];
    expect(await deliver(ports, message)).toBe("retry");
    const error = "The receiver answered 503.";
    expect(await stored()).toEqual({
      ...pending,
      attempts: [{ at, durationMs: 12, statusCode: 503, responseExcerpt: "later", error }],
      nextAttemptAt: "2026-03-01T12:00:05.000Z",
    });
    expect(stores.deliveryQueue.sent).toEqual([{ ...message, delayMs: 5_000 }]);
  });

  it("waits as long as the receiver asks when that is longer", async () => {
    answers = [{ status: 429, retryAtMs: startMs + 90_000 }];
    expect(await deliver(ports, message)).toBe("retry");
    expect((await stored()).nextAttemptAt).toBe("2026-03-01T12:01:30.000Z");
    expect(queued()).toEqual([90_000]);
  });

  it("notes why no answer came, and tries again", async () => {
    const error = new UpstreamUnavailableError("https://hooks.example.com refused the connection");
    answers = [error, { status: 200 }];
    expect(await deliverUntilItEnds()).toEqual(["retry", "sent"]);
    expect((await stored()).attempts.map((attempt) => attempt.error)).toEqual([error.message, undefined]);
  });

  it("goes through the whole schedule of ten attempts before it gives up", async () => {
    answers = [{ status: 500 }];
    expect(await deliverUntilItEnds()).toEqual([...Array(9).fill("retry"), "failed"]);
    expect(queued()).toEqual(Array.from({ length: 9 }, (_, index) => retryDelayMs(index + 1, 0.5)));
    expect((await stored()).attempts.at(-1)?.error).toBe("The receiver answered 500. Given up after 10 attempts.");
    expect(posted).toHaveLength(10);
    expect(new Set(posted.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set([deliveryId]));
  });

  it("fails at once when the receiver refuses for good", async () => {
    answers = [{ status: 401 }];
    expect(await deliver(ports, message)).toBe("failed");
    expect(await stored()).toMatchObject({ status: "failed", attempts: [{ statusCode: 401 }] });
    expect(queued()).toEqual([]);
  });

  it("fails at once when the address may not be called", async () => {
    answers = [new PrivateAddressError("10.0.0.1 is not an address on the public internet (private).")];
    expect(await deliver(ports, message)).toBe("failed");
    expect((await stored()).attempts).toEqual([
      { at, durationMs: 0, error: "10.0.0.1 is not an address on the public internet (private)." },
    ]);
  });

  it("disables a channel whose receiver answers 410", async () => {
    answers = [{ status: 410 }];
    expect(await deliver(ports, message)).toBe("channelGone");
    expect(await stored()).toMatchObject({ status: "failed", attempts: [{ statusCode: 410 }] });
    expect(await stores.channels.get(tenantId, channel.id)).toEqual({
      ...channel,
      enabled: false,
      failingSince: at,
      disabledAt: at,
      disabledBecause: "The receiver answered 410: it wants no more messages.",
      updatedAt: at,
    });
  });

  it("sends nothing to a channel that was disabled since", async () => {
    await stores.channels.update(tenantId, channel.id, (one) => ({ ...one, enabled: false }));
    expect(await deliver(ports, message)).toBe("unsent");
    expect(await stored()).toEqual({
      ...pending,
      status: "failed",
      attempts: [{ at, durationMs: 0, error: "the channel is disabled" }],
    });
    expect(posted).toEqual([]);
  });

  it("sends nothing to a channel that was deleted since", async () => {
    await stores.channels.remove(tenantId, channel.id);
    expect(await deliver(ports, message)).toBe("unsent");
    expect((await stored()).attempts).toEqual([{ at, durationMs: 0, error: "the channel was deleted" }]);
    expect(posted).toEqual([]);
  });

  it("skips a delivery that is done, and one that is not there", async () => {
    await deliver(ports, message);
    expect(await deliver(ports, message)).toBe("skipped");
    expect(await deliver(ports, { tenantId, deliveryId: "dlv_unknown" })).toBe("skipped");
    expect(posted).toHaveLength(1);
    expect(queued()).toEqual([]);
  });

  it("knows no delivery of another tenant", async () => {
    expect(await deliver(ports, { tenantId: "ten_2", deliveryId })).toBe("skipped");
    expect(await stored()).toEqual(pending);
  });

  it("sends once for a message that came twice at once; the second goes back until the first is done", async () => {
    const ends = await Promise.all([deliver(ports, message), deliver(ports, message)]);
    expect(ends).toEqual(["sent", "early"]);
    expect(posted).toHaveLength(1);
    expect(queued()).toEqual([claimMs]);
    expect(await deliver(ports, message)).toBe("skipped");
    expect((await stored()).attempts).toHaveLength(1);
  });

  it("sends a message that came before its time back for what is left", async () => {
    answers = [{ status: 500 }];
    await deliver(ports, message);
    await clock.advance(2_000);
    expect(await deliver(ports, message)).toBe("early");
    expect(queued()).toEqual([5_000, 3_000]);
    await clock.advance(2_999);
    expect(await deliver(ports, message)).toBe("early");
    expect(queued().at(-1)).toBe(1_000); // at least a second
    expect(posted).toHaveLength(1);
  });

  it("sends again, under the same id, when its worker died before it wrote the answer down", async () => {
    const dead = { ...stores.deliveries, recordAttempt: () => Promise.reject(new Error("killed")) };
    await expect(deliver({ ...ports, deliveries: dead }, message)).rejects.toThrow("killed");
    expect(await deliver(ports, message)).toBe("early");
    await clock.advance(claimMs);
    expect(await deliver(ports, message)).toBe("sent");
    expect(posted.map(({ headers }) => headers["webhook-id"])).toEqual([deliveryId, deliveryId]);
  });

  it("puts an error that no one foresaw on the retry schedule, so that it cannot spin", async () => {
    answers = [new TypeError("x is not a function"), { status: 200 }];
    expect(await deliver(ports, message)).toBe("retry");
    expect((await stored()).attempts).toEqual([
      { at, durationMs: 0, error: "The message could not be sent: x is not a function" },
    ]);
    expect(queued()).toEqual([5_000]);
    expect(await deliverUntilItEnds()).toEqual(["sent"]);
  });
});

describe("a channel whose receiver fails", () => {
  const dayMs = 86_400_000;
  const other = sampleChannel({ id: "chn_2", name: "Other hook" });
  const channelNow = () => stores.channels.get(tenantId, channel.id);
  const sendAnother = async (number: number) => {
    const another = { ...pending, id: `dlv_${number}`, createdAt: new Date(clock.nowMs()).toISOString() };
    await stores.deliveries.putOnce(another);
    return deliver(ports, { tenantId, deliveryId: another.id });
  };
  const notices = async () =>
    (await stores.deliveries.list(tenantId, { limit: 100 })).items.filter(
      ({ eventType }) => eventType === "channel.disabled",
    );

  beforeEach(async () => {
    await stores.channels.create(other);
    await stores.channels.create(sampleChannel({ id: "chn_off", enabled: false }));
    await stores.channels.create(sampleChannel({ id: "chn_foreign", tenantId: "ten_2" }));
    answers = [{ status: 500 }];
  });

  it("fails from its first failed attempt until a message is delivered", async () => {
    await deliver(ports, message);
    await clock.advance(dayMs);
    await sendAnother(1);
    expect(await channelNow()).toEqual({ ...channel, failingSince: at });
    answers = [{ status: 204 }];
    await sendAnother(2);
    expect(await channelNow()).toEqual(channel);
  });

  it("is disabled after five days of it, and the tenant's other channels are told once", async () => {
    await deliver(ports, message);
    await clock.advance(5 * dayMs - 1);
    await sendAnother(1);
    expect(await channelNow()).toMatchObject({ enabled: true });
    await clock.advance(1);
    await sendAnother(2);
    const disabledAt = "2026-03-06T12:00:00.000Z";
    const disabledBecause = `Nothing was delivered since ${at}. The receiver answered 500.`;
    expect(await channelNow()).toEqual({
      ...channel,
      enabled: false,
      failingSince: at,
      disabledAt,
      disabledBecause,
      updatedAt: disabledAt,
    });
    expect(await sendAnother(3)).toBe("unsent");
    const [notice, ...more] = await notices();
    expect([notice?.channelId, notice?.status, more]).toEqual(["chn_2", "pending", []]);
    expect(JSON.parse(notice?.payload ?? "")).toEqual({
      type: "channel.disabled",
      timestamp: disabledAt,
      data: {
        tenantId,
        channel: { id: "chn_1", name: "Team hook", type: "webhook" },
        reason: disabledBecause,
        failingSince: at,
      },
    });
    expect(stores.deliveryQueue.sent).toContainEqual({ tenantId, deliveryId: notice?.id, delayMs: 0 });
  });

  it("is told of once, whichever of its steps the worker that disables it dies before or after", async () => {
    answers = [{ status: 410 }];
    for (let atCall = 2; atCall <= 8; atCall += 1) {
      for (const when of ["before", "after"] as const) {
        stores = createMemoryStores();
        for (const one of [channel, other]) await stores.channels.create(one);
        await stores.deliveries.putOnce(pending);
        const worker = createMortal({ atCall, when });
        const mortal = {
          channels: worker.mortal(stores.channels),
          deliveries: worker.mortal(stores.deliveries),
          queue: worker.mortal(stores.deliveryQueue),
        };
        await Promise.race([worker.died, deliver({ ...ports, ...mortal }, message)]);
        const next = { ...ports, ...stores, queue: stores.deliveryQueue };
        await deliver({ ...next, nowMs: () => clock.nowMs() + claimMs }, message);
        const told = (await notices()).map(({ id }) => id);
        const isQueued = stores.deliveryQueue.sent.some(({ deliveryId }) => deliveryId === told[0]);
        expect({ atCall, when, told: told.length, isQueued }).toEqual({ atCall, when, told: 1, isQueued: true });
      }
    }
  });

  it("begins anew when a person enables it or gives it another receiver", async () => {
    answers = [{ status: 410 }];
    await deliver(ports, message);
    const patched = await stores.channels.update(tenantId, channel.id, (one) =>
      applyChannelPatch(one, { enabled: true }, startMs),
    );
    expect(patched).toEqual({ ...channel, updatedAt: at });
    answers = [{ status: 500 }];
    await sendAnother(1);
    expect(await channelNow()).toMatchObject({ failingSince: at });
    const url = "https://other.example.com/";
    await stores.channels.update(tenantId, channel.id, (one) => applyChannelPatch(one, { url }, startMs));
    expect(await channelNow()).toEqual({ ...channel, url, updatedAt: at });
  });
});

describe("a delivery that was reopened", () => {
  const reopen = () => stores.deliveries.reopen(tenantId, deliveryId, clock.nowMs());

  it("is sent once more after it was sent", async () => {
    await deliver(ports, message);
    await reopen();
    expect(await deliver(ports, message)).toBe("sent");
    expect((await stored()).attempts.map((attempt) => attempt.statusCode)).toEqual([204, 204]);
  });

  it("starts the retry schedule anew, each time, and keeps the newest of its earlier attempts", async () => {
    ports = { ...ports, disableChannelAfterDays: 90 };
    answers = [{ status: 500 }];
    await deliverUntilItEnds();
    for (const attemptsKept of [20, 20]) {
      await reopen();
      expect(await deliverUntilItEnds()).toEqual([...Array(9).fill("retry"), "failed"]);
      expect((await stored()).attempts).toHaveLength(attemptsKept);
      expect((await stored()).attempts.at(-1)?.error).toBe("The receiver answered 500. Given up after 10 attempts.");
    }
  });

  it("is due at once, whatever its schedule was", async () => {
    answers = [{ status: 500 }, { status: 404 }, { status: 200 }];
    await deliverUntilItEnds();
    await reopen();
    expect(await deliver(ports, message)).toBe("sent");
    expect((await stored()).status).toBe("sent");
  });
});
