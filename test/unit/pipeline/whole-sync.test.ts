import { beforeEach, describe, expect, it } from "vitest";
import { type SyncJob, syncStages } from "../../../shared/jobs/job.ts";
import { UpstreamNotFoundError, UpstreamUnavailableError } from "../../../shared/net/errors.ts";
import { petsDocument, petsPaths, petsReordered, petsRewritten, petsWithoutDetails } from "./documents.ts";
import { tenantId } from "./stage-context.ts";
import { createSyncWorld, received, type SyncWorld, visible } from "./sync-world.ts";

const entered = (...names: string[]): string[] => ["ResumeAt", ...names];
const allStages = [
  ...["Fetch", "AfterFetch", "Parse", "Normalize", "Snapshot"],
  ...["Diff", "Persist", "Alert", "Done"],
];

const gone = () => new UpstreamNotFoundError("https://api.example.com/openapi.json", 404);

let world: SyncWorld;

beforeEach(async () => {
  world = await createSyncWorld();
  world.origin.serve(petsDocument(), '"1"');
});

/** A sync whose last stage cannot commit, on any try: everything before it is done. */
const failAtDone = async (): Promise<SyncJob> => {
  const finish = () => Promise.reject(new Error("the table is gone"));
  world.replaced = { jobs: { ...world.stores.jobs, finish } };
  const { path, job } = await world.sync();
  expect(path.slice(-4)).toEqual(["Alert", "Done", "RecordFailure", "SyncFailed"]);
  expect(job).toMatchObject({ status: "failed", stage: "done" });
  world.replaced = {};
  return job;
};

describe("a sync", () => {
  it("makes the baseline of a new dependency: a snapshot, and nothing to tell", async () => {
    const { path, failures, job } = await world.sync();
    expect({ path, failures }).toEqual({ path: entered(...allStages), failures: [] });
    expect(job).toMatchObject({ status: "finished", outcome: "baseline", stage: "done", term: 8, errors: [] });
    expect(Object.keys(job.checkpoints)).toEqual([...syncStages]);
    const [snapshot] = await world.snapshots();
    expect(await visible(world)).toMatchObject({
      changes: [],
      deliveries: [],
      snapshots: [{ isBaseline: true, previousSnapshotId: null, jobId: job.id, operationCount: 2, title: "Pets" }],
      dependency: { currentSnapshotId: snapshot?.id, etag: '"1"', healthStatus: "healthy", failures: 0 },
    });
    expect((await world.dependency())?.activeJobId).toBeUndefined();
  });

  it("finds what changed, writes it down and tells each channel", async () => {
    await world.sync();
    world.origin.serve(petsWithoutDetails(), '"2"');
    const { path, job } = await world.sync();
    expect(path).toEqual(entered(...allStages));
    expect(job).toMatchObject({ status: "finished", outcome: "changed" });
    const [current, baseline] = await world.snapshots();
    const { changes, deliveries, dependency } = await visible(world);
    expect(changes).toMatchObject([
      {
        ruleId: "api-path-removed-without-deprecation",
        severity: "breaking",
        operation: { method: "GET", path: "/pets/{petId}" },
        fromSnapshotId: baseline?.id,
        toSnapshotId: current?.id,
      },
    ]);
    expect(deliveries).toMatchObject([{ status: "pending", jobId: job.id, causeKey: changes[0]?.causeKey }]);
    expect(dependency).toMatchObject({ currentSnapshotId: current?.id, etag: '"2"' });
    expect(await received(world)).toEqual({ [deliveries[0]?.id ?? ""]: 1 });
  });

  it("ends after one request when the host answers 304", async () => {
    await world.sync();
    const before = await visible(world);
    const { path, job } = await world.sync();
    expect(path).toEqual(entered("Fetch", "AfterFetch", "Done"));
    expect(job).toMatchObject({ status: "finished", outcome: "unchanged", term: 2 });
    expect(world.origin.requests).toEqual(["unconditional", '"1"']);
    expect(await visible(world)).toEqual(before);
  });

  it("makes no snapshot of a document that means the same, and takes over its validators", async () => {
    await world.sync();
    const before = await visible(world);
    world.origin.serve(petsRewritten(), '"1b"');
    const { path, job } = await world.sync();
    expect(path).toEqual(entered("Fetch", "AfterFetch", "Parse", "Normalize", "Snapshot", "Done"));
    expect(job).toMatchObject({ status: "finished", outcome: "unchanged" });
    expect(await visible(world)).toEqual({ ...before, dependency: { ...before.dependency, etag: '"1b"' } });
    expect((await world.sync()).path).toContain("AfterFetch");
    expect(world.origin.requests.at(-1)).toBe('"1b"');
  });

  it("reads no further when the host only writes the same JSON in another order", async () => {
    await world.sync();
    world.origin.serve(petsReordered(), '"1b"');
    const { path, job } = await world.sync();
    expect(path).toEqual(entered("Fetch", "AfterFetch", "Done"));
    expect(job).toMatchObject({ status: "finished", outcome: "unchanged" });
    expect((await world.dependency())?.etag).toBe('"1b"');
  });

  it("waits without a worker as long as a 429 asks, and that is no failure", async () => {
    const retryAtMs = world.clock.nowMs() + 90_000;
    world.origin.first.push({ outcome: "rateLimited", retryAtMs });
    const { path, failures, job } = await world.sync();
    expect(path).toEqual(entered("Fetch", "AfterFetch", "WaitForHost", ...allStages));
    expect(failures).toEqual([]);
    expect(job).toMatchObject({ status: "finished", rateLimitedCount: 1, errors: [] });
    expect(job.rateLimitedUntil).toBeUndefined();
    expect(world.clock.nowMs()).toBe(retryAtMs);
  });

  it("fails when the host answers 429 on every try, and a retry waits anew", async () => {
    const rateLimited = (waits: number) =>
      Array.from({ length: waits }, () => ({
        outcome: "rateLimited" as const,
        retryAtMs: world.clock.nowMs() + 1_000,
      }));
    world.origin.first.push(...rateLimited(3));
    const { path, job } = await world.sync();
    expect(path.slice(-3)).toEqual(["Fetch", "RecordFailure", "SyncFailed"]);
    expect(job.errors.at(-1)).toMatchObject({ name: "StillRateLimitedError", kind: "permanent" });
    world.origin.first.push(...rateLimited(2));
    expect((await world.retry(job.id)).job).toMatchObject({ status: "finished", attempt: 2, rateLimitedCount: 2 });
  });

  it("hands the baton over as often as it takes, and writes each change once", async () => {
    const paths = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`/a${index}`, petsPaths["/pets"]]));
    world.origin.serve(petsDocument({ paths: { ...petsPaths, ...paths } }), '"0"');
    await world.sync();
    world.origin.serve(petsDocument(), '"1"');
    world.remainingMs = (look) => (look > 1 ? 1_000 : 900_000); // time for one batch, or one delivery
    const { failures, job } = await world.sync();
    expect(new Set(failures)).toEqual(new Set(["Persist StageYielded", "Alert StageYielded"]));
    expect(failures.filter((failure) => failure.startsWith("Persist"))).toHaveLength(2);
    expect(job).toMatchObject({ status: "finished", outcome: "changed", errors: [] });
    expect(await world.changes()).toHaveLength(60);
    const deliveries = await world.deliveries();
    expect(world.stores.deliveryQueue.sent).toHaveLength(deliveries.length);
  });
});

describe("a sync that fails", () => {
  it("tries again what may pass, and notes each error", async () => {
    const error = new UpstreamUnavailableError("the host answered 503");
    world.origin.first.push(error, error);
    const { failures, job } = await world.sync();
    expect(failures).toEqual(["Fetch UpstreamUnavailableError", "Fetch UpstreamUnavailableError"]);
    expect(job).toMatchObject({ status: "finished", outcome: "baseline" });
    expect(job.errors.map(({ name, message }) => [name, message])).toEqual([
      [error.name, error.message],
      [error.name, error.message],
    ]);
  });

  it("gives up after five tries more, and counts one failure of the dependency", async () => {
    const error = new UpstreamUnavailableError("the host answered 503");
    world.origin.first.push(...Array(6).fill(error));
    const { path, failures, job, ended } = await world.sync();
    expect(path).toEqual(entered("Fetch", "RecordFailure", "SyncFailed"));
    expect(failures).toHaveLength(6);
    expect(job).toMatchObject({ status: "failed", stage: "fetch" });
    expect(job.errors.map(({ message }) => message)).toEqual(Array(6).fill(error.message));
    expect(ended).toEqual({ error: error.name, cause: error.message });
    expect((await visible(world)).dependency).toMatchObject({ failures: 1, healthStatus: "healthy" });
    expect((await world.dependency())?.activeJobId).toBeUndefined();
  });

  it("fails at once for what another try cannot mend, in words for a person", async () => {
    const error = gone();
    world.origin.first.push(error);
    const { path, failures, job, ended } = await world.sync();
    expect(path).toEqual(entered("Fetch", "RecordFailure", "SyncFailed"));
    expect(failures).toEqual(["Fetch UpstreamNotFoundError"]);
    expect(job.errors).toMatchObject([{ stage: "fetch", kind: "permanent", message: error.message }]);
    expect(ended).toEqual({ error: error.name, cause: error.message });
    expect((await world.dependency())?.health.lastError).toEqual({ name: error.name, message: error.message });
  });

  it("is healthy again after the next one that finishes", async () => {
    world.origin.first.push(gone());
    await world.sync();
    await world.sync();
    expect((await world.dependency())?.health).toMatchObject({ status: "healthy", consecutiveFailures: 0 });
  });

  it.each(syncStages.map((stage, index) => [stage, index] as const))(
    "goes on at %s when it is retried after a failure there, and comes to the same",
    async (stage, index) => {
      const clean = await createSyncWorld();
      for (const one of [clean, world]) {
        one.origin.serve(petsDocument(), '"1"');
        await one.sync();
        one.origin.serve(petsWithoutDetails(), '"2"');
      }

      const { claimStage } = world.stores.jobs;
      const refusing: typeof claimStage = (claim) =>
        claim.stage === stage ? Promise.reject(new Error("the table is gone")) : claimStage(claim);
      world.replaced = { jobs: { ...world.stores.jobs, claimStage: refusing } };
      const failed = await world.sync();
      expect(failed.path.slice(-2)).toEqual(["RecordFailure", "SyncFailed"]);
      expect(failed.job.errors.at(-1)).toMatchObject({ stage, name: "UnexpectedError", message: "the table is gone" });
      expect(Object.keys(failed.job.checkpoints)).toEqual(syncStages.slice(0, index));

      world.replaced = {};
      const retried = await world.retry(failed.job.id);
      const name = stage.slice(0, 1).toUpperCase() + stage.slice(1);
      expect(retried.path).toEqual(entered(...allStages.slice(allStages.indexOf(name))));
      expect(retried.job).toMatchObject({ status: "finished", outcome: "changed", attempt: 2 });
      // The time of the fetch is part of the ids of what is made.
      const fetchedAtMs = Date.parse(retried.job.checkpoints.fetch?.at ?? "");
      await clean.clock.advance(fetchedAtMs - clean.clock.nowMs());
      await clean.sync();
      expect(await visible(world)).toEqual(await visible(clean));
    },
  );

  it("keeps what it has, and can be retried, when a stage cannot do its work on any try", async () => {
    const { changes } = world.stores;
    await world.sync();
    world.origin.serve(petsWithoutDetails(), '"2"');
    world.replaced = {
      changes: { ...changes, putOnce: () => Promise.reject(new Error("out of memory")) },
    };
    const failed = await world.sync();
    expect(failed.failures).toEqual(Array(6).fill("Persist UnexpectedError"));
    expect(failed.job).toMatchObject({ status: "failed", stage: "persist" });
    world.replaced = {};
    expect((await world.retry(failed.job.id)).job).toMatchObject({ status: "finished", outcome: "changed" });
    expect(await world.changes()).toHaveLength(1);
  });

  it("begins anew on a retry when another sync has moved the dependency on meanwhile", async () => {
    await world.sync();
    world.origin.first.push(gone());
    const failed = await world.sync();
    world.origin.serve(petsWithoutDetails(), '"2"');
    await world.sync();
    const retried = await world.retry(failed.job.id);
    expect(retried.path).toEqual(entered("Fetch", "AfterFetch", "Done"));
    expect(retried.job.baseSnapshotId).toBe((await world.dependency())?.currentSnapshotId);
    expect(await world.changes()).toHaveLength(1);
  });

  it("makes a snapshot that is newer than that other sync's when it begins anew and finds something", async () => {
    await world.sync();
    world.origin.serve(petsWithoutDetails(), '"2"');
    const failed = await failAtDone();
    world.origin.serve(petsDocument({ paths: {} }), '"3"');
    const other = await world.sync();
    await world.clock.advance(60_000);
    world.origin.serve(petsWithoutDetails(), '"4"');
    const retried = await world.retry(failed.id);
    expect(retried.job).toMatchObject({ status: "finished", outcome: "changed", attempt: 2 });

    const snapshots = await world.snapshots();
    const [newest, second, unfinished, baseline] = snapshots;
    expect(snapshots.map(({ jobId }) => jobId)).toEqual([failed.id, other.job.id, failed.id, baseline?.jobId]);
    expect(snapshots.map(({ previousSnapshotId }) => previousSnapshotId)).toEqual([
      second?.id,
      baseline?.id,
      baseline?.id,
      null,
    ]);
    expect(newest?.bodySha256).toBe(unfinished?.bodySha256);
    expect((await world.dependency())?.currentSnapshotId).toBe(newest?.id);
    const made = (await world.changes()).filter(({ toSnapshotId }) => toSnapshotId === newest?.id);
    expect(made.map(({ fromSnapshotId }) => fromSnapshotId)).toEqual([second?.id]);
  });
});

describe("a sync that fails after it told of its changes", () => {
  it("leaves them to the next sync, which makes none of them again", async () => {
    await world.sync();
    world.origin.serve(petsWithoutDetails(), '"2"');
    const failed = await failAtDone();
    const told = await visible(world);
    expect(told.changes).toHaveLength(1);
    expect(told.deliveries).toHaveLength(1);
    expect(told.snapshots).toMatchObject([{ jobId: failed.id }, { isBaseline: true }]);
    expect(told.dependency).toMatchObject({ currentSnapshotId: told.snapshots[1]?.id, etag: '"1"', failures: 1 });

    const { path, job } = await world.sync();
    expect(path).toEqual(entered(...allStages));
    expect(job).toMatchObject({ status: "finished", outcome: "changed", attempt: 1 });
    expect(job.id).not.toBe(failed.id);
    const currentSnapshotId = told.snapshots[0]?.id;
    expect(await visible(world)).toEqual({
      ...told,
      dependency: { currentSnapshotId, activeJobId: undefined, etag: '"2"', healthStatus: "healthy", failures: 0 },
    });
    expect(await received(world)).toEqual({ [told.deliveries[0]?.id ?? ""]: 1 });
  });

  it("sends nothing again that was sent before the next sync", async () => {
    await world.sync();
    world.origin.serve(petsWithoutDetails(), '"2"');
    await failAtDone();
    const [delivery] = await world.deliveries();
    expect(await received(world)).toEqual({ [delivery?.id ?? ""]: 1 });
    await world.sync();
    expect(await received(world)).toEqual({});
    expect(await world.deliveries()).toMatchObject([{ id: delivery?.id, status: "sent" }]);
  });

  it("finds nothing to do when it is retried after that next sync", async () => {
    await world.sync();
    world.origin.serve(petsWithoutDetails(), '"2"');
    const failed = await failAtDone();
    await world.sync();
    const before = await visible(world);
    const retried = await world.retry(failed.id);
    expect(retried.job).toMatchObject({ status: "finished", outcome: "unchanged", attempt: 2 });
    expect(await visible(world)).toEqual(before);
  });

  it("leaves its baseline to the next sync", async () => {
    const failed = await failAtDone();
    const before = await visible(world);
    expect(before.snapshots).toMatchObject([{ jobId: failed.id, isBaseline: true, previousSnapshotId: null }]);
    expect(before.dependency).toMatchObject({ currentSnapshotId: undefined, failures: 1 });

    const { path, job } = await world.sync();
    expect(path).toEqual(entered(...allStages));
    expect(job).toMatchObject({ status: "finished", outcome: "baseline" });
    const currentSnapshotId = before.snapshots[0]?.id;
    expect(await visible(world)).toEqual({
      changes: [],
      deliveries: [],
      snapshots: before.snapshots,
      dependency: { currentSnapshotId, activeJobId: undefined, etag: '"1"', healthStatus: "healthy", failures: 0 },
    });
  });
});

describe("a sync that is cancelled", () => {
  it("ends before its next stage, frees the dependency and counts no failure", async () => {
    world.beforeStage = async (stage) => {
      const { activeJobId } = (await world.dependency()) ?? {};
      if (stage === "diff" && activeJobId !== undefined) await world.syncs.cancel(tenantId, activeJobId);
    };
    const { path, failures, job, ended } = await world.sync();
    expect(path.slice(-3)).toEqual(["Diff", "RecordCancel", "SyncCancelled"]);
    expect(ended).toEqual({ error: "JobCancelledError", cause: "A person cancelled this job." });
    expect(failures).toEqual(["Diff JobCancelledError"]);
    expect(job).toMatchObject({ status: "cancelled", errors: [] });
    expect((await visible(world)).dependency).toMatchObject({ failures: 0 });
    expect((await world.dependency())?.activeJobId).toBeUndefined();

    world.beforeStage = async () => {};
    const retried = await world.retry(job.id);
    expect(retried.path).toEqual(entered("Diff", "Persist", "Alert", "Done"));
    expect(retried.job).toMatchObject({ status: "finished", outcome: "baseline" });
  });

  it("does nothing in the execution of an attempt that is over", async () => {
    world.beforeStage = async (stage) => {
      const { activeJobId } = (await world.dependency()) ?? {};
      if (stage !== "parse" || activeJobId === undefined) return;
      world.beforeStage = async () => {};
      await world.stores.jobs.cancel(activeJobId, 1, world.clock.nowMs());
      await world.syncs.retry(tenantId, activeJobId);
    };
    const { path, job } = await world.sync();
    expect(path.slice(-2)).toEqual(["Parse", "AttemptSuperseded"]);
    expect(job).toMatchObject({ status: "queued", attempt: 2, term: 1 });
    expect((await world.execute(job)).job).toMatchObject({ status: "finished", outcome: "baseline", attempt: 2 });
  });
});
