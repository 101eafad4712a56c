import { beforeEach, describe, expect, it } from "vitest";
import { ConflictError, NotFoundError } from "../../../shared/jobs/errors.ts";
import type { JobError, SyncJob } from "../../../shared/jobs/job.ts";
import { createSyncService, type SyncService } from "../../../shared/jobs/sync-service.ts";
import { createVirtualClock, type VirtualClock } from "../../../shared/memory/clock.ts";
import { createMemoryStores, type MemoryStores } from "../../../shared/memory/memory-stores.ts";
import { dependencyFixture, syncJobFixture } from "../sync-fixtures.ts";

const startMs = Date.parse("2026-01-01T00:00:00Z");
const startedAt = "2026-01-01T00:00:00.000Z";
const heartbeatSeconds = 30;
const { tenantId, id: dependencyId } = dependencyFixture();
const otherTenantId = "01KDTV000000TENANT00000002";
const arnOf = (jobId: string, attempt = 1) =>
  `arn:aws:states:us-east-1:000000000000:execution:dependency-sync:${jobId}-${attempt}`;

let stores: MemoryStores;
let clock: VirtualClock;
let syncs: SyncService;

const serviceWith = (changes: Partial<MemoryStores> = {}, maxUnfinishedSyncs = 10): SyncService => {
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `01KDTW0000000000JOB000000${ids}`;
  };
  return createSyncService({ ...stores, ...changes, clock, newId, heartbeatSeconds, maxUnfinishedSyncs });
};

beforeEach(async () => {
  clock = createVirtualClock(startMs);
  stores = createMemoryStores();
  syncs = serviceWith();
  await stores.dependencies.create(dependencyFixture());
});

const addDependency = async (number: number): Promise<string> => {
  const id = `01KDTV0000DEPENDENCY00000${number}0`;
  await stores.dependencies.create(dependencyFixture({ id }));
  return id;
};

const stored = async (jobId: string): Promise<SyncJob> => {
  const job = await stores.jobs.get(jobId);
  if (job === undefined) throw new Error(`there is no job ${jobId}`);
  return job;
};

const error: JobError = {
  at: startedAt,
  stage: "fetch",
  attempt: 1,
  name: "UpstreamNotFoundError",
  message: "gone",
  kind: "permanent",
};

/** Has `stage` done by a worker, so that the job is running. */
const complete = async (job: SyncJob, stage: "fetch" | "parse", output: Record<string, unknown>): Promise<void> => {
  const claim = { jobId: job.id, stage, attempt: job.attempt, owner: "worker", nowMs: startMs, durationMs: 30_000 };
  const result = await stores.jobs.claimStage(claim);
  if (!result.claimed) throw new Error(`the claim was refused: ${result.reason}`);
  await stores.jobs.checkpoint(result.lease, { at: startedAt, term: result.lease.term, output });
};

describe("submit", () => {
  it("queues a job that is pinned to the dependency's current snapshot, and starts its execution", async () => {
    const id = await addDependency(2);
    await stores.dependencies.create(dependencyFixture({ id: "01KDTV0000DEPENDENCY000099", currentSnapshotId: "s-1" }));
    const { created, job } = await syncs.submit(tenantId, "01KDTV0000DEPENDENCY000099", "manual");
    const expected = syncJobFixture({
      id: "01KDTW0000000000JOB0000001",
      dependencyId: "01KDTV0000DEPENDENCY000099",
      trigger: "manual",
      baseSnapshotId: "s-1",
      executionArn: arnOf("01KDTW0000000000JOB0000001"),
      createdAt: startedAt,
      updatedAt: startedAt,
    });
    expect({ created, job }).toEqual({ created: true, job: expected });
    expect(await stored(job.id)).toEqual(expected);
    expect(stores.workflow.sent).toEqual([
      {
        tenantId,
        dependencyId: "01KDTV0000DEPENDENCY000099",
        jobId: job.id,
        attempt: 1,
        resumeAt: "fetch",
        heartbeatSeconds,
      },
    ]);
    expect((await syncs.submit(tenantId, id, "schedule")).job).toMatchObject({
      trigger: "schedule",
      baseSnapshotId: null,
    });
  });

  it("returns the unfinished job of the dependency instead of making a second one", async () => {
    const first = await syncs.submit(tenantId, dependencyId, "schedule");
    const second = await syncs.submit(tenantId, dependencyId, "manual");
    expect(second).toEqual({ created: false, job: first.job });
    expect(stores.workflow.sent).toHaveLength(1);
  });

  it("makes a new job once the one before has ended", async () => {
    const first = await syncs.submit(tenantId, dependencyId, "manual");
    await stores.jobs.fail(first.job.id, 1, error, undefined);
    expect(await syncs.submit(tenantId, dependencyId, "manual")).toMatchObject({
      created: true,
      job: { id: "01KDTW0000000000JOB0000002" },
    });
  });

  it("keeps what is over the bound queued, without an execution, and starts the next once there is room", async () => {
    syncs = serviceWith({}, 2);
    const ids = [dependencyId, await addDependency(2), await addDependency(3)];
    const jobs: SyncJob[] = [];
    for (const id of ids) jobs.push((await syncs.submit(tenantId, id, "manual")).job);
    expect(jobs.map((job) => [job.status, job.executionArn === undefined])).toEqual([
      ["queued", false],
      ["queued", false],
      ["queued", true],
    ]);
    expect(stores.workflow.sent.map((input) => input.jobId)).toEqual(jobs.slice(0, 2).map((job) => job.id));

    await stores.jobs.fail(jobs[0]?.id ?? "", 1, error, undefined);
    const fourth = await syncs.submit(tenantId, await addDependency(4), "manual");
    expect(fourth.job.executionArn).toBeUndefined(); // the third one is older, and waits too
    expect((await syncs.start(await stored(jobs[2]?.id ?? ""))).executionArn).toBe(arnOf(jobs[2]?.id ?? ""));
  });

  it("leaves the job queued for the orchestrator when its execution cannot be started", async () => {
    const workflow = { ...stores.workflow, start: () => Promise.reject(new Error("throttled")) };
    await expect(serviceWith({ workflow }).submit(tenantId, dependencyId, "manual")).rejects.toThrow("throttled");
    const { items } = await stores.jobs.listUnfinished({ limit: 10 });
    expect(items.map((job) => [job.status, job.executionArn])).toEqual([["queued", undefined]]);
  });

  it("knows no dependency of another tenant, and none that was removed", async () => {
    await expect(syncs.submit(otherTenantId, dependencyId, "manual")).rejects.toEqual(
      new NotFoundError("dependency", dependencyId),
    );
    await stores.dependencies.remove(tenantId, dependencyId);
    await expect(syncs.submit(tenantId, dependencyId, "manual")).rejects.toEqual(
      new NotFoundError("dependency", dependencyId),
    );
  });
});

describe("start", () => {
  it("is harmless when the execution was started already", async () => {
    const { job } = await syncs.submit(tenantId, dependencyId, "manual");
    expect(await syncs.start(job)).toEqual(job);
    expect(stores.workflow.sent).toHaveLength(1);
    expect(await stored(job.id)).toEqual(job);
  });
});

describe("retry", () => {
  it("starts the next attempt at the first stage without a checkpoint", async () => {
    const { job } = await syncs.submit(tenantId, dependencyId, "manual");
    await complete(job, "fetch", { outcome: "body" });
    await stores.jobs.fail(job.id, 1, { ...error, stage: "parse" }, undefined);
    await clock.advance(60_000);
    const retried = await syncs.retry(tenantId, job.id);
    expect(retried).toMatchObject({
      status: "queued",
      stage: "parse",
      attempt: 2,
      executionArn: arnOf(job.id, 2),
      errors: [{ stage: "parse" }],
      updatedAt: "2026-01-01T00:01:00.000Z",
    });
    expect(retried.finishedAt).toBeUndefined();
    expect(await stored(job.id)).toEqual(retried);
    expect(stores.workflow.sent.map(({ attempt, resumeAt }) => [attempt, resumeAt])).toEqual([
      [1, "fetch"],
      [2, "parse"],
    ]);
    expect((await stores.dependencies.get(tenantId, dependencyId))?.activeJobId).toBe(job.id);
  });

  it("goes straight to done when the document was found unchanged", async () => {
    const { job } = await syncs.submit(tenantId, dependencyId, "manual");
    await complete(job, "fetch", { outcome: "notModified" });
    await stores.jobs.fail(job.id, 1, { ...error, stage: "done" }, undefined);
    await syncs.retry(tenantId, job.id);
    expect(stores.workflow.sent.at(-1)?.resumeAt).toBe("done");
  });

  it("takes a cancelled job up again", async () => {
    const { job } = await syncs.submit(tenantId, dependencyId, "manual");
    await stores.jobs.cancel(job.id, 1, startMs);
    expect(await syncs.retry(tenantId, job.id)).toMatchObject({ status: "queued", attempt: 2 });
  });

  it("stays queued while there is no room", async () => {
    syncs = serviceWith({}, 1);
    const { job: old } = await syncs.submit(tenantId, dependencyId, "manual");
    const { job } = await syncs.submit(tenantId, await addDependency(2), "manual");
    await stores.jobs.cancel(job.id, 1, startMs);
    const retried = await syncs.retry(tenantId, job.id);
    expect([retried.status, retried.executionArn]).toEqual(["queued", undefined]);
    expect(stores.workflow.sent.map((input) => input.jobId)).toEqual([old.id]);
  });

  it("refuses a job that is neither failed nor cancelled", async () => {
    const { job } = await syncs.submit(tenantId, dependencyId, "manual");
    await expect(syncs.retry(tenantId, job.id)).rejects.toEqual(
      new ConflictError(`sync job ${job.id} is queued: only a failed or cancelled job can be retried`),
    );
  });

  it("refuses while the dependency has another unfinished sync", async () => {
    const { job } = await syncs.submit(tenantId, dependencyId, "manual");
    await stores.jobs.fail(job.id, 1, error, undefined);
    await syncs.submit(tenantId, dependencyId, "manual");
    await expect(syncs.retry(tenantId, job.id)).rejects.toEqual(
      new ConflictError(`dependency ${dependencyId} has another unfinished sync job: wait for it or cancel it`),
    );
    expect(await stored(job.id)).toMatchObject({ status: "failed", attempt: 1 });
  });

  it("knows no job of another tenant", async () => {
    const { job } = await syncs.submit(tenantId, dependencyId, "manual");
    await stores.jobs.fail(job.id, 1, error, undefined);
    await expect(syncs.retry(otherTenantId, job.id)).rejects.toEqual(new NotFoundError("sync job", job.id));
    await expect(syncs.retry(tenantId, "nothing")).rejects.toEqual(new NotFoundError("sync job", "nothing"));
  });
});

describe("cancel", () => {
  it("ends a job at once that no execution was started for, and frees its dependency", async () => {
    syncs = serviceWith({}, 1);
    await syncs.submit(tenantId, dependencyId, "manual");
    const id = await addDependency(2);
    const { job } = await syncs.submit(tenantId, id, "manual");
    expect(await syncs.cancel(tenantId, job.id)).toEqual({
      ...job,
      status: "cancelled",
      cancelRequestedAt: startedAt,
      finishedAt: startedAt,
    });
    expect((await stores.dependencies.get(tenantId, id))?.activeJobId).toBeUndefined();
  });

  it("leaves a mark on a job that a worker has, and asking again changes nothing", async () => {
    const { job } = await syncs.submit(tenantId, dependencyId, "manual");
    const claim = { jobId: job.id, stage: "fetch", attempt: 1, owner: "worker", durationMs: 30_000 } as const;
    const claimed = await stores.jobs.claimStage({ ...claim, nowMs: clock.nowMs() });
    await syncs.cancel(tenantId, job.id);
    await clock.advance(5_000);
    expect(await syncs.cancel(tenantId, job.id)).toEqual({
      ...claimed.job,
      cancelRequestedAt: startedAt,
      updatedAt: "2026-01-01T00:00:05.000Z",
    });
    expect((await stores.dependencies.get(tenantId, dependencyId))?.activeJobId).toBe(job.id);
  });

  it("cancels at once a job that waits for a host", async () => {
    const { job } = await syncs.submit(tenantId, dependencyId, "manual");
    const claim = { jobId: job.id, stage: "fetch", attempt: 1, owner: "worker", durationMs: 30_000 } as const;
    const claimed = await stores.jobs.claimStage({ ...claim, nowMs: clock.nowMs() });
    if (!claimed.claimed) throw new Error("the claim was refused");
    await stores.jobs.release(claimed.lease, clock.nowMs(), { rateLimitedUntil: "2026-01-01T00:30:00.000Z" });
    expect(await syncs.cancel(tenantId, job.id)).toMatchObject({ status: "cancelled" });
    expect((await stores.dependencies.get(tenantId, dependencyId))?.activeJobId).toBeUndefined();
  });

  it("refuses a job that has ended", async () => {
    const { job } = await syncs.submit(tenantId, dependencyId, "manual");
    await stores.jobs.fail(job.id, 1, error, undefined);
    await expect(syncs.cancel(tenantId, job.id)).rejects.toEqual(
      new ConflictError(`sync job ${job.id} is failed already: there is nothing to cancel`),
    );
  });

  it("knows no job of another tenant", async () => {
    const { job } = await syncs.submit(tenantId, dependencyId, "manual");
    await expect(syncs.cancel(otherTenantId, job.id)).rejects.toEqual(new NotFoundError("sync job", job.id));
    expect((await stored(job.id)).cancelRequestedAt).toBeUndefined();
  });
});

describe("a sync that people paused", () => {
  it("is queued and does not start, however it was asked for", async () => {
    const pause = { id: "p-1", setBy: "tenant", reason: "an incident", pausedAt: startedAt, pausedBy: "key" } as const;
    await stores.pauses.begin({ ...pause, tenantId });
    const { created, job } = await syncs.submit(tenantId, dependencyId, "manual");
    expect([created, job.status, job.executionArn, stores.workflow.sent]).toEqual([true, "queued", undefined, []]);
    await syncs.cancel(tenantId, job.id);
    expect(await syncs.retry(tenantId, job.id)).toMatchObject({ status: "queued", attempt: 2 });
    expect(stores.workflow.sent).toEqual([]);
  });
});
