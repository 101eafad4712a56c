import { beforeEach, describe, expect, it } from "vitest";
import { deliver } from "../../../../shared/alerts/deliver.ts";
import { type Digest, type DigestEntry, digestAfter } from "../../../../shared/alerts/digests/digest.ts";
import { sendDueDigests } from "../../../../shared/alerts/digests/send-due-digests.ts";
import type { Level } from "../../../../shared/diff/change-set.ts";
import { createMemoryStores, type MemoryStores } from "../../../../shared/memory/memory-stores.ts";
import { createMortal } from "../../pipeline/mortal-worker.ts";
import { sampleChannel } from "../sample-alert.ts";

const tenantId = "ten_1";
const at = Date.parse("2026-03-04T10:20:00Z");
const dueMs = Date.parse("2026-03-04T11:00:00Z");
const digest = digestAfter(at, { tenantId, channelId: "chn_1", every: "hourly", timeZone: "UTC" });

let stores: MemoryStores;
let nowMs: number;
beforeEach(async () => {
  stores = createMemoryStores();
  nowMs = dueMs;
  await stores.channels.create(sampleChannel());
});

const collect = (number: number, severity: Level = "risky", into: Digest = digest) => {
  const foundAt = new Date(at).toISOString();
  const deliveryId = `dlv_${number}`;
  const delivery = {
    id: deliveryId,
    tenantId,
    channelId: "chn_1",
    eventType: "api.changed" as const,
    status: "digested" as const,
    digestId: into.id,
    payload: "{}",
    attempts: [],
    createdAt: foundAt,
    updatedAt: foundAt,
  };
  const entry: DigestEntry = {
    deliveryId,
    dependency: { id: "dep_1", name: "Payments" },
    causeKey: `cause_${number}`,
    severity,
    summary: `Edit ${number}`,
    operationCount: 2,
    foundAt,
  };
  return stores.digests.collect(delivery, entry, into);
};

const run = (own: Partial<MemoryStores> = {}, limit = 10) => {
  const { digests, deliveries, deliveryQueue: queue } = { ...stores, ...own };
  return sendDueDigests({ digests, deliveries, queue, nowMs: () => nowMs, log: () => {} }, limit);
};

/** What a receiver of webhooks gets of all that is queued. */
const received = async () => {
  const bodies: { id: string | undefined; body: string }[] = [];
  const post = async ({ headers, body }: { headers: Record<string, string>; body: string }) => {
    bodies.push({ id: headers["webhook-id"], body });
    return { status: 204, bodyExcerpt: "", elapsedMs: 1 };
  };
  const ports = {
    ...stores,
    queue: stores.deliveryQueue,
    disableChannelAfterDays: 5,
    post,
    nowMs: () => nowMs,
    random: () => 0,
  };
  for (const { deliveryId } of [...stores.deliveryQueue.sent]) await deliver(ports, { tenantId, deliveryId });
  return bodies;
};

describe("the digest of a time", () => {
  const dueOf = (every: "hourly" | "daily", iso: string, timeZone = "UTC") =>
    digestAfter(Date.parse(iso), { tenantId, channelId: "chn_1", every, timeZone }).dueAt;

  it("is due at the next full hour, or at nine in the morning there", () => {
    expect(dueOf("hourly", "2026-03-04T10:00:00Z")).toBe("2026-03-04T11:00:00.000Z");
    expect(dueOf("hourly", "2026-03-04T10:59:59.999Z")).toBe("2026-03-04T11:00:00.000Z");
    expect(dueOf("daily", "2026-03-04T09:00:00Z")).toBe("2026-03-05T09:00:00.000Z");
    expect(dueOf("daily", "2026-03-28T12:00:00Z", "Europe/Berlin")).toBe("2026-03-29T07:00:00.000Z"); // summer begins
    expect(dueOf("daily", "2026-03-04T12:00:00Z", "America/New_York")).toBe("2026-03-04T14:00:00.000Z");
  });

  it("is the same one for the same channel and time, and another for another", () => {
    const of = (own: object) =>
      digestAfter(at, { tenantId, channelId: "chn_1", every: "hourly", timeZone: "UTC", ...own }).id;
    expect(of({})).toBe(digestAfter(at + 60_000, { ...digest, timeZone: "Asia/Tokyo" }).id);
    const ids = [of({}), of({ tenantId: "ten_2" }), of({ channelId: "chn_2" }), of({ every: "daily" })];
    expect(new Set(ids).size).toBe(4);
  });
});

describe("sending due digests", () => {
  it("sends one message with all causes, worst first, when it is due and not before", async () => {
    await collect(1, "safe");
    await collect(2, "breaking");
    nowMs = dueMs - 1;
    expect(await run()).toEqual({ sent: 0, failed: 0 });
    nowMs = dueMs;
    expect(await run()).toEqual({ sent: 1, failed: 0 });
    expect(await run()).toEqual({ sent: 0, failed: 0 });
    const [message, ...others] = await received();
    expect([message?.id, others]).toEqual([digest.id, []]);
    const cause = (number: number, severity: Level) => ({
      key: `cause_${number}`,
      deliveryId: `dlv_${number}`,
      dependency: { id: "dep_1", name: "Payments" },
      severity,
      summary: `Edit ${number}`,
      operationCount: 2,
      foundAt: "2026-03-04T10:20:00.000Z",
    });
    expect(JSON.parse(message?.body ?? "")).toEqual({
      type: "api.digest",
      timestamp: "2026-03-04T11:00:00.000Z",
      data: {
        tenantId,
        every: "hourly",
        counts: { breaking: 1, risky: 0, safe: 1 },
        causes: [cause(2, "breaking"), cause(1, "safe")],
        causeCount: 2,
      },
    });
  });

  it("takes nothing more once it is closed, so that nothing is lost between reading and sending", async () => {
    await collect(1);
    await run();
    expect(await collect(2)).toBe("closed");
    const next = digestAfter(dueMs, { tenantId, channelId: "chn_1", every: "hourly", timeZone: "UTC" });
    expect(await collect(2, "risky", next)).toBe("collected");
    nowMs = Date.parse(next.dueAt);
    await run();
    expect((await received()).map(({ body }) => JSON.parse(body).data.causeCount)).toEqual([1, 1]);
  });

  it("sends each once and whole, whichever of its steps a run dies before or after", async () => {
    for (let atCall = 1; atCall <= 6; atCall += 1) {
      for (const when of ["before", "after"] as const) {
        stores = createMemoryStores();
        await stores.channels.create(sampleChannel());
        for (const number of [1, 2, 3]) await collect(number);
        const worker = createMortal({ atCall, when });
        const dying = run({
          digests: worker.mortal(stores.digests),
          deliveries: worker.mortal(stores.deliveries),
          deliveryQueue: worker.mortal(stores.deliveryQueue),
        });
        await Promise.race([worker.died, dying]);
        await run();
        const bodies = await received();
        expect({ atCall, when, counts: bodies.map(({ body }) => JSON.parse(body).data.causeCount) }).toEqual({
          atCall,
          when,
          counts: [3],
        });
        expect(await stores.digests.listDue(nowMs, 10)).toEqual([]);
      }
    }
  });

  it("sends once when two runs meet, and the others when one fails", async () => {
    await collect(1);
    const other = { ...digest, id: "dlv_other", channelId: "chn_2" };
    await collect(2, "risky", other);
    const { putOnce } = stores.deliveries;
    const deliveries: MemoryStores["deliveries"] = {
      ...stores.deliveries,
      putOnce: (delivery) =>
        delivery.id === other.id ? Promise.reject(new Error("the table is gone")) : putOnce(delivery),
    };
    expect(await run({ deliveries })).toEqual({ sent: 1, failed: 1 });
    await Promise.all([run(), run()]);
    expect((await received()).map(({ id }) => id)).toEqual([digest.id]);
    expect(await stores.deliveries.get(tenantId, other.id)).toMatchObject({ status: "failed" }); // it has no channel
  });
});
