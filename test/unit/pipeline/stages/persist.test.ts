import { beforeEach, describe, expect, it } from "vitest";
import type { SyncJob } from "../../../../shared/jobs/job.ts";
import { createMemoryStores, type MemoryStores } from "../../../../shared/memory/memory-stores.ts";
import { MissingBodyError } from "../../../../shared/pipeline/errors.ts";
import { persistStage } from "../../../../shared/pipeline/stages/persist.ts";
import { changeSetFixture, storeChangeSet } from "../change-sets.ts";
import { checkpointAt, dependencyId, jobAfter, jobId, stageContext, tenantId } from "../stage-context.ts";

const baseSnapshotId = "01KDTV0000000000BASE000001-00";
const snapshotId = `${jobId}-${"ab".repeat(16)}`;

let stores: MemoryStores;
let batches: number[];

beforeEach(() => {
  stores = createMemoryStores();
  batches = [];
});

const jobWith = async (findings: number, fields: Partial<SyncJob> = {}): Promise<SyncJob> => {
  const diff = await storeChangeSet(stores.bodies, changeSetFixture(["breaking"], findings));
  return jobAfter({ snapshot: { outcome: "changed", snapshotId }, diff }, { baseSnapshotId, ...fields });
};
const stage = () => {
  const putOnce: typeof stores.changes.putOnce = (events) => {
    batches.push(events.length);
    return stores.changes.putOnce(events);
  };
  return persistStage({ bodies: stores.bodies, changes: { ...stores.changes, putOnce } });
};
const stored = async () => (await stores.changes.list(tenantId, {}, { limit: 100 })).items;

describe("persist", () => {
  it("writes one change event for each finding", async () => {
    const job = await jobWith(1);
    expect(await stage().run(stageContext({ job }))).toEqual({ result: "completed", output: { changes: 1 } });
    expect(await stored()).toEqual([
      {
        id: expect.stringMatching(new RegExp(`^${jobId}-[0-9a-f]{32}$`)),
        tenantId,
        dependencyId,
        fromSnapshotId: baseSnapshotId,
        toSnapshotId: snapshotId,
        ruleId: "operation-removed",
        kind: "remove",
        severity: "breaking",
        operation: { method: "GET", path: "/things/1" },
        pointer: "/paths/~1things~11/get",
        summary: "GET /things/1 was removed",
        detail: {
          args: { number: 1 },
          direction: "none",
          before: { pointer: "/paths/~1things~11/get", line: 1 },
          after: null,
        },
        causeKey: "cause-1",
        causeScope: "endpoint",
        affectedOperations: [{ method: "GET", path: "/things/1" }],
        affectedOperationCount: 1,
        detectedAt: checkpointAt,
      },
    ]);
  });

  it("has nothing to write for a baseline", async () => {
    const diff = { changeSetKey: null, breaking: 0, risky: 0, safe: 0, causes: 0 };
    const job = jobAfter({ snapshot: { outcome: "baseline", snapshotId }, diff });
    expect(await stage().run(stageContext({ job }))).toEqual({ result: "completed", output: { changes: 0 } });
    expect(batches).toEqual([]);
  });

  it("writes in batches", async () => {
    const job = await jobWith(60);
    expect(await stage().run(stageContext({ job }))).toEqual({ result: "completed", output: { changes: 60 } });
    expect(batches).toEqual([25, 25, 10]);
    expect(await stored()).toHaveLength(60);
  });

  it("hands over when its time is up, and goes on from the cursor", async () => {
    const first = stageContext({ job: await jobWith(60), slices: 2 });
    expect(await stage().run(first)).toEqual({ result: "yielded" });
    expect(first.saved).toEqual([{ message: "wrote 50 of 60 changes", completed: 50, total: 60, cursor: "50" }]);
    expect(await stored()).toHaveLength(50);

    const second = stageContext({ job: await jobWith(60, { progress: first.saved[0] }) });
    expect(await stage().run(second)).toEqual({ result: "completed", output: { changes: 60 } });
    expect(batches).toEqual([25, 25, 10]);
    expect(await stored()).toHaveLength(60);
  });

  it("changes nothing when it runs again, not even what was acknowledged since", async () => {
    const job = await jobWith(3);
    await stage().run(stageContext({ job }));
    const [change] = await stored();
    await stores.changes.acknowledge(tenantId, change?.id ?? "", "key-1", checkpointAt);
    const before = await stored();
    expect(await stage().run(stageContext({ job }))).toEqual({ result: "completed", output: { changes: 3 } });
    expect(await stored()).toEqual(before);
  });

  it("writes nothing more once it was told to stop", async () => {
    const reason = new Error("the lease is lost");
    const context = stageContext({ job: await jobWith(3), signal: AbortSignal.abort(reason) });
    await expect(stage().run(context)).rejects.toBe(reason);
    expect(await stored()).toEqual([]);
  });

  it("lists a thousand of the operations that a change reaches, and tells their true number", async () => {
    const changeSet = changeSetFixture(["breaking"]);
    const [finding] = changeSet.findings;
    if (finding === undefined) throw new Error("the fixture has no finding");
    finding.affectedOperations = Array.from({ length: 1_500 }, (_, index) => ({ method: "GET", path: `/${index}` }));
    const diff = await storeChangeSet(stores.bodies, changeSet);
    const job = jobAfter({ snapshot: { outcome: "changed", snapshotId }, diff }, { baseSnapshotId });
    await stage().run(stageContext({ job }));
    const [event] = await stored();
    expect([event?.affectedOperations.length, event?.affectedOperationCount]).toEqual([1_000, 1_500]);
  });

  it("says so when the change set is gone", async () => {
    const diff = { changeSetKey: "gone", breaking: 1, risky: 0, safe: 0, causes: 1 };
    const job = jobAfter({ snapshot: { outcome: "changed", snapshotId }, diff }, { baseSnapshotId });
    await expect(stage().run(stageContext({ job }))).rejects.toEqual(new MissingBodyError("gone"));
  });
});
