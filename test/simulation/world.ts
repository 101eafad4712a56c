import { monotonicFactory } from "ulid";
import { deliver } from "../../shared/alerts/deliver.ts";
import { checkBatch } from "../../shared/checks/check-batch.ts";
import type { CheckMessage } from "../../shared/contracts/check-message.ts";
import { settleInvocation, stageInvocation } from "../../shared/contracts/sync-workflow.ts";
import type { DueWindow } from "../../shared/dependencies/ports.ts";
import { defaultHealthThresholds } from "../../shared/health/assess-failure.ts";
import { executionName, type SyncJob } from "../../shared/jobs/job.ts";
import type { SyncWorkflow } from "../../shared/jobs/ports.ts";
import { createSyncService, type SyncService } from "../../shared/jobs/sync-service.ts";
import { memoryCheckStore } from "../../shared/memory/memory-check-store.ts";
import { memoryDependencyStore } from "../../shared/memory/memory-dependency-store.ts";
import { memoryJobStore } from "../../shared/memory/memory-job-store.ts";
import type { SentDelivery } from "../../shared/memory/memory-messengers.ts";
import { createMemoryStores } from "../../shared/memory/memory-stores.ts";
import { createSyncState } from "../../shared/memory/sync-state.ts";
import { UpstreamUnavailableError } from "../../shared/net/errors.ts";
import type { GuardedPost } from "../../shared/net/guarded-post.ts";
import { runOrchestrator } from "../../shared/orchestrator/run-orchestrator.ts";
import { runStage } from "../../shared/pipeline/run-stage.ts";
import { endOfExecution, settleJob } from "../../shared/pipeline/settle.ts";
import type { Stage } from "../../shared/pipeline/stage.ts";
import { catalogTenantId } from "../../shared/providers/catalog-tenant.ts";
import { sampleChannel } from "../unit/alerts/sample-alert.ts";
import { stagesOn } from "../unit/pipeline/stages-on.ts";
import { runExecution, type TaskEnd } from "../unit/pipeline/state-machine.ts";
import { dependencyFixture } from "../unit/sync-fixtures.ts";
import type { Choices } from "./choices.ts";
import { createPauseWatch } from "./pause-watch.ts";
import { createPausingPeople } from "./pausing-people.ts";
import { followers, surfaceId, tenants } from "./population.ts";
import { type FaultRates, noFaults, type SimulatedProcess, startProcess } from "./process.ts";
import { createWatch } from "./promises.ts";
import { createScheduler, type Strand } from "./scheduler.ts";
import { createTaskTokens } from "./task-tokens.ts";
import { createUpstream, documents } from "./upstream.ts";

const startMs = Date.parse("2026-01-01T00:00:00Z");
const secondMs = 1_000;
const minuteMs = 60 * secondMs;

/** As the CDK app configures them. */
const leaseDurationMs = 30 * secondMs;
const heartbeatSeconds = 60;
const maxUnfinishedSyncs = 2;
const scheduleMs = 5 * minuteMs;
const orchestratorLifetimeMs = 5 * minuteMs;
const deliverLifetimeMs = 30 * secondMs;
const checkLifetimeMs = 210 * secondMs;
const fetchTimeoutMs = minuteMs;
const hostLimits = { maxTurns: 2, intervalMs: 250 };
const maxReceives = 5;

export type Stores = ReturnType<typeof createMemoryStores>;

/** A mistake put into the engine on purpose, to show that the simulation sees it. */
export type Bug = {
  stores?(stores: Stores): Stores;
  stage?(stage: Stage): Stage;
  /** Switches the reclaim and start of jobs off. */
  withoutOrchestrator?: true;
};

/**
 * Two tenants with two dependencies, a channel and a subscription each, the provider surface that both follow, and everything
 * that their syncs run on.
 */
export const createWorld = async (choices: Choices, note: (line: string) => void, bug: Bug = {}) => {
  const scheduler = createScheduler(startMs, choices);
  const service: Strand = { name: "service", isDead: false, frozenUntilMs: 0 };
  const state = createSyncState();
  const watch = createWatch(state);
  const memory: Stores = {
    ...createMemoryStores(),
    jobs: memoryJobStore(state),
    dependencies: memoryDependencyStore(state),
    checks: memoryCheckStore(state),
  };
  const buggy = bug.stores?.(memory) ?? memory;
  const pauseWatch = createPauseWatch(memory.pauses, watch.breakPromise);
  const tokens = createTaskTokens(scheduler, service);
  // A schedule is calm or wild; its faults end, so that what is promised for the end can be looked at.
  const rates: FaultRates = {
    crash: choices.pick(12),
    refused: choices.pick(12),
    answerLost: choices.pick(12),
    slow: choices.pick(12),
    frozen: choices.pick(12),
  };
  const upstreamFaults = choices.pick(120);
  const receiverFaults = choices.pick(200);
  let isCalm = false;
  let processes = 0;
  // As different as ULIDs are: a snapshot's id takes the job's random part and the time of its fetch.
  let randomState = 1;
  const nextId = monotonicFactory(() => {
    randomState = (randomState * 48_271) % 2_147_483_647; // Park and Miller's minimal standard
    return randomState / 2_147_483_647;
  });
  const newId = () => nextId(scheduler.nowMs());
  const time = { nowMs: scheduler.nowMs, wait: (durationMs: number) => scheduler.sleep(service, durationMs) };
  const upstream = createUpstream(choices, scheduler.nowMs, () => (isCalm ? 0 : upstreamFaults));
  const say = (line: string) => note(`${((scheduler.nowMs() - startMs) / secondMs).toFixed(1)} s: ${line}`);

  const start = (name: string, lifetimeMs: number): SimulatedProcess => {
    processes += 1;
    return startProcess(
      { scheduler, choices, rates: () => (isCalm ? noFaults : rates), note: say },
      `${name} ${processes}`,
      lifetimeMs,
    );
  };

  const workflow: SyncWorkflow = {
    async start(input, type) {
      const known = memory.workflow.sent.length;
      const arn = await memory.workflow.start(input, type);
      if (memory.workflow.sent.length > known) {
        say(`execution ${executionName(input.jobId, input.attempt)} starts at ${input.resumeAt}`);
        void runExecution(input, time, runTask, type).catch(() => say("an execution ends unrecorded"));
      }
      return arn;
    },
  };

  const connected = (process: SimulatedProcess): Stores => {
    const watched = {
      ...buggy,
      jobs: watch.jobs(buggy.jobs),
      snapshots: watch.snapshots(buggy.snapshots),
      bodies: watch.bodies(buggy.bodies),
      deliveries: watch.deliveries(buggy.deliveries),
      pauses: pauseWatch.pauses(buggy.pauses, process),
    };
    const starts = pauseWatch.starts(workflow, process);
    const ports = Object.entries({ ...watched, tokens: tokens.port, workflow: starts, deliveryQueue, checkQueue });
    const stores = Object.fromEntries(ports.map(([name, port]) => [name, process.connect(name, port)])) as Stores;
    const index = process.connect("dueIndex", {
      read: (window: DueWindow) => Array.fromAsync(buggy.dependencies.due(window)),
    });
    const due = async function* (window: DueWindow) {
      yield* await index.read(window);
    };
    return { ...stores, dependencies: { ...stores.dependencies, due } };
  };

  const runTask = async (stateName: string, payload: Record<string, unknown>): Promise<TaskEnd> => {
    if (stateName.startsWith("Record")) return runSettler(settleInvocation.parse(payload));
    const invocation = stageInvocation.parse(payload);
    const ended = tokens.wait(invocation.taskToken, heartbeatSeconds * secondMs);
    void runWorker(stateName, invocation);
    if (!isCalm && choices.happens(20)) {
      void scheduler.sleep(service, choices.pick(20 * secondMs)).then(() => runWorker(stateName, invocation));
    }
    return ended;
  };

  const runWorker = async (stateName: string, invocation: ReturnType<typeof stageInvocation.parse>): Promise<void> => {
    // Short lives make a stage hand over the baton.
    const worker = start(stateName, isCalm ? 15 * minuteMs : 61 * secondMs + choices.pick(14 * minuteMs));
    const stores = connected(worker);
    const { fetch } = worker.connect("host", upstream);
    const stage = stagesOn(stores, fetch, worker.clock)[stateName.toLowerCase()];
    if (stage === undefined) throw new Error(`no function runs ${stateName}`);
    const ports = { ...stores, clock: worker.clock, log: () => {} };
    const end = await Promise.race([
      worker.died,
      runStage(ports, bug.stage?.(stage) ?? stage, invocation, {
        owner: worker.name,
        leaseDurationMs,
        remainingMs: worker.remainingMs,
      }),
    ]);
    // AWS often notices at once that a process ended, and tells the state machine.
    worker.finish();
    if (end === "died" && choices.happens(500)) await tokens.port.fail(invocation.taskToken, "Runtime.ExitError", "");
  };

  const runSettler = async (invocation: ReturnType<typeof settleInvocation.parse>): Promise<TaskEnd> => {
    const settler = start("settle", 30 * secondMs);
    const settle = async (): Promise<TaskEnd> => {
      const ports = { jobs: connected(settler).jobs, clock: settler.clock };
      const job = await settleJob(ports, invocation, defaultHealthThresholds);
      return { result: endOfExecution(invocation, job) };
    };
    const end = await Promise.race([settler.died, settle().catch((error: Error) => ({ error: error.name }))]);
    settler.finish();
    return end === "died" ? { error: "Runtime.ExitError", cause: "" } : end;
  };

  /** Puts messages that were received too often back. */
  const redrives: (() => void)[] = [];
  /** A queue that delivers at least once: it brings a message back that `receive` did not see to, and doubles some. */
  const queueOf =
    <Message>(receive: (message: Message) => Promise<boolean>, visibilityMs: number) =>
    (message: Message, delayMs: number): void => {
      const receiveAfter = async (waitMs: number, receives: number): Promise<void> => {
        await scheduler.sleep(service, waitMs);
        if (receives > maxReceives) redrives.push(() => void receiveAfter(0, 1));
        else if (!(await receive(message))) await receiveAfter(visibilityMs, receives + 1);
      };
      void receiveAfter(delayMs, 1);
      if (!isCalm && choices.happens(50)) void receiveAfter(delayMs + choices.pick(5 * secondMs), 1);
    };
  const putDelivery = queueOf((message: SentDelivery) => runDeliverer(message), 6 * deliverLifetimeMs);
  const deliveryQueue: Stores["deliveryQueue"] = {
    ...memory.deliveryQueue,
    async send(message, delayMs = 0) {
      putDelivery({ ...message, delayMs }, delayMs);
    },
  };
  const putCheck = queueOf((message: CheckMessage) => runChecker(message), 6 * checkLifetimeMs);
  const checkQueue: Stores["checkQueue"] = {
    ...memory.checkQueue,
    async send(messages) {
      for (const { message, delayMs } of messages) putCheck(message, delayMs);
      return [];
    },
  };

  const runChecker = async (message: CheckMessage): Promise<boolean> => {
    const worker = start("check", checkLifetimeMs);
    const stores = connected(worker);
    const { clock, name: owner, remainingMs } = worker;
    const ports = {
      ...stores,
      queue: stores.checkQueue,
      fetch: worker.connect("host", pauseWatch.looks(upstream, worker, message.tenantId)).fetch,
      syncs: syncsOn(worker),
      clock,
      newId,
      random: () => 0.5,
      log: () => {},
    };
    const options = { owner, remainingMs, fetchTimeoutMs, hostLimits, thresholds: defaultHealthThresholds };
    const checked = checkBatch(ports, options, [{ receiptId: "1", message }]);
    const end = await Promise.race([worker.died, checked.catch(() => "failed" as const)]);
    worker.finish();
    return end !== "died" && end !== "failed" && ![...end.values()].includes("broken");
  };

  const runDeliverer = async (message: { tenantId: string; deliveryId: string }): Promise<boolean> => {
    const worker = start("deliver", deliverLifetimeMs);
    const post: GuardedPost = async ({ headers }) => {
      watch.received(headers["webhook-id"] ?? "", worker);
      pauseWatch.startedWork(worker, message.tenantId, "delivery");
      if (!isCalm && choices.happens(receiverFaults)) {
        throw new UpstreamUnavailableError("the receiver's answer did not come");
      }
      return { status: isCalm || !choices.happens(receiverFaults) ? 204 : 500, bodyExcerpt: "", elapsedMs: 1 };
    };
    const stores = connected(worker);
    const ports = {
      ...stores,
      queue: stores.deliveryQueue,
      disableChannelAfterDays: 5,
      post: worker.connect("receiver", { post }).post,
      nowMs: worker.clock.nowMs,
      random: () => 0.5,
    };
    const end = await Promise.race([worker.died, deliver(ports, message).catch(() => "failed")]);
    worker.finish();
    return end !== "died" && end !== "failed";
  };

  const syncsOn = (process: SimulatedProcess) => {
    const { jobs, dependencies, pauses, workflow: starts } = connected(process);
    const { clock } = process;
    return createSyncService({
      jobs,
      dependencies,
      pauses,
      workflow: starts,
      clock,
      newId,
      heartbeatSeconds,
      maxUnfinishedSyncs,
    });
  };

  const orchestrate = async (): Promise<void> => {
    if (bug.withoutOrchestrator) return;
    const process = start("orchestrator", orchestratorLifetimeMs);
    const stores = connected(process);
    const ports = { ...stores, queue: stores.checkQueue, syncs: syncsOn(process), clock: process.clock, log: () => {} };
    const options = {
      mode: "opt-in",
      allowedTenants: [],
      maxUnfinishedSyncs,
      hostIntervalMs: hostLimits.intervalMs,
      remainingMs: process.remainingMs,
      maxRunMs: orchestratorLifetimeMs,
    } as const;
    await Promise.race([process.died, runOrchestrator(ports, options).catch(() => {})]);
    process.finish();
  };

  const schedule = async (): Promise<void> => {
    for (;;) {
      void orchestrate();
      if (!isCalm && choices.happens(100)) void orchestrate();
      await scheduler.sleep(service, scheduleMs);
    }
  };

  /** Somebody at the API: syncs, retries, cancels, and hosts that publish another version. */
  const request = async (ask: (syncs: SyncService) => Promise<SyncJob>): Promise<void> => {
    const process = start("api", 30 * secondMs);
    await Promise.race([process.died, ask(syncsOn(process)).catch(() => {})]);
    process.finish();
  };
  const actions: ((tenantId: string, job: SyncJob | undefined) => void)[] = [
    (tenantId) => {
      const dependencyId = dependenciesOf(tenantId)[choices.pick(2)] ?? "";
      void request(async (syncs) => (await syncs.submit(tenantId, dependencyId, "manual")).job);
    },
    (tenantId, job) => job && void request((syncs) => syncs.retry(tenantId, job.id)),
    (tenantId, job) => job && void request((syncs) => syncs.cancel(tenantId, job.id)),
    () => {
      upstream.serves = choices.pick(documents.length);
      say(`the host serves version ${upstream.serves}`);
    },
  ];

  const { pausing, resumeAll } = createPausingPeople({
    pauses: memory.pauses,
    tenants,
    choices,
    newId,
    nowMs: scheduler.nowMs,
    wait: time.wait,
    isOver: () => isCalm,
    say,
  });

  const people = async (): Promise<void> => {
    while (!isCalm) {
      await scheduler.sleep(service, 10 * secondMs + choices.pick(3 * minuteMs));
      const owners = [...tenants, catalogTenantId];
      const tenantId = owners[choices.pick(owners.length)] ?? "";
      const own = [...state.jobs.values()].filter((job) => job.tenantId === tenantId);
      actions[choices.pick(actions.length)]?.(tenantId, own[choices.pick(own.length)]);
    }
  };

  const dependenciesOf = (tenantId: string): string[] =>
    tenantId === catalogTenantId
      ? [surfaceId, surfaceId]
      : [1, 2].map((number) => `01KDTV0000DEPENDENCY${tenantId.slice(-2)}000${number}`);

  const cadence = "15m";
  for (const tenantId of tenants) {
    for (const id of dependenciesOf(tenantId)) {
      const nextCheckAt = new Date(startMs).toISOString();
      await memory.dependencies.create(dependencyFixture({ id, tenantId, cadence, nextCheckAt }));
    }
    await memory.channels.create(sampleChannel({ id: `chn_${tenantId}`, tenantId, minSeverity: "safe" }));
  }
  const dueAtOnce = { cadence, nextCheckAt: new Date(startMs).toISOString() };
  await memory.dependencies.create(dependencyFixture({ id: surfaceId, tenantId: catalogTenantId, ...dueAtOnce }));
  for (const own of followers) {
    const { specUrl: _, ...followed } = dependencyFixture(own);
    await memory.dependencies.create({ ...followed, providerSurfaceId: surfaceId });
  }
  void schedule();
  void people();
  void pausing();

  return {
    scheduler,
    state,
    stores: memory,
    watch,
    tenants,
    surfaceId,
    followers,
    dependenciesOf,
    /** Ends all faults and brings back what people would: messages that were received too often. */
    calm(): void {
      isCalm = true;
      say("all faults end");
      void resumeAll();
      for (const redrive of redrives.splice(0)) redrive();
    },
    upstream,
  };
};

export type World = Awaited<ReturnType<typeof createWorld>>;
