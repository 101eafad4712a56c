import { deliver } from "../../../shared/alerts/deliver.ts";
import type { ChangeEvent } from "../../../shared/changes/change-event.ts";
import { allSyncStages } from "../../../shared/contracts/sync-stages.ts";
import { settleInvocation, stageInvocation, syncExecutionInput } from "../../../shared/contracts/sync-workflow.ts";
import { defaultHealthThresholds } from "../../../shared/health/assess-failure.ts";
import type { SyncJob } from "../../../shared/jobs/job.ts";
import { createSyncService } from "../../../shared/jobs/sync-service.ts";
import { createVirtualClock } from "../../../shared/memory/clock.ts";
import { createMemoryStores } from "../../../shared/memory/memory-stores.ts";
import type { FetchOutcome, FetchRequest } from "../../../shared/net/guarded-fetch.ts";
import { runStage } from "../../../shared/pipeline/run-stage.ts";
import { endOfExecution, settleJob } from "../../../shared/pipeline/settle.ts";
import { sampleChannel } from "../alerts/sample-alert.ts";
import { dependencyFixture } from "../sync-fixtures.ts";
import { createMortal, type Death } from "./mortal-worker.ts";
import { dependencyId, nowMs, tenantId } from "./stage-context.ts";
import { stagesOn } from "./stages-on.ts";
import { type Execution, endOfToken, runExecution, settleTurns, type TaskEnd } from "./state-machine.ts";

const leaseDurationMs = 30_000;
const heartbeatSeconds = 30;
const url = dependencyFixture().specUrl ?? "";

type Stores = ReturnType<typeof createMemoryStores>;
type FetchAnswer = FetchOutcome | Error;

/** A host that serves one document, with its version as the ETag. */
const createOrigin = () => {
  let document: { bytes: Uint8Array; etag: string } | undefined;
  /** Answered once each before the document is. */
  const first: FetchAnswer[] = [];
  const requests: string[] = [];
  return {
    first,
    /** What was asked for, as the validator that came with it. */
    requests,
    serve(bytes: Uint8Array, etag: string) {
      document = { bytes, etag };
    },
    async fetch({ etag }: FetchRequest): Promise<FetchOutcome> {
      requests.push(etag ?? "unconditional");
      const answer = first.shift();
      if (answer instanceof Error) throw answer;
      if (answer !== undefined) return answer;
      if (document === undefined) throw new Error("the origin serves nothing");
      if (etag === document.etag) return { outcome: "notModified" };
      const { bytes: body, etag: own } = document;
      return { outcome: "body", body, finalUrl: url, status: 200, etag: own, elapsedMs: 1, redirects: [] };
    },
  };
};

/**
 * One dependency, one channel, its host, and everything that a sync runs on, in memory and on a virtual clock.
 */
export const createSyncWorld = async () => {
  const stores = createMemoryStores();
  const clock = createVirtualClock(nowMs);
  const time = { nowMs: clock.nowMs, wait: clock.advance };
  const origin = createOrigin();
  let jobCount = 0;
  const newId = (): string => {
    jobCount += 1;
    return `01KDTW0000000000JOB${String(jobCount).padStart(7, "0")}`;
  };
  const syncs = createSyncService({ ...stores, clock, newId, heartbeatSeconds, maxUnfinishedSyncs: 100 });
  await stores.dependencies.create(dependencyFixture());
  await stores.channels.create(sampleChannel({ tenantId, minSeverity: "safe" }));

  const world = {
    stores,
    clock,
    origin,
    syncs,
    /** Kills the worker that makes this call to its ports, counted by `calls`. */
    death: undefined as Death | undefined,
    /** What runs before each stage: a place to break things at. */
    beforeStage: async (_stage: string): Promise<void> => {},
    /** Milliseconds that a worker has left when it asks for the `look`th time. */
    remainingMs: (_look: number): number => 900_000,
    /** Replaces ports, to make them fail. */
    replaced: {} as Partial<Stores>,
    /** Calls that workers have made to their ports so far. */
    calls: 0,

    /** Asks for a sync and runs its execution to the end. */
    async sync(): Promise<Execution & { job: SyncJob }> {
      const { job } = await syncs.submit(tenantId, dependencyId, "manual");
      return world.execute(job);
    },
    async retry(jobId: string): Promise<Execution & { job: SyncJob }> {
      return world.execute(await syncs.retry(tenantId, jobId));
    },
    /** Runs the execution of the job's current attempt. */
    async execute(job: SyncJob): Promise<Execution & { job: SyncJob }> {
      const input = stores.workflow.sent.find((one) => one.jobId === job.id && one.attempt === job.attempt);
      const execution = await runExecution(syncExecutionInput.parse(input), time, runTask, job.type);
      return { ...execution, job: await world.job(job.id) };
    },
    async job(jobId: string): Promise<SyncJob> {
      const job = await stores.jobs.get(jobId);
      if (job === undefined) throw new Error(`there is no job ${jobId}`);
      return job;
    },
    async dependency() {
      return stores.dependencies.get(tenantId, dependencyId);
    },
    changes: async (): Promise<ChangeEvent[]> => (await stores.changes.list(tenantId, {}, { limit: 100 })).items,
    deliveries: async () => (await stores.deliveries.list(tenantId, { limit: 100 })).items,
    snapshots: async () => (await stores.snapshots.list(tenantId, dependencyId, { limit: 100 })).items,
  };

  const runTask = async (stateName: string, payload: Record<string, unknown>): Promise<TaskEnd> => {
    if (stateName.startsWith("Record")) {
      const invocation = settleInvocation.parse(payload);
      const job = await settleJob({ jobs: stores.jobs, clock }, invocation, defaultHealthThresholds);
      return { result: endOfExecution(invocation, job) };
    }
    const name = stateName.toLowerCase();
    if (!allSyncStages.some((stage) => stage === name)) throw new Error(`no function runs ${stateName}`);
    await world.beforeStage(name);
    return runWorker(name, stageInvocation.parse(payload));
  };

  const runWorker = async (name: string, invocation: ReturnType<typeof stageInvocation.parse>): Promise<TaskEnd> => {
    const { death } = world;
    const worker = createMortal(death && { ...death, atCall: death.atCall - world.calls });
    const own: Stores = { ...stores, ...world.replaced };
    const mine = Object.fromEntries(Object.entries(own).map(([key, port]) => [key, worker.mortal(port)])) as Stores;
    const stage = stagesOn(mine, worker.mortal(origin).fetch, clock)[name];
    if (stage === undefined) throw new Error(`there is no stage ${name}`);
    let looks = 0;
    const remainingMs = () => {
      looks += 1;
      return world.remainingMs(looks);
    };
    const ports = { ...mine, clock, log: () => {} };
    const owner = `worker-of-${invocation.taskToken}`;
    await Promise.race([worker.died, runStage(ports, stage, invocation, { owner, leaseDurationMs, remainingMs })]);
    await settleTurns();
    world.calls += worker.calls();
    const reported = endOfToken(stores.tokens.sent, invocation.taskToken);
    if (reported !== undefined) return reported;
    await clock.advance(heartbeatSeconds * 1000);
    stores.tokens.stale.add(invocation.taskToken);
    return { error: "States.HeartbeatTimeout" };
  };

  return world;
};

export type SyncWorld = Awaited<ReturnType<typeof createSyncWorld>>;

/** Everything that a person can see of the syncs so far, without the times at which it happened. */
export const visible = async ({ changes, snapshots, deliveries, dependency }: SyncWorld) => {
  const found = await dependency();
  return {
    changes: (await changes()).map(({ detectedAt: _, ...change }) => change),
    snapshots: (await snapshots()).map(({ createdAt: _, ...snapshot }) => snapshot),
    deliveries: (await deliveries()).map(({ createdAt: _, updatedAt: __, payload, ...delivery }) => ({
      ...delivery,
      payload: { ...JSON.parse(payload), timestamp: "" },
    })),
    dependency: {
      currentSnapshotId: found?.currentSnapshotId,
      activeJobId: found?.activeJobId,
      etag: found?.etag,
      healthStatus: found?.health.status,
      failures: found?.health.consecutiveFailures,
    },
  };
};

/** Sends what is queued, and counts the messages by their id as a receiver sees them. */
export const received = async ({ stores, clock }: SyncWorld): Promise<Record<string, number>> => {
  const ids: Record<string, number> = {};
  const post = async ({ headers }: { headers: Record<string, string> }) => {
    const id = headers["webhook-id"] ?? "";
    ids[id] = (ids[id] ?? 0) + 1;
    return { status: 204, bodyExcerpt: "", elapsedMs: 1 };
  };
  const ports = {
    ...stores,
    queue: stores.deliveryQueue,
    disableChannelAfterDays: 5,
    post,
    nowMs: clock.nowMs,
    random: () => 0,
  };
  for (const { deliveryId } of [...stores.deliveryQueue.sent]) await deliver(ports, { tenantId, deliveryId });
  return ids;
};
