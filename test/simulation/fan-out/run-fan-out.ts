import type { Channel } from "../../../shared/alerts/channel.ts";
import { settleInvocation, stageInvocation } from "../../../shared/contracts/sync-workflow.ts";
import type { Dependency } from "../../../shared/dependencies/dependency.ts";
import { defaultHealthThresholds } from "../../../shared/health/assess-failure.ts";
import { createMemoryStores } from "../../../shared/memory/memory-stores.ts";
import { runStage } from "../../../shared/pipeline/run-stage.ts";
import { endOfExecution, settleJob } from "../../../shared/pipeline/settle.ts";
import type { Stage } from "../../../shared/pipeline/stage.ts";
import { sampleChannel } from "../../unit/alerts/sample-alert.ts";
import { stagesOn } from "../../unit/pipeline/stages-on.ts";
import { runExecution, type TaskEnd } from "../../unit/pipeline/state-machine.ts";
import { subscriberFixture } from "../../unit/providers/provider-world.ts";
import { createChoices } from "../choices.ts";
import { type FaultRates, noFaults, startProcess } from "../process.ts";
import { createScheduler, type Strand } from "../scheduler.ts";
import { createTaskTokens } from "../task-tokens.ts";
import { storeFoundChange } from "./found-change.ts";

const startMs = Date.parse("2026-01-01T00:00:00Z");
const leaseDurationMs = 30_000;
const heartbeatSeconds = 60;
/** Lambda's longest life; a fan-out that takes longer hands over before it ends. */
const lifetimeMs = 15 * 60_000;

/** Nothing takes so long. */
const longestMs = 365 * 86_400_000;

/** Faults come in storms: between two of them the fan-out gets on, so that it is hit in many places of a long list. */
const storms = 12;
const stormSteps = 400;
const inStorm: FaultRates = { crash: 8, refused: 4, answerLost: 4, slow: 6, frozen: 6 };

export type Stores = ReturnType<typeof createMemoryStores>;

/** A mistake put into the fan-out on purpose. */
export type FanOutBug = { stores?(stores: Stores): Stores; stage?(stage: Stage): Stage };

export type FanOut = {
  subscribers: number;
  /** Workers that began a stage, those that died, and times that a person had to retry the job. */
  workers: number;
  deaths: number;
  retries: number;
  yields: number;
  /** Times that change events were written for a subscriber, repeats included. */
  tellings: number;
  /** What is broken, in words; the first ten. */
  broken: string[];
  /** Bytes of the largest thing that went through the state machine or is kept of the progress. */
  largestBytes: number;
};

/**
 * One change of a provider surface handed to so many subscribers by the engine's own code on the real state machine, while
 * workers are killed, refused, slowed and frozen; then everything that each subscriber has is counted. Every third one wants
 * nothing of it.
 */
export const runFanOut = async (subscribers: number, seed: number, bug: FanOutBug = {}): Promise<FanOut> => {
  const choices = createChoices(seed);
  const scheduler = createScheduler(startMs, choices);
  const service: Strand = { name: "service", isDead: false, frozenUntilMs: 0 };
  const memory = createMemoryStores();
  const everyone = Array.from({ length: subscribers }, (_, index) => subscriber(index + 1));
  for (const one of everyone) await memory.dependencies.create(one);
  const job = await storeFoundChange(memory);
  const result: FanOut = {
    subscribers,
    workers: 0,
    deaths: 0,
    retries: 0,
    yields: 0,
    tellings: 0,
    broken: [],
    largestBytes: 0,
  };

  const stored: Stored = { changes: new Map(), deliveries: new Map() };
  const queued = new Set<string>();
  let steps = 0;
  // A subscriber takes four calls, each of which is about three steps.
  const stormEvery = Math.max(2 * stormSteps, Math.ceil((12 * subscribers) / storms));
  const rates = () => (steps % stormEvery < stormSteps ? inStorm : noFaults);
  const measure = (value: unknown): void => {
    result.largestBytes = Math.max(result.largestBytes, JSON.stringify(value).length);
  };
  const tokens = createTaskTokens(scheduler, service);
  const stores: Stores = {
    ...memory,
    // One a tenant: a list over those of everybody would be the simulation's own cost.
    channels: { ...memory.channels, list: async (tenantId) => ({ items: [channelOf(tenantId)] }) },
    changes: {
      ...memory.changes,
      async putOnce(events) {
        result.tellings += 1;
        for (const event of events) note(stored.changes, event);
      },
    },
    deliveries: {
      ...memory.deliveries,
      async putOnce(delivery) {
        const known = stored.deliveries.get(delivery.tenantId)?.has(delivery.id) ?? false;
        note(stored.deliveries, delivery);
        return !known;
      },
    },
    deliveryQueue: { ...memory.deliveryQueue, send: async ({ tenantId }) => void queued.add(tenantId) },
  };
  const buggy = bug.stores?.(stores) ?? stores;

  const start = (name: string) => startProcess({ scheduler, choices, rates, note: () => {} }, name, lifetimeMs);

  const runTask = async (stateName: string, payload: Record<string, unknown>): Promise<TaskEnd> => {
    measure(payload);
    if (stateName.startsWith("Record")) {
      const invocation = settleInvocation.parse(payload);
      const ports = { jobs: memory.jobs, clock: { nowMs: scheduler.nowMs, sleep: async () => {} } };
      return { result: endOfExecution(invocation, await settleJob(ports, invocation, defaultHealthThresholds)) };
    }
    const invocation = stageInvocation.parse(payload);
    const ended = tokens.wait(invocation.taskToken, heartbeatSeconds * 1000);
    void runWorker(stateName, invocation);
    return ended;
  };

  const runWorker = async (stateName: string, invocation: ReturnType<typeof stageInvocation.parse>): Promise<void> => {
    result.workers += 1;
    const worker = start(stateName);
    const ports = Object.entries({ ...buggy, tokens: tokens.port });
    const own = Object.fromEntries(ports.map(([name, port]) => [name, worker.connect(name, port)])) as Stores;
    const stage = stagesOn(own, () => Promise.reject(new Error("there is nothing to fetch")), worker.clock)[
      stateName.toLowerCase()
    ];
    if (stage === undefined) throw new Error(`no function runs ${stateName}`);
    const { name: owner, remainingMs } = worker;
    const running = runStage({ ...own, clock: worker.clock, log: () => {} }, bug.stage?.(stage) ?? stage, invocation, {
      ...{ owner: `${owner} ${invocation.taskToken}`, leaseDurationMs, remainingMs },
    });
    const end = await Promise.race([worker.died, running]);
    worker.finish();
    if (end === "died") result.deaths += 1;
  };

  /** Executions until the job is finished: a person retries one that failed. */
  const drive = async (): Promise<void> => {
    const time = { nowMs: scheduler.nowMs, wait: (durationMs: number) => scheduler.sleep(service, durationMs) };
    for (let attempt = 1; ; attempt += 1) {
      const { tenantId, dependencyId, id: jobId } = job;
      const input = { tenantId, dependencyId, jobId, attempt, resumeAt: "notify", heartbeatSeconds };
      const { failures } = await runExecution(input, time, runTask, "provider.sync");
      result.yields += failures.filter((failure) => failure.endsWith("StageYielded")).length;
      const now = await memory.jobs.get(jobId);
      measure(now?.progress ?? {});
      if (now?.status === "finished") return;
      await memory.jobs.requeue(jobId, scheduler.nowMs());
      result.retries += 1;
    }
  };

  let isOver = false;
  const driven = drive().then(() => {
    isOver = true;
  });
  await scheduler.run(startMs + longestMs, () => {
    steps += 1;
  });
  if (!isOver) result.broken.push("the job never ends");
  else await driven;
  result.broken.push(...count(stored, queued, everyone).slice(0, 10));
  return result;
};

/** Every third one wants to hear of something else. */
const subscriber = (number: number): Dependency =>
  subscriberFixture(number, number % 3 === 0 ? { monitoringMode: "partial", filteredEndpoints: ["GET /stores*"] } : {});

const channelOf = (tenantId: string): Channel =>
  sampleChannel({ id: `chn_${tenantId}`, tenantId, minSeverity: "safe" });

/** What was stored, by tenant, as ids: seen at the stores themselves. */
type Stored = { changes: Map<string, Set<string>>; deliveries: Map<string, Set<string>> };

const note = (stored: Map<string, Set<string>>, { tenantId, id }: { tenantId: string; id: string }): void => {
  stored.set(tenantId, new Set(stored.get(tenantId)).add(id));
};

/** Holds what everyone has against what everyone should have, once. */
const count = (stored: Stored, queued: ReadonlySet<string>, everyone: readonly Dependency[]): string[] =>
  everyone.flatMap(({ tenantId, id, monitoringMode }) => {
    const expected = monitoringMode === "full" ? 1 : 0;
    const [changes, deliveries] = [stored.changes.get(tenantId)?.size ?? 0, stored.deliveries.get(tenantId)?.size ?? 0];
    if (changes !== expected || deliveries !== expected)
      return [`${id} has ${changes} change events and ${deliveries} deliveries for ${expected} of each`];
    return expected === 1 && !queued.has(tenantId) ? [`the delivery of ${id} was never queued`] : [];
  });
