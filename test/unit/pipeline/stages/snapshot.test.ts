import { decodeTime } from "ulid";
import { beforeEach, describe, expect, it } from "vitest";
import { createMemoryStores, type MemoryStores } from "../../../../shared/memory/memory-stores.ts";
import { snapshotStage } from "../../../../shared/pipeline/stages/snapshot.ts";
import type { Snapshot } from "../../../../shared/snapshots/snapshot.ts";
import { checkpointAt, dependencyId, jobAfter, jobId, stageContext, tenantId } from "../stage-context.ts";

const bodySha256 = "ab".repeat(32);
/** `01KDVBYC60` is `checkpointAt`, the time of the fetch; the rest of the ULID is the job's. */
const snapshotId = `01KDVBYC60${jobId.slice(10)}-${"ab".repeat(16)}`;
const outputs = {
  fetch: { outcome: "body", bodyKey: "body", bodySha256, bodyBytes: 321, sourceUrl: "https://a.example/v2.json" },
  parse: { dialect: "openapi-3.0", version: "3.0.3", format: "json", warningCount: 2, warnings: [] },
  normalize: {
    modelKey: "model",
    operationsKey: "operations",
    rootHash: "root-2",
    annotationsHash: "notes-2",
    operationCount: 7,
    title: "Pets",
    apiVersion: "2.0.0",
    warningCount: 3,
    warnings: [],
  },
};
const written: Snapshot = {
  id: snapshotId,
  tenantId,
  dependencyId,
  jobId,
  createdAt: checkpointAt,
  isBaseline: true,
  previousSnapshotId: null,
  bodySha256,
  bodyKey: "body",
  bodyBytes: 321,
  modelKey: "model",
  operationsKey: "operations",
  operationCount: 7,
  rootHash: "root-2",
  annotationsHash: "notes-2",
  dialect: "openapi-3.0",
  format: "json",
  title: "Pets",
  version: "2.0.0",
  sourceUrl: "https://a.example/v2.json",
  warningCount: 5,
};
const base: Snapshot = { ...written, id: "01KDTV0000000000BASE000001-00", rootHash: "root-1" };

let stores: MemoryStores;

beforeEach(() => {
  stores = createMemoryStores();
});

const run = (baseSnapshotId: string | null) =>
  snapshotStage(stores).run(stageContext({ job: jobAfter(outputs, { baseSnapshotId }) }));
const all = async () => (await stores.snapshots.list(tenantId, dependencyId, { limit: 10 })).items;

describe("snapshot", () => {
  it("writes the baseline of a dependency that has no snapshot yet", async () => {
    expect(await run(null)).toEqual({ result: "completed", output: { outcome: "baseline", snapshotId } });
    expect(await all()).toEqual([written]);
    expect(decodeTime(snapshotId.slice(0, 26))).toBe(Date.parse(checkpointAt));
  });

  it("writes what follows the snapshot that the job is pinned to", async () => {
    await stores.snapshots.putOnce(base);
    expect(await run(base.id)).toEqual({ result: "completed", output: { outcome: "changed", snapshotId } });
    expect(await stores.snapshots.get(tenantId, dependencyId, snapshotId)).toEqual({
      ...written,
      isBaseline: false,
      previousSnapshotId: base.id,
    });
  });

  it("writes none of a document that means what the pinned snapshot means", async () => {
    const same = { ...base, rootHash: "root-2", bodySha256: "cd".repeat(32) };
    await stores.snapshots.putOnce(same);
    expect(await run(same.id)).toEqual({ result: "completed", output: { outcome: "unchanged", snapshotId: same.id } });
    expect(await all()).toEqual([same]);
  });

  it("writes the same one, once, when it runs again", async () => {
    const first = await run(null);
    expect(await run(null)).toEqual(first);
    expect(await all()).toEqual([written]);
  });

  const changed = { ...written, isBaseline: false, previousSnapshotId: base.id };
  /** What another job wrote before it failed, a while before this one fetched. */
  const unfinished: Snapshot = {
    ...changed,
    id: `01KDVBYC5000000000OTHERJOB-${"ab".repeat(16)}`,
    jobId: "01KDTV00000000000OTHERJOB",
    createdAt: "2025-12-31T23:29:59.000Z",
  };

  it("takes over the one that an earlier job wrote before it failed, as it is", async () => {
    await stores.snapshots.putOnce(base);
    await stores.snapshots.putOnce(unfinished);
    const output = { outcome: "changed", snapshotId: unfinished.id };
    expect(await run(base.id)).toEqual({ result: "completed", output });
    expect(await all()).toEqual([unfinished, base]);
  });

  it("takes over one that means the same in other bytes, so that its changes are told once", async () => {
    const inOtherWords = { ...unfinished, bodySha256: "cd".repeat(32) };
    await stores.snapshots.putOnce(base);
    await stores.snapshots.putOnce(inOtherWords);
    const output = { outcome: "changed", snapshotId: inOtherWords.id };
    expect(await run(base.id)).toEqual({ result: "completed", output });
    expect(await all()).toEqual([inOtherWords, base]);
  });

  it("takes over a baseline that an earlier job wrote before it failed", async () => {
    const baseline = { ...unfinished, isBaseline: true, previousSnapshotId: null };
    await stores.snapshots.putOnce(baseline);
    const output = { outcome: "baseline", snapshotId: baseline.id };
    expect(await run(null)).toEqual({ result: "completed", output });
    expect(await all()).toEqual([baseline]);
  });

  it.each([
    ["means something else", { rootHash: "root-3" }],
    ["follows another snapshot", { previousSnapshotId: "01KDTV0000000000BASE000000-00" }],
    ["is a baseline, which this one is not", { isBaseline: true, previousSnapshotId: null }],
  ])("writes its own beside an unfinished one that %s", async (_, fields) => {
    const other = { ...unfinished, ...fields };
    await stores.snapshots.putOnce(base);
    await stores.snapshots.putOnce(other);
    expect(await run(base.id)).toEqual({ result: "completed", output: { outcome: "changed", snapshotId } });
    expect(await all()).toEqual([changed, other, base]);
  });

  it("looks at the newest alone: what lies before it has been moved on from", async () => {
    const newer = { ...unfinished, id: "01KDVBYC5500000000OTHERJOB-00", rootHash: "root-3" };
    for (const snapshot of [base, unfinished, newer]) await stores.snapshots.putOnce(snapshot);
    expect(await run(base.id)).toEqual({ result: "completed", output: { outcome: "changed", snapshotId } });
    expect(await all()).toEqual([changed, newer, unfinished, base]);
  });
});
