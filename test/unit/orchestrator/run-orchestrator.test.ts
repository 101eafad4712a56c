import { beforeEach, describe, expect, it } from "vitest";
import type { Dependency } from "../../../shared/dependencies/dependency.ts";
import type { SyncJob } from "../../../shared/jobs/job.ts";
import { createSyncService } from "../../../shared/jobs/sync-service.ts";
import { createVirtualClock, type VirtualClock } from "../../../shared/memory/clock.ts";
import { createMemoryStores, type MemoryStores } from "../../../shared/memory/memory-stores.ts";
import { abandonAfterMs, reclaimAfterMs } from "../../../shared/orchestrator/reclaim-job.ts";
import { type OrchestratorRun, runOrchestrator } from "../../../shared/orchestrator/run-orchestrator.ts";
import { dependencyFixture, syncJobFixture } from "../sync-fixtures.ts";

const startMs = Date.parse("2026-01-01T00:00:00Z");
const startAt = "2026-01-01T00:00:00.000Z";
const leaseMs = 30_000;
const hourMs = 3_600_000;
const { tenantId, id: dependencyId } = dependencyFixture();
const { id: jobId } = syncJobFixture();
const idle: OrchestratorRun = { submitted: 0, started: 0, reclaimed: 0, failed: 0 };

let stores: MemoryStores;
let clock: VirtualClock;
let logged: [string, Record<string, unknown>][];
let ids: number;

beforeEach(() => {
  stores = createMemoryStores();
  clock = createVirtualClock(startMs);
  logged = [];
  ids = 0;
});

const run = (changes: Partial<MemoryStores> = {}, limits: { maxDue?: number; maxUnfinishedSyncs?: number } = {}) => {
  const { maxDue = 200, maxUnfinishedSyncs = 100 } = limits;
  const ports = { ...stores, ...changes, clock };
  const newId = (): string => {
    ids += 1;
    return `01KDTW000000000JOB0000${String(ids).padStart(4, "0")}`;
  };
  const syncs = createSyncService({ ...ports, newId, heartbeatSeconds: 30, maxUnfinishedSyncs });
  const log = (event: string, fields: Record<string, unknown>) => void logged.push([event, fields]);
  return runOrchestrator({ ...ports, syncs, log }, { maxDue, maxUnfinishedSyncs });
};

/** A dependency that is due now, unless told otherwise. */
const addDependency = (fields: Partial<Dependency> = {}) =>
  stores.dependencies.create(dependencyFixture({ nextCheckAt: startAt, ...fields }));
const nextCheckAt = async (id = dependencyId) => (await stores.dependencies.get(tenantId, id))?.nextCheckAt;
const unfinished = async () => (await stores.jobs.listUnfinished({ limit: 100 })).items;
const job = async (id = jobId): Promise<SyncJob> => {
  const stored = await stores.jobs.get(id);
  if (stored === undefined) throw new Error(`there is no job ${id}`);
  return stored;
};

/** A job whose first stage a worker has claimed just now. */
const addRunningJob = async (taskToken: string | undefined = "token-1"): Promise<void> => {
  await addDependency({ nextCheckAt: undefined });
  await stores.jobs.create(syncJobFixture());
  await stores.jobs.recordExecution(jobId, 1, "arn:1");
  const claim = { jobId, stage: "fetch" as const, attempt: 1, owner: "worker-1" };
  await stores.jobs.claimStage({ ...claim, nowMs: clock.nowMs(), durationMs: leaseMs, taskToken });
};

describe("what is due", () => {
  it("is submitted, and its next check is planned by its cadence", async () => {
    await addDependency({ cadence: "15m" });
    expect(await run()).toEqual({ ...idle, submitted: 1 });
    expect(await unfinished()).toMatchObject([{ dependencyId, trigger: "schedule", status: "queued", attempt: 1 }]);
    expect(stores.workflow.sent).toHaveLength(1);
    expect(await nextCheckAt()).toBe("2026-01-01T00:15:00.000Z");
    expect(await run()).toEqual(idle);
  });

  it.each([
    ["15m", "2026-01-02T00:00:00.000Z"],
    ["7d", "2026-01-08T00:00:00.000Z"],
  ])("is looked at once a day at most while it is paused (cadence %s)", async (cadence, next) => {
    const health = { status: "paused" as const, consecutiveFailures: 10 };
    await addDependency({ cadence, health });
    expect(await run()).toEqual({ ...idle, submitted: 1 });
    expect(await nextCheckAt()).toBe(next);
  });

  it("is neither what is not due yet nor what is disabled", async () => {
    await addDependency({ nextCheckAt: "2026-01-01T00:00:00.001Z" });
    await addDependency({ id: "01KDTV0000DEPENDENCY000002", enabled: false });
    expect(await run()).toEqual(idle);
    expect(await unfinished()).toEqual([]);
  });

  it("gets no second job while one is unfinished; its next check is planned all the same", async () => {
    await addDependency();
    await stores.jobs.create(syncJobFixture());
    await stores.jobs.recordExecution(jobId, 1, "arn:1");
    expect(await run()).toEqual(idle);
    expect(await unfinished()).toHaveLength(1);
    expect(await nextCheckAt()).toBe("2026-01-01T01:00:00.000Z");
  });

  it("is taken up in later runs when it is more than one run looks at, the longest due first", async () => {
    await addDependency({ nextCheckAt: "2025-12-31T23:59:00.000Z" });
    await addDependency({ id: "01KDTV0000DEPENDENCY000002", nextCheckAt: "2025-12-31T23:00:00.000Z" });
    expect(await run({}, { maxDue: 1 })).toEqual({ ...idle, submitted: 1 });
    expect((await unfinished()).map((queued) => queued.dependencyId)).toEqual(["01KDTV0000DEPENDENCY000002"]);
    expect(await run({}, { maxDue: 1 })).toEqual({ ...idle, submitted: 1 });
    expect(await unfinished()).toHaveLength(2);
  });

  it("is not held up by the error of another one", async () => {
    await addDependency();
    await addDependency({ id: "01KDTV0000DEPENDENCY000002" });
    const create: typeof stores.jobs.create = (created) =>
      created.dependencyId === dependencyId ? Promise.reject(new Error("throttled")) : stores.jobs.create(created);
    expect(await run({ jobs: { ...stores.jobs, create } })).toEqual({ ...idle, submitted: 1, failed: 1 });
    expect(logged).toEqual([["orchestrator.dependency_failed", { id: dependencyId, message: "throttled" }]]);
    // It is due still, and the next run takes it up.
    expect(await nextCheckAt()).toBe(startAt);
    expect(await run()).toEqual({ ...idle, submitted: 1 });
  });

  it("keeps its job, queued, when the execution cannot be started, and the next run starts it", async () => {
    await addDependency();
    const workflow = { ...stores.workflow, start: () => Promise.reject(new Error("throttled")) };
    expect(await run({ workflow })).toEqual({ ...idle, failed: 1 });
    expect(await run()).toEqual({ ...idle, started: 1 });
    expect(await unfinished()).toMatchObject([
      { status: "queued", executionArn: expect.stringContaining("JOB00000001-1") },
    ]);
    expect(await nextCheckAt()).toBe("2026-01-01T01:00:00.000Z");
  });
});

describe("a queued job", () => {
  it("is started when no execution was started for it", async () => {
    await addDependency({ nextCheckAt: undefined });
    await stores.jobs.create(syncJobFixture());
    expect(await run()).toEqual({ ...idle, started: 1 });
    expect(stores.workflow.sent).toEqual([
      { tenantId, dependencyId, jobId, attempt: 1, resumeAt: "fetch", heartbeatSeconds: 30 },
    ]);
    expect((await job()).executionArn).toBeDefined();
    expect(await run()).toEqual(idle);
  });

  it("waits in order while more are unfinished than may run", async () => {
    for (const number of [1, 2, 3]) {
      const dependency = `01KDTV0000DEPENDENCY00000${number}`;
      await addDependency({ id: dependency, nextCheckAt: undefined });
      await stores.jobs.create(syncJobFixture({ id: `01KDTV00000000000JOB00000${number}`, dependencyId: dependency }));
    }
    expect(await run({}, { maxUnfinishedSyncs: 2 })).toEqual({ ...idle, started: 2 });
    expect(stores.workflow.sent.map((input) => input.jobId.slice(-1))).toEqual(["1", "2"]);
    await stores.jobs.cancel("01KDTV00000000000JOB000001", 1, startMs);
    expect(await run({}, { maxUnfinishedSyncs: 2 })).toEqual({ ...idle, started: 1 });
    expect(stores.workflow.sent.map((input) => input.jobId.slice(-1))).toEqual(["1", "2", "3"]);
  });

  it("is read page by page when many are unfinished", async () => {
    for (let number = 1; number <= 120; number += 1) {
      const suffix = String(number).padStart(4, "0");
      await addDependency({ id: `01KDTV0000DEPENDENCY00${suffix}`, nextCheckAt: undefined });
      const fields = { id: `01KDTV00000000000JOB00${suffix}`, dependencyId: `01KDTV0000DEPENDENCY00${suffix}` };
      await stores.jobs.create(syncJobFixture(fields));
    }
    expect(await run({}, { maxUnfinishedSyncs: 110 })).toEqual({ ...idle, started: 110 });
  });

  it("is not held up by the error of another one", async () => {
    for (const number of [1, 2]) {
      const dependency = `01KDTV0000DEPENDENCY00000${number}`;
      await addDependency({ id: dependency, nextCheckAt: undefined });
      await stores.jobs.create(syncJobFixture({ id: `01KDTV00000000000JOB00000${number}`, dependencyId: dependency }));
    }
    const start: typeof stores.workflow.start = (input) =>
      input.jobId.endsWith("1") ? Promise.reject(new Error("throttled")) : stores.workflow.start(input);
    const workflow = { ...stores.workflow, start };
    expect(await run({ workflow })).toEqual({ ...idle, started: 1, failed: 1 });
    expect(logged).toEqual([["orchestrator.job_failed", { id: "01KDTV00000000000JOB000001", message: "throttled" }]]);
  });
});

describe("a job whose worker stopped renewing", () => {
  it("is left alone while its lease lives, and for a while longer", async () => {
    await addRunningJob();
    await clock.advance(leaseMs + reclaimAfterMs - 1);
    expect(await run()).toEqual(idle);
    expect(stores.tokens.sent).toEqual([]);
  });

  it("is reported to the state machine as lost, once, and stays as it is for the next worker", async () => {
    await addRunningJob();
    await clock.advance(leaseMs + reclaimAfterMs);
    const before = await job();
    expect(await run()).toEqual({ ...idle, reclaimed: 1 });
    expect(await run()).toEqual(idle);
    const message = "the worker of stage fetch stopped renewing its lease";
    expect(stores.tokens.sent).toEqual([
      {
        report: "fail",
        token: "token-1",
        errorName: "WorkerLost",
        cause: JSON.stringify({ message, kind: "retryable", stage: "fetch" }),
      },
    ]);
    expect(await job()).toEqual(before);
  });

  it("is not reported when it renewed meanwhile", async () => {
    await addRunningJob();
    await clock.advance(leaseMs - 1);
    const lease = { jobId, stage: "fetch", attempt: 1, owner: "worker-1", term: 1, expiresAtMs: 0 } as const;
    await stores.jobs.renew(lease, clock.nowMs(), leaseMs);
    await clock.advance(leaseMs + reclaimAfterMs - 1);
    expect(await run()).toEqual(idle);
  });
});

describe("a job that nobody works on any more", () => {
  const abandoned = (fields: Partial<SyncJob>, at: string) => ({
    status: "failed",
    finishedAt: at,
    errors: [
      {
        at,
        stage: "fetch",
        attempt: 1,
        name: "WorkerLost",
        message: "its execution ended without a word; retry the job to go on from its last completed stage",
        kind: "retryable",
      },
    ],
    ...fields,
  });

  it("fails after two quiet hours when its token is stale, and its dependency is freed without a failure", async () => {
    await addRunningJob();
    stores.tokens.stale.add("token-1");
    await clock.advance(leaseMs + abandonAfterMs - 1);
    expect(await run()).toEqual(idle);
    await clock.advance(1);
    expect(await run()).toEqual({ ...idle, reclaimed: 1 });
    expect(await job()).toMatchObject(abandoned({}, "2026-01-01T02:00:30.000Z"));
    const dependency = await stores.dependencies.get(tenantId, dependencyId);
    expect(dependency?.activeJobId).toBeUndefined();
    expect(dependency?.health).toEqual({ status: "healthy", consecutiveFailures: 0 });
    expect(await run()).toEqual(idle);
  });

  it("fails too when its execution never came to a stage", async () => {
    await addDependency({ nextCheckAt: undefined });
    await stores.jobs.create(syncJobFixture({ updatedAt: startAt }));
    await stores.jobs.recordExecution(jobId, 1, "arn:1");
    await clock.advance(abandonAfterMs - 1);
    expect(await run()).toEqual(idle);
    await clock.advance(1);
    expect(await run()).toEqual({ ...idle, reclaimed: 1 });
    expect(await job()).toMatchObject(abandoned({}, "2026-01-01T02:00:00.000Z"));
  });

  it("is not taken for abandoned while it waits for a host that answered 429", async () => {
    await addRunningJob();
    const lease = { jobId, stage: "fetch", attempt: 1, owner: "worker-1", term: 1, expiresAtMs: 0 } as const;
    const rateLimitedUntil = new Date(startMs + 3 * hourMs).toISOString();
    await stores.jobs.release(lease, startMs, { rateLimitedUntil });
    await clock.advance(3 * hourMs + abandonAfterMs - 1);
    expect(await run()).toEqual(idle);
    await clock.advance(1);
    expect(await run()).toEqual({ ...idle, reclaimed: 1 });
  });

  it("is cancelled when that was asked for", async () => {
    await addRunningJob();
    stores.tokens.stale.add("token-1");
    await stores.jobs.requestCancel(jobId, startMs);
    await clock.advance(leaseMs + abandonAfterMs);
    expect(await run()).toEqual({ ...idle, reclaimed: 1 });
    expect(await job()).toMatchObject({ status: "cancelled", errors: [] });
    expect((await stores.dependencies.get(tenantId, dependencyId))?.activeJobId).toBeUndefined();
  });

  it("does not keep the others waiting when it cannot be ended", async () => {
    await addRunningJob();
    stores.tokens.stale.add("token-1");
    await clock.advance(leaseMs + abandonAfterMs);
    await addDependency({ id: "01KDTV0000DEPENDENCY000002" });
    const fail = () => Promise.reject(new Error("throttled"));
    expect(await run({ jobs: { ...stores.jobs, fail } })).toEqual({ ...idle, submitted: 1, failed: 1 });
  });
});

describe("two runs at once", () => {
  it("submit each dependency once, start each job once and report each lost worker once", async () => {
    await addRunningJob();
    await clock.advance(leaseMs + reclaimAfterMs);
    await addDependency({ id: "01KDTV0000DEPENDENCY000002" });
    await addDependency({ id: "01KDTV0000DEPENDENCY000003", nextCheckAt: undefined });
    const queued = { id: "01KDTV00000000000JOB000003", dependencyId: "01KDTV0000DEPENDENCY000003" };
    await stores.jobs.create(syncJobFixture(queued));
    const [first, second] = await Promise.all([run(), run()]);
    expect(first.submitted + second.submitted).toBe(1);
    expect(first.reclaimed + second.reclaimed).toBe(1);
    expect(first.failed + second.failed).toBe(0);
    expect((await unfinished()).map((one) => one.dependencyId)).toEqual([
      dependencyId,
      "01KDTV0000DEPENDENCY000003",
      "01KDTV0000DEPENDENCY000002",
    ]);
    expect(stores.workflow.sent.map((input) => input.dependencyId).sort()).toEqual([
      "01KDTV0000DEPENDENCY000002",
      "01KDTV0000DEPENDENCY000003",
    ]);
    expect(stores.tokens.sent).toHaveLength(1);
  });
});
