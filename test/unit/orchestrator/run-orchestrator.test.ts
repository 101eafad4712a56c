import { beforeEach, describe, expect, it } from "vitest";
import type { Dependency } from "../../../shared/dependencies/dependency.ts";
import { nextCheckAt as plannedAt } from "../../../shared/dependencies/next-check.ts";
import { defaultHealthThresholds } from "../../../shared/health/assess-failure.ts";
import type { SyncJob } from "../../../shared/jobs/job.ts";
import { createSyncService } from "../../../shared/jobs/sync-service.ts";
import { createVirtualClock, type VirtualClock } from "../../../shared/memory/clock.ts";
import { createMemoryStores, type MemoryStores } from "../../../shared/memory/memory-stores.ts";
import { abandonAfterMs, reclaimAfterMs } from "../../../shared/orchestrator/reclaim-job.ts";
import { type OrchestratorRun, runOrchestrator } from "../../../shared/orchestrator/run-orchestrator.ts";
import { newRun, type RunRecord } from "../../../shared/orchestrator/run-record.ts";
import { noTotals, stopBelowMs } from "../../../shared/orchestrator/submit-due.ts";
import { sampleChannel } from "../alerts/sample-alert.ts";
import { dependencyFixture, syncJobFixture } from "../sync-fixtures.ts";

// One file above the usual length: all cases are of one run over the same small fleet, which the head of the file builds.

const startMs = Date.parse("2026-01-01T00:00:00Z");
const startAt = "2026-01-01T00:00:00.000Z";
const leaseMs = 30_000;
const hourMs = 3_600_000;
const { tenantId, id: dependencyId } = dependencyFixture();
const { id: jobId } = syncJobFixture();
const maxRunMs = 300_000;

/** What a run says that did no more than this. */
const ran = (own: Partial<OrchestratorRun>): OrchestratorRun => ({
  runId: 1,
  status: "completed",
  ...noTotals(),
  started: 0,
  reclaimed: 0,
  failedJobs: 0,
  ...own,
});
const recorded = (id: number, own: Partial<RunRecord>): RunRecord => ({
  ...newRun(id, startAt, false),
  status: "completed",
  isOpen: undefined,
  ...own,
});
const slotAfter = (nowMs: number, cadence: string) =>
  plannedAt({ id: dependencyId, cadence, health: { status: "healthy", consecutiveFailures: 0 } }, nowMs);

let stores: MemoryStores;
let clock: VirtualClock;
let logged: [string, Record<string, unknown>][];

beforeEach(() => {
  stores = createMemoryStores();
  clock = createVirtualClock(startMs);
  logged = [];
});

type Options = Partial<Parameters<typeof runOrchestrator>[1]>;

const run = (changes: Partial<MemoryStores> = {}, own: Options = {}) => {
  const ports = { ...stores, ...changes, clock };
  const options = {
    mode: "opt-in",
    allowedTenants: [],
    maxUnfinishedSyncs: 100,
    hostIntervalMs: 0,
    remainingMs: () => maxRunMs,
    maxRunMs,
    ...own,
  } as const;
  const newId = () => "unused";
  const syncs = createSyncService({ ...ports, ...options, newId, heartbeatSeconds: 30 });
  const log = (event: string, fields: Record<string, unknown>) => void logged.push([event, fields]);
  return runOrchestrator({ ...ports, queue: ports.checkQueue, syncs, log }, options);
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
  it("is asked for, and its next check is planned at its own moment of its cadence", async () => {
    await addDependency({ cadence: "15m" });
    expect(await run()).toEqual(ran({ tablesAssessed: 1, jobsSubmitted: 1 }));
    expect(stores.checkQueue.sent).toEqual([
      { message: { tenantId, dependencyId, dueAt: startAt, runId: 1, tries: 0 }, delayMs: 0 },
    ]);
    expect(await nextCheckAt()).toBe(slotAfter(startMs, "15m"));
    expect(await unfinished()).toEqual([]);
    expect(await run()).toEqual(ran({ runId: 2 }));
  });

  it.each([
    ["15m", "2026-01-02T00:00:00.000Z"],
    ["7d", "2026-01-08T00:00:00.000Z"],
  ])("is looked at once a day at most while it is paused (cadence %s)", async (cadence, next) => {
    const health = { status: "paused" as const, consecutiveFailures: 10 };
    await addDependency({ cadence, health });
    expect(await run()).toEqual(ran({ tablesAssessed: 1, jobsSubmitted: 1 }));
    expect(await nextCheckAt()).toBe(next);
  });

  it("is neither what is not due yet nor what is disabled", async () => {
    await addDependency({ nextCheckAt: "2026-01-01T00:00:00.001Z" });
    await addDependency({ id: "01KDTV0000DEPENDENCY000002", enabled: false });
    expect(await run()).toEqual(ran({}));
    expect(stores.checkQueue.sent).toEqual([]);
  });

  it("is skipped while it is in a sync, and healthy when it was checked since; both are planned anew", async () => {
    await addDependency();
    await stores.jobs.create(syncJobFixture());
    await stores.jobs.recordExecution(jobId, 1, "arn:1");
    await addDependency({ id: "01KDTV0000DEPENDENCY000002", lastCheckedAt: startAt });
    expect(await run()).toEqual(ran({ tablesAssessed: 2, tablesSkipped: 1, tablesHealthy: 1 }));
    expect(stores.checkQueue.sent).toEqual([]);
    expect(await nextCheckAt()).toBe(slotAfter(startMs, "1h"));
    expect(await run()).toEqual(ran({ runId: 2 }));
  });

  it("is skipped when its tenant is not on the allowlist, unless the mode is opt-out", async () => {
    await addDependency();
    const policy = { mode: "opt-in", allowedTenants: ["another"] } as const;
    expect(await run({}, policy)).toEqual(ran({ tablesAssessed: 1, tablesSkipped: 1 }));
    await stores.dependencies.update(tenantId, dependencyId, { nextCheckAt: startAt }, startMs);
    expect(await run({}, { ...policy, mode: "opt-out" })).toEqual(
      ran({ runId: 2, tablesAssessed: 1, jobsSubmitted: 1 }),
    );
  });

  it("comes at each host's pace", async () => {
    for (const number of [1, 2, 3])
      await addDependency({
        id: `01KDTV0000DEPENDENCY00000${number}`,
        nextCheckAt: `2025-12-31T23:0${number}:00.000Z`,
      });
    const specUrl = "https://other.example.com/openapi.json";
    await addDependency({ id: "01KDTV0000DEPENDENCY000004", specUrl });
    await run({}, { hostIntervalMs: 250 });
    const delays = stores.checkQueue.sent.map(({ message, delayMs }) => [message.dependencyId.slice(-1), delayMs]);
    expect(delays).toEqual([
      ["1", 0],
      ["2", 250],
      ["3", 500],
      ["4", 0],
    ]);
  });

  it("is left due, and taken up by the next run, where the queue does not take it", async () => {
    await addDependency();
    await addDependency({ id: "01KDTV0000DEPENDENCY000002" });
    const send: typeof stores.checkQueue.send = async (messages) => messages.slice(0, 1).map(({ message }) => message);
    const totals = { tablesAssessed: 2, jobsSubmitted: 1, failed: 1, status: "partial" };
    expect(await run({ checkQueue: { ...stores.checkQueue, send } })).toEqual(ran(totals));
    expect(await nextCheckAt()).toBe(startAt);
    const refuse = () => Promise.reject(new Error("throttled"));
    const refused = { runId: 2, tablesAssessed: 1, failed: 1, status: "partial" };
    expect(await run({ checkQueue: { ...stores.checkQueue, send: refuse } })).toEqual(ran(refused));
    expect(await run()).toEqual(ran({ runId: 3, tablesAssessed: 1, jobsSubmitted: 1 }));
    expect(logged.map(([event]) => event)).toEqual([
      "orchestrator.checks_not_queued",
      "orchestrator.checks_not_queued",
    ]);
  });

  it("is not held up by the error of another one", async () => {
    await addDependency();
    await addDependency({ id: "01KDTV0000DEPENDENCY000002" });
    const planCheck: typeof stores.dependencies.planCheck = (read, at) =>
      read.id === dependencyId ? Promise.reject(new Error("throttled")) : stores.dependencies.planCheck(read, at);
    const totals = { tablesAssessed: 2, jobsSubmitted: 2, failed: 1, status: "partial" };
    expect(await run({ dependencies: { ...stores.dependencies, planCheck } })).toEqual(ran(totals));
    expect(logged).toEqual([["orchestrator.dependency_failed", { id: dependencyId, message: "throttled" }]]);
  });
});

describe("the health of a dependency", () => {
  const failure = (minute: number) => ({
    atMs: startMs + minute * 60_000,
    name: "UpstreamNotFoundError",
    message: "it answered 404",
    thresholds: defaultHealthThresholds,
  });
  const now = async () => (await stores.dependencies.get(tenantId, dependencyId)) ?? dependencyFixture();
  const failTimes = async (times: number) => {
    for (let count = 1; count <= times; count += 1) {
      const seen = await now();
      const job = syncJobFixture({ id: `01KDTV0000FAILED${String(++failures).padStart(10, "0")}`, status: "failed" });
      await stores.checks.recordFailed(seen, job, failure(failures));
    }
  };
  const succeed = async () => stores.checks.recordUnchanged(await now(), { atMs: startMs + ++failures * 60_000 });
  const told = async () =>
    (await stores.deliveries.list(tenantId, { limit: 100 })).items.map(({ eventType, channelId }) => [
      eventType,
      channelId,
    ]);
  let failures = 0;

  beforeEach(async () => {
    failures = 0;
    await addDependency({ nextCheckAt: "2027-01-01T00:00:00.000Z" });
    await stores.channels.create(sampleChannel({ id: "chn_1", tenantId, minSeverity: "breaking" }));
    await stores.channels.create(sampleChannel({ id: "chn_2", tenantId, enabled: false }));
  });

  it("is told once when it becomes unhealthy and once when it recovers, however it goes on in between", async () => {
    await failTimes(4);
    expect(await run()).toEqual(ran({}));
    expect(await told()).toEqual([]);
    await failTimes(1);
    expect(await run()).toEqual(ran({ runId: 2 }));
    expect(await told()).toEqual([["dependency.unhealthy", "chn_1"]]);
    await failTimes(6);
    expect((await now()).health.status).toBe("paused");
    await run();
    expect(await told()).toHaveLength(1);
    await succeed();
    await run();
    await run();
    const both = [
      ["dependency.recovered", "chn_1"],
      ["dependency.unhealthy", "chn_1"],
    ];
    expect(await told()).toEqual(both);
    expect(stores.deliveryQueue.sent).toHaveLength(2);
    const [recovered, unhealthy] = (await stores.deliveries.list(tenantId, { limit: 2 })).items;
    expect(JSON.parse(unhealthy?.payload ?? "")).toEqual({
      type: "dependency.unhealthy",
      timestamp: "2026-01-01T00:05:00.000Z",
      data: {
        tenantId,
        dependency: { id: dependencyId, name: "Petstore" },
        status: "unhealthy",
        consecutiveFailures: 5,
        unhealthySince: "2026-01-01T00:05:00.000Z",
        lastError: { name: "UpstreamNotFoundError", message: "it answered 404" },
        links: { dependency: `/api/dependencies/${dependencyId}` },
      },
    });
    expect(JSON.parse(recovered?.payload ?? "")).toMatchObject({
      timestamp: "2026-01-01T00:12:00.000Z",
      data: { status: "healthy", unhealthySince: "2026-01-01T00:05:00.000Z" },
    });
    await failTimes(5);
    await run();
    expect(await told()).toEqual([["dependency.unhealthy", "chn_1"], ...both]);
  });

  it("is told by nobody when it recovered before anybody was told", async () => {
    await failTimes(5);
    await succeed();
    await run();
    expect(await told()).toEqual([]);
    expect((await now()).health).not.toHaveProperty("unhealthyAt");
  });

  it("is told of a dependency that is only synced by hand, too", async () => {
    await stores.dependencies.update(tenantId, dependencyId, { enabled: false }, startMs);
    await failTimes(5);
    expect(await run()).toEqual(ran({}));
    expect(await told()).toEqual([["dependency.unhealthy", "chn_1"]]);
  });

  it("is told once by a run that dies before it notes it, and by the one after it", async () => {
    await failTimes(5);
    const noteNotice = () => Promise.reject(new Error("throttled"));
    const died = ran({ failed: 1, status: "partial" });
    expect(await run({ dependencies: { ...stores.dependencies, noteNotice } })).toEqual(died);
    await run();
    await run();
    expect(await told()).toHaveLength(1);
    // A second message for it is skipped by the delivery's own claim.
    expect(new Set(stores.deliveryQueue.sent.map(({ deliveryId }) => deliveryId)).size).toBe(1);
  });

  it("is told beside the check that is due", async () => {
    await failTimes(5);
    await stores.dependencies.update(tenantId, dependencyId, { nextCheckAt: startAt }, startMs);
    // The failed checks came after it fell due, so that it needs none now.
    expect(await run()).toEqual(ran({ tablesAssessed: 1, tablesHealthy: 1 }));
    expect(await told()).toHaveLength(1);
    expect(await nextCheckAt()).toBe(slotAfter(startMs, "1h"));
    expect(await run()).toEqual(ran({ runId: 2 }));
  });
});

describe("a run", () => {
  const addMany = async (count: number) => {
    for (let number = 1; number <= count; number += 1)
      await addDependency({ id: `01KDTV0000DEPENDENCY00${String(number).padStart(4, "0")}` });
  };

  it("that comes to its deadline leaves the rest to the next one, which asks for each once", async () => {
    await addMany(250);
    let looks = 0;
    const remainingMs = () => {
      looks += 1;
      return looks > 2 ? stopBelowMs - 1 : stopBelowMs;
    };
    const cutOff = { tablesAssessed: 200, jobsSubmitted: 200, isCutOff: true, status: "partial" };
    expect(await run({}, { remainingMs })).toEqual(ran(cutOff));
    expect(await run()).toEqual(ran({ runId: 2, tablesAssessed: 50, jobsSubmitted: 50 }));
    expect(new Set(stores.checkQueue.sent.map(({ message }) => message.dependencyId)).size).toBe(250);
    expect(await stores.runs.list(10)).toEqual([
      recorded(2, { tablesAssessed: 50, jobsSubmitted: 50 }),
      recorded(1, {
        tablesAssessed: 200,
        jobsSubmitted: 200,
        status: "partial",
        error: "its time was up: the next run goes on with what is due",
      }),
    ]);
  });

  it("records itself when it fails, too", async () => {
    const listUnfinished = () => Promise.reject(new Error("the table is gone"));
    await expect(run({ jobs: { ...stores.jobs, listUnfinished } })).rejects.toThrow("the table is gone");
    expect(await stores.runs.list(10)).toEqual([recorded(1, { status: "failed", error: "the table is gone" })]);
  });

  it("leaves what is due to another one that is at work, and says so", async () => {
    await addDependency();
    await stores.runs.begin(startAt, false);
    expect(await run()).toEqual(ran({ runId: 2, status: "partial" }));
    expect(stores.checkQueue.sent).toEqual([]);
    expect(await stores.runs.list(10)).toEqual([
      recorded(2, { status: "partial", error: "run 1 is at work still: what is due was left to it" }),
    ]);
  });

  it("is not kept from its work by a dry run", async () => {
    await addDependency();
    await stores.runs.begin(startAt, true);
    expect(await run()).toEqual(ran({ runId: 2, tablesAssessed: 1, jobsSubmitted: 1 }));
    await clock.advance(maxRunMs);
    await run();
    expect((await stores.runs.list(10)).map(({ id, status, dryRun }) => [id, status, dryRun])).toEqual([
      [3, "completed", false],
      [2, "completed", false],
      [1, "failed", true],
    ]);
  });

  it("closes the record of one that died, and does its work", async () => {
    await addDependency();
    await stores.runs.begin(startAt, false);
    await clock.advance(maxRunMs);
    expect(await run()).toEqual(ran({ runId: 2, tablesAssessed: 1, jobsSubmitted: 1 }));
    const completedAt = new Date(startMs + maxRunMs).toISOString();
    const error = "it was cut off before it could record how it ended";
    expect(await stores.runs.list(10)).toEqual([
      recorded(2, { tablesAssessed: 1, jobsSubmitted: 1, startedAt: completedAt, completedAt }),
      recorded(1, { status: "failed", error, completedAt }),
    ]);
  });

  it("twice at once asks for nothing that a worker would check twice", async () => {
    await addMany(3);
    await Promise.all([run(), run()]);
    const asked = stores.checkQueue.sent.map(({ message }) => `${message.dependencyId} ${message.dueAt}`);
    // The same dependency at the same due time: the worker that comes second finds it checked.
    expect(new Set(asked).size).toBe(3);
  });
});

describe("a queued job", () => {
  it("is started when no execution was started for it", async () => {
    await addDependency({ nextCheckAt: undefined });
    await stores.jobs.create(syncJobFixture());
    expect(await run()).toMatchObject({ started: 1 });
    expect(stores.workflow.sent).toEqual([
      { tenantId, dependencyId, jobId, attempt: 1, resumeAt: "fetch", heartbeatSeconds: 30 },
    ]);
    expect((await job()).executionArn).toBeDefined();
    expect(await run()).toMatchObject({ started: 0, reclaimed: 0, failedJobs: 0 });
  });

  it("waits in order while more are unfinished than may run", async () => {
    for (const number of [1, 2, 3]) {
      const dependency = `01KDTV0000DEPENDENCY00000${number}`;
      await addDependency({ id: dependency, nextCheckAt: undefined });
      await stores.jobs.create(syncJobFixture({ id: `01KDTV00000000000JOB00000${number}`, dependencyId: dependency }));
    }
    expect(await run({}, { maxUnfinishedSyncs: 2 })).toMatchObject({ started: 2 });
    expect(stores.workflow.sent.map((input) => input.jobId.slice(-1))).toEqual(["1", "2"]);
    await stores.jobs.cancel("01KDTV00000000000JOB000001", 1, startMs);
    expect(await run({}, { maxUnfinishedSyncs: 2 })).toMatchObject({ started: 1 });
    expect(stores.workflow.sent.map((input) => input.jobId.slice(-1))).toEqual(["1", "2", "3"]);
  });

  it("is read page by page when many are unfinished", async () => {
    for (let number = 1; number <= 120; number += 1) {
      const suffix = String(number).padStart(4, "0");
      await addDependency({ id: `01KDTV0000DEPENDENCY00${suffix}`, nextCheckAt: undefined });
      const fields = { id: `01KDTV00000000000JOB00${suffix}`, dependencyId: `01KDTV0000DEPENDENCY00${suffix}` };
      await stores.jobs.create(syncJobFixture(fields));
    }
    expect(await run({}, { maxUnfinishedSyncs: 110 })).toMatchObject({ started: 110 });
  });

  it("is not held up by the error of another one", async () => {
    for (const number of [1, 2]) {
      const dependency = `01KDTV0000DEPENDENCY00000${number}`;
      await addDependency({ id: dependency, nextCheckAt: undefined });
      await stores.jobs.create(syncJobFixture({ id: `01KDTV00000000000JOB00000${number}`, dependencyId: dependency }));
    }
    const start: typeof stores.workflow.start = (input, type) =>
      input.jobId.endsWith("1") ? Promise.reject(new Error("throttled")) : stores.workflow.start(input, type);
    const workflow = { ...stores.workflow, start };
    expect(await run({ workflow })).toMatchObject({ started: 1, failedJobs: 1 });
    expect(logged).toEqual([["orchestrator.job_failed", { id: "01KDTV00000000000JOB000001", message: "throttled" }]]);
  });
});

describe("a job whose worker stopped renewing", () => {
  it("is left alone while its lease lives, and for a while longer", async () => {
    await addRunningJob();
    await clock.advance(leaseMs + reclaimAfterMs - 1);
    expect(await run()).toMatchObject({ started: 0, reclaimed: 0, failedJobs: 0 });
    expect(stores.tokens.sent).toEqual([]);
  });

  it("is reported to the state machine as lost, once, and stays as it is for the next worker", async () => {
    await addRunningJob();
    await clock.advance(leaseMs + reclaimAfterMs);
    const before = await job();
    expect(await run()).toMatchObject({ reclaimed: 1 });
    expect(await run()).toMatchObject({ started: 0, reclaimed: 0, failedJobs: 0 });
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
    const jobType = "dependency.sync";
    const lease = { jobId, jobType, stage: "fetch", attempt: 1, owner: "worker-1", term: 1, expiresAtMs: 0 } as const;
    await stores.jobs.renew(lease, clock.nowMs(), leaseMs);
    await clock.advance(leaseMs + reclaimAfterMs - 1);
    expect(await run()).toMatchObject({ started: 0, reclaimed: 0, failedJobs: 0 });
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
    expect(await run()).toMatchObject({ started: 0, reclaimed: 0, failedJobs: 0 });
    await clock.advance(1);
    expect(await run()).toMatchObject({ reclaimed: 1 });
    expect(await job()).toMatchObject(abandoned({}, "2026-01-01T02:00:30.000Z"));
    const dependency = await stores.dependencies.get(tenantId, dependencyId);
    expect(dependency?.activeJobId).toBeUndefined();
    expect(dependency?.health).toEqual({ status: "healthy", consecutiveFailures: 0 });
    expect(await run()).toMatchObject({ started: 0, reclaimed: 0, failedJobs: 0 });
  });

  it("fails too when its execution never came to a stage", async () => {
    await addDependency({ nextCheckAt: undefined });
    await stores.jobs.create(syncJobFixture({ updatedAt: startAt }));
    await stores.jobs.recordExecution(jobId, 1, "arn:1");
    await clock.advance(abandonAfterMs - 1);
    expect(await run()).toMatchObject({ started: 0, reclaimed: 0, failedJobs: 0 });
    await clock.advance(1);
    expect(await run()).toMatchObject({ reclaimed: 1 });
    expect(await job()).toMatchObject(abandoned({}, "2026-01-01T02:00:00.000Z"));
  });

  it("is not taken for abandoned while it waits for a host that answered 429", async () => {
    await addRunningJob();
    const jobType = "dependency.sync";
    const lease = { jobId, jobType, stage: "fetch", attempt: 1, owner: "worker-1", term: 1, expiresAtMs: 0 } as const;
    const rateLimitedUntil = new Date(startMs + 3 * hourMs).toISOString();
    await stores.jobs.release(lease, startMs, { rateLimitedUntil });
    await clock.advance(3 * hourMs + abandonAfterMs - 1);
    expect(await run()).toMatchObject({ started: 0, reclaimed: 0, failedJobs: 0 });
    await clock.advance(1);
    expect(await run()).toMatchObject({ reclaimed: 1 });
  });

  it("is cancelled when that was asked for", async () => {
    await addRunningJob();
    stores.tokens.stale.add("token-1");
    await stores.jobs.requestCancel(jobId, startMs);
    await clock.advance(leaseMs + abandonAfterMs);
    expect(await run()).toMatchObject({ reclaimed: 1 });
    expect(await job()).toMatchObject({ status: "cancelled", errors: [] });
    expect((await stores.dependencies.get(tenantId, dependencyId))?.activeJobId).toBeUndefined();
  });

  it("does not keep the others waiting when it cannot be ended", async () => {
    await addRunningJob();
    stores.tokens.stale.add("token-1");
    await clock.advance(leaseMs + abandonAfterMs);
    await addDependency({ id: "01KDTV0000DEPENDENCY000002" });
    const fail = () => Promise.reject(new Error("throttled"));
    expect(await run({ jobs: { ...stores.jobs, fail } })).toMatchObject({ jobsSubmitted: 1, failedJobs: 1 });
  });
});

describe("two runs at once", () => {
  it("start each job once and report each lost worker once", async () => {
    await addRunningJob();
    await clock.advance(leaseMs + reclaimAfterMs);
    await addDependency({ id: "01KDTV0000DEPENDENCY000003", nextCheckAt: undefined });
    const queued = { id: "01KDTV00000000000JOB000003", dependencyId: "01KDTV0000DEPENDENCY000003" };
    await stores.jobs.create(syncJobFixture(queued));
    const [first, second] = await Promise.all([run(), run()]);
    expect(first.reclaimed + second.reclaimed).toBe(1);
    expect(first.failedJobs + second.failedJobs).toBe(0);
    expect(stores.workflow.sent.map((input) => input.dependencyId)).toEqual(["01KDTV0000DEPENDENCY000003"]);
    expect(stores.tokens.sent).toHaveLength(1);
  });
});

describe("what people paused", () => {
  const pause = { id: "p-1", setBy: "operator", reason: "an incident", pausedAt: startAt, pausedBy: "ada" } as const;
  const resume = () => stores.pauses.end(pause.id, { at: startAt, by: "ada", reason: "over" });

  it("stays due, and is asked for by the first run after it is resumed", async () => {
    await addDependency();
    await stores.pauses.begin({ ...pause, tenantId });
    expect(await run()).toEqual(ran({ tablesAssessed: 1, tablesSkipped: 1 }));
    expect([stores.checkQueue.sent, await nextCheckAt()]).toEqual([[], startAt]);
    await resume();
    expect(await run()).toEqual(ran({ runId: 2, tablesAssessed: 1, jobsSubmitted: 1 }));
  });

  it("stays queued without taking others' room, and is started by the first run after it is resumed", async () => {
    await addDependency({ nextCheckAt: undefined });
    await stores.jobs.create(syncJobFixture());
    const other = { tenantId: "01KDTV000000TENANT00000009", dependencyId: "01KDTV0000DEPENDENCY000009" };
    const otherId = "01KDTW00000000000000000JOB9";
    await addDependency({ tenantId: other.tenantId, id: other.dependencyId, nextCheckAt: undefined });
    await stores.jobs.create(syncJobFixture({ ...other, id: otherId }));
    await stores.pauses.begin({ ...pause, tenantId, jobType: "dependency.sync" });
    expect(await run({}, { maxUnfinishedSyncs: 1 })).toEqual(ran({ started: 1 }));
    expect(stores.workflow.sent.map((input) => input.jobId)).toEqual([otherId]);
    await resume();
    expect(await run()).toEqual(ran({ runId: 2, started: 1 }));
    expect(stores.workflow.sent.map((input) => input.jobId)).toEqual([otherId, jobId]);
  });

  it("is finished where it runs: a lost worker's job is reclaimed", async () => {
    await addRunningJob();
    await stores.pauses.begin({ ...pause, tenantId });
    await clock.advance(leaseMs + reclaimAfterMs);
    expect(await run()).toMatchObject({ reclaimed: 1 });
  });
});
