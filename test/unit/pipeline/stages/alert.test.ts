import { beforeEach, describe, expect, it } from "vitest";
import { deliver } from "../../../../shared/alerts/deliver.ts";
import { type AlertPreference, weekdays } from "../../../../shared/alerts/preferences/alert-preference.ts";
import type { Level } from "../../../../shared/diff/change-set.ts";
import type { SyncJob } from "../../../../shared/jobs/job.ts";
import { createMemoryStores, type MemoryStores } from "../../../../shared/memory/memory-stores.ts";
import { alertStage } from "../../../../shared/pipeline/stages/alert.ts";
import { bodyKeys } from "../../../../shared/snapshots/ports.ts";
import { sampleSnapshot } from "../../../conformance/samples.ts";
import { samplePreference } from "../../alerts/preferences/sample-preference.ts";
import { sampleChannel } from "../../alerts/sample-alert.ts";
import { dependencyFixture } from "../../sync-fixtures.ts";
import { changeSetFixture, storeChangeSet } from "../change-sets.ts";
import { checkpointAt, dependencyId, jobAfter, jobId, nowMs, stageContext, tenantId } from "../stage-context.ts";

const baseSnapshotId = "01KDTV0000000000BASE000001-00";
const snapshotId = `${jobId}-${"ab".repeat(16)}`;
const at = "2026-01-01T00:00:00.000Z";

let stores: MemoryStores;

beforeEach(() => {
  stores = createMemoryStores();
});

const addChannel = (number: number, fields: Parameters<typeof sampleChannel>[0] = {}) =>
  stores.channels.create(sampleChannel({ id: `chn_${number}`, tenantId, minSeverity: "safe", ...fields }));
const jobWith = async (levels: readonly Level[], fields: Partial<SyncJob> = {}): Promise<SyncJob> => {
  const diff = await storeChangeSet(stores.bodies, changeSetFixture(levels));
  return jobAfter({ snapshot: { outcome: "changed", snapshotId }, diff }, { baseSnapshotId, ...fields });
};
const stage = () => alertStage({ ...stores, queue: stores.deliveryQueue, usage: stores.dependencyUsage });
const stored = async () => (await stores.deliveries.list(tenantId, { limit: 100 })).items;
const queued = () => stores.deliveryQueue.sent.map(({ deliveryId }) => deliveryId);
/** Cause and channel of every delivery, sorted. */
const pairs = async () => (await stored()).map(({ causeKey, channelId }) => `${causeKey} ${channelId}`).sort();

describe("alert", () => {
  it("plans a delivery with everything that is sent, and queues it", async () => {
    await addChannel(1);
    const job = await jobWith(["breaking"]);
    expect(await stage().run(stageContext({ job }))).toEqual({ result: "completed", output: { deliveries: 1 } });
    const [delivery] = await stored();
    const { payload, ...rest } = delivery ?? { payload: "" };
    expect(rest).toEqual({
      id: expect.stringMatching(/^dlv_[0-9a-f]{32}$/),
      tenantId,
      channelId: "chn_1",
      eventType: "api.changed",
      dependencyId,
      jobId,
      causeKey: "cause-1",
      status: "pending",
      attempts: [],
      createdAt: at,
      updatedAt: at,
    });
    const operation = { method: "GET", path: "/things/1" };
    expect(JSON.parse(payload)).toEqual({
      type: "api.changed",
      timestamp: checkpointAt,
      data: {
        tenantId,
        dependency: { id: dependencyId, name: "Petstore" },
        cause: { key: "cause-1", scope: "endpoint", severity: "breaking", summary: "1 operations were removed" },
        operations: [operation],
        operationCount: 1,
        changes: [
          {
            id: expect.stringMatching(new RegExp(`^${jobId}-`)),
            ruleId: "operation-removed",
            severity: "breaking",
            summary: "GET /things/1 was removed",
            operation,
            pointer: "/paths/~1things~11/get",
          },
        ],
        changeCount: 1,
        fromSnapshotId: baseSnapshotId,
        toSnapshotId: snapshotId,
        links: { changes: `/api/dependencies/${dependencyId}/changes?causeKey=cause-1` },
      },
    });
    expect(stores.deliveryQueue.sent).toEqual([{ tenantId, deliveryId: delivery?.id, delayMs: 0 }]);
  });

  it("plans one for each cause and each channel of the tenant that wants its severity", async () => {
    await addChannel(1);
    await addChannel(2, { minSeverity: "breaking" });
    await addChannel(3, { enabled: false });
    await addChannel(4, { tenantId: "another tenant" });
    const job = await jobWith(["breaking", "safe"]);
    expect(await stage().run(stageContext({ job }))).toEqual({ result: "completed", output: { deliveries: 3 } });
    expect(await pairs()).toEqual(["cause-1 chn_1", "cause-1 chn_2", "cause-2 chn_1"]);
  });

  it("reads all channels of a tenant that has more than a page of them", async () => {
    for (let number = 1; number <= 120; number += 1) await addChannel(number);
    const job = await jobWith(["breaking"]);
    expect(await stage().run(stageContext({ job }))).toEqual({ result: "completed", output: { deliveries: 120 } });
  });

  it("has nothing to tell of a baseline", async () => {
    await addChannel(1);
    const diff = { changeSetKey: null, breaking: 0, risky: 0, safe: 0, causes: 0 };
    const job = jobAfter({ snapshot: { outcome: "baseline", snapshotId }, diff });
    expect(await stage().run(stageContext({ job }))).toEqual({ result: "completed", output: { deliveries: 0 } });
    expect(await stored()).toEqual([]);
  });

  it("plans the same when it runs again, and queues them once more, which sends nothing twice", async () => {
    await addChannel(1);
    const job = await jobWith(["breaking", "risky"]);
    await stage().run(stageContext({ job }));
    const before = await stored();
    expect(await stage().run(stageContext({ job }))).toEqual({ result: "completed", output: { deliveries: 2 } });
    expect(await stored()).toEqual(before);
    const [first, second] = queued();
    expect(queued()).toEqual([first, second, first, second]);

    let posts = 0;
    const post = async () => {
      posts += 1;
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
    for (const deliveryId of queued()) await deliver(ports, { tenantId, deliveryId });
    expect(posts).toBe(2);
  });

  it("queues what was written but not queued before its worker died", async () => {
    await addChannel(1);
    const job = await jobWith(["breaking"]);
    const queue = { send: () => Promise.reject(new Error("killed")) };
    await expect(
      alertStage({ ...stores, queue, usage: stores.dependencyUsage }).run(stageContext({ job })),
    ).rejects.toThrow("killed");
    await stage().run(stageContext({ job }));
    expect(queued()).toEqual((await stored()).map(({ id }) => id));
  });

  it("hands over when its time is up, and goes on after the last one that it queued", async () => {
    for (const number of [1, 2, 3]) await addChannel(number);
    const levels: Level[] = ["breaking"];
    const first = stageContext({ job: await jobWith(levels), slices: 2 });
    expect(await stage().run(first)).toEqual({ result: "yielded" });
    expect(first.saved).toEqual([{ message: "queued 2 of 3 deliveries", completed: 2, total: 3, cursor: queued()[1] }]);
    const second = stageContext({ job: await jobWith(levels, { progress: first.saved[0] }) });
    expect(await stage().run(second)).toEqual({ result: "completed", output: { deliveries: 3 } });
    expect(queued()).toHaveLength(3);
    expect(await stored()).toHaveLength(3);
  });

  it("begins again when the channel that it stopped at is gone meanwhile", async () => {
    for (const number of [1, 2, 3]) await addChannel(number);
    const levels: Level[] = ["breaking"];
    const first = stageContext({ job: await jobWith(levels), slices: 1 });
    await stage().run(first);
    const stoppedAt = (await stored())[0]?.channelId ?? "";
    await stores.channels.remove(tenantId, stoppedAt);
    const second = stageContext({ job: await jobWith(levels, { progress: first.saved[0] }) });
    expect(await stage().run(second)).toEqual({ result: "completed", output: { deliveries: 2 } });
    expect(await stored()).toHaveLength(3);
  });

  it("writes nothing more once it was told to stop", async () => {
    await addChannel(1);
    const reason = new Error("the lease is lost");
    const context = stageContext({ job: await jobWith(["breaking"]), signal: AbortSignal.abort(reason) });
    await expect(stage().run(context)).rejects.toBe(reason);
    expect(await stored()).toEqual([]);
  });

  describe("with alert preferences", () => {
    const prefer = (number: number, fields: Partial<AlertPreference> = {}) =>
      stores.alertPreferences.create(
        samplePreference({ id: `prf_${number}`, tenantId, channels: ["chn_1"], minSeverity: "safe", ...fields }),
      );
    const states = async () =>
      (await stored()).map(({ causeKey, status, preferenceId }) => [causeKey, status, preferenceId]).sort();
    const wholeNight = { from: "00:00", to: "00:00", days: [...weekdays] };

    it("sends a cause that two of them want to one channel once", async () => {
      await addChannel(1);
      await prefer(1, { scope: "endpoint", scopeValue: "GET /things/*" });
      await prefer(2);
      const job = await jobWith(["breaking"]);
      expect(await stage().run(stageContext({ job }))).toEqual({ result: "completed", output: { deliveries: 1 } });
      expect(await states()).toEqual([["cause-1", "pending", "prf_2"]]);
      expect(queued()).toHaveLength(1);
    });

    it("records what is muted, sends nothing of it, and sends it when a person says so", async () => {
      await addChannel(1);
      await prefer(1, { mute: wholeNight });
      const job = await jobWith(["breaking"]);
      await stage().run(stageContext({ job }));
      expect(await states()).toEqual([["cause-1", "muted", "prf_1"]]);
      expect(queued()).toEqual([]);
      const [delivery] = await stored();
      expect(await stores.deliveries.reopen(tenantId, delivery?.id ?? "", nowMs)).toMatchObject({ status: "pending" });
    });

    it("collects in the digest that is due next, once however often it runs", async () => {
      await addChannel(1);
      await prefer(1, { digest: "hourly" });
      const job = await jobWith(["breaking", "risky"]);
      for (let runs = 0; runs < 2; runs += 1) await stage().run(stageContext({ job }));
      const [due, ...others] = await stores.digests.listDue(nowMs, 10);
      expect([due?.dueAt, due?.channelId, others]).toEqual(["2026-01-01T00:00:00.000Z", "chn_1", []]); // found at 23:30
      if (due === undefined) throw new Error("there is no digest");
      const deliveries = await stored();
      expect(deliveries.map(({ status, digestId }) => [status, digestId])).toEqual([
        ["digested", due.id],
        ["digested", due.id],
      ]);
      expect(
        (await stores.digests.listEntries(due, 10)).map(({ causeKey, severity }) => [causeKey, severity]).sort(),
      ).toEqual([
        ["cause-1", "breaking"],
        ["cause-2", "risky"],
      ]);
      // A message for one that waits in a digest is skipped.
      const post = () => Promise.reject(new Error("nothing is to be sent"));
      const ports = {
        ...stores,
        queue: stores.deliveryQueue,
        disableChannelAfterDays: 5,
        post,
        nowMs: () => nowMs,
        random: () => 0,
      };
      for (const deliveryId of queued()) expect(await deliver(ports, { tenantId, deliveryId })).toBe("skipped");
    });

    it("collects in the one after, when it comes late for a digest that is closed", async () => {
      await addChannel(1);
      await prefer(1, { digest: "hourly" });
      await stage().run(stageContext({ job: await jobWith(["breaking"]) }));
      const [due] = await stores.digests.listDue(nowMs, 1);
      if (due === undefined) throw new Error("there is no digest");
      await stores.digests.close(due);
      await stage().run(stageContext({ job: await jobWith(["breaking", "safe"]) }));
      const nextMs = Date.parse(due.dueAt) + 3_600_000;
      const later = (await stores.digests.listDue(nextMs, 10)).filter(({ id }) => id !== due.id);
      expect(later.map(({ dueAt }) => dueAt)).toEqual([new Date(nextMs).toISOString()]);
    });

    it("queues what was written before a preference put it into a digest", async () => {
      await addChannel(1);
      const job = await jobWith(["breaking"]);
      const queue = { send: () => Promise.reject(new Error("killed")) };
      await expect(
        alertStage({ ...stores, queue, usage: stores.dependencyUsage }).run(stageContext({ job })),
      ).rejects.toThrow("killed");
      await prefer(1, { digest: "daily" });
      await stage().run(stageContext({ job }));
      expect(queued()).toEqual((await stored()).map(({ id }) => id));
      expect(await stored()).toMatchObject([{ status: "pending" }]);
    });

    it("knows an operation's domain by the snapshots, a removed one's by the older", async () => {
      await addChannel(1);
      await prefer(1, { scope: "domain", scopeValue: "billing" });
      const operation = { method: "GET", tags: ["billing"], deprecated: false, domain: "billing", hash: "h" };
      const snapshotWith = async (id: string, paths: string[]) => {
        const operationsKey = bodyKeys.operations(tenantId, id);
        const operations = JSON.stringify(paths.map((path) => ({ ...operation, path })));
        await stores.bodies.putOnce(operationsKey, new TextEncoder().encode(operations), "application/json");
        await stores.snapshots.putOnce(sampleSnapshot({ id, tenantId, dependencyId, operationsKey }));
      };
      await snapshotWith(baseSnapshotId, ["/things/2"]);
      await snapshotWith(snapshotId, []);
      const job = await jobWith(["breaking", "breaking"]);
      await stage().run(stageContext({ job }));
      expect(await states()).toEqual([["cause-2", "pending", "prf_1"]]);
    });
  });

  it("names who looks after the dependency, and which services call what changed", async () => {
    await addChannel(1);
    const call = (number: number) => ({ method: "GET", path: `/things/${number}` });
    await stores.dependencyUsage.change(tenantId, dependencyId, () => ({
      tenantId,
      dependencyId,
      consumers: [
        { name: "billing", owner: "payments", operations: [call(1)] },
        { name: "search", operations: [call(2), call(3)] },
      ],
      updatedAt: at,
    }));
    const dependency = dependencyFixture({ owner: "platform" });
    await stage().run(stageContext({ job: await jobWith(["breaking"]), dependency }));
    const [delivery] = await stored();
    expect(JSON.parse(delivery?.payload ?? "").data).toMatchObject({
      owner: "platform",
      consumers: [{ name: "billing", owner: "payments", operationCount: 1 }],
      consumerCount: 1,
    });
  });
});
