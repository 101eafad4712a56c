import { v7 as newUuid } from "uuid";
import {
  type SessionExecutionInput,
  sessionJobInvocation,
  sessionSettleInvocation,
} from "../../../shared/contracts/session-workflow.ts";
import { memoryBodyStore } from "../../../shared/memory/memory-body-store.ts";
import { memoryHostTurns } from "../../../shared/memory/memory-host-turns.ts";
import { memorySessionRecords } from "../../../shared/memory/memory-session-records.ts";
import type { JobType } from "../../../shared/sessions/job-types/job-type.ts";
import { createJobTypeRegistry } from "../../../shared/sessions/job-types/registry.ts";
import type { SessionRecordStore } from "../../../shared/sessions/records.ts";
import { runSessionJob } from "../../../shared/sessions/run-session-job.ts";
import { createSessionStore } from "../../../shared/sessions/session-store.ts";
import { endOfSessionExecution, settleSessionJob } from "../../../shared/sessions/settle-session-job.ts";
import { tendSessionJobs } from "../../../shared/sessions/tend-session-jobs.ts";
import { runExecution, type TaskEnd } from "../../unit/pipeline/state-machine.ts";
import { createChoices } from "../choices.ts";
import { type FaultRates, noFaults, type SimulatedProcess, startProcess } from "../process.ts";
import { createScheduler, type Strand } from "../scheduler.ts";
import { createTaskTokens } from "../task-tokens.ts";
import { countSessions } from "./count-sessions.ts";
import { usePeople } from "./people.ts";
import { readPages } from "./read-pages.ts";
import { laneWidth, watchedRecords } from "./watch-records.ts";

const startMs = Date.parse("2026-01-01T00:00:00Z");
const minuteMs = 60_000;
const wildMs = 20 * minuteMs;
/** Longer than the engine leaves a job to itself that nobody works on. */
const calmMs = 200 * minuteMs;
const orchestratorEveryMs = 5 * minuteMs;
const leaseDurationMs = 30_000;
const heartbeatSeconds = 60;
/** A minute of it is left for the hand-over, so that a job of many pages takes several workers. */
const lifetimeMs = 150_000;
const wild: FaultRates = { crash: 6, refused: 10, answerLost: 10, slow: 6, frozen: 6 };

/** A mistake put into the engine on purpose. */
export type SessionBug = {
  /** The records as a worker reaches them. */
  workerRecords?(records: SessionRecordStore): SessionRecordStore;
  jobType?: JobType;
  /** The orchestrator looks at syncs alone. */
  isUntended?: true;
};

export type SessionsRun = { broken: string[]; workers: number; deaths: number; finished: number; failed: number };

/**
 * Jobs of two tenants' sessions, run by the engine's own code on the real state machine, while processes are killed,
 * refused, slowed and frozen, tasks are run twice, orchestrators overlap, and people start, cancel and delete. Then the
 * faults end, and what everybody has is counted.
 */
export const runSessions = async (seed: number, bug: SessionBug = {}): Promise<SessionsRun> => {
  const choices = createChoices(seed);
  const scheduler = createScheduler(startMs, choices);
  const service: Strand = { name: "service", isDead: false, frozenUntilMs: 0 };
  const store = memorySessionRecords();
  const bodies = memoryBodyStore();
  const types = createJobTypeRegistry([bug.jobType ?? readPages]);
  const tokens = createTaskTokens(scheduler, service);
  const executions = new Set<string>();
  const broken = new Set<string>();
  const run = { workers: 0, deaths: 0 };
  let isCalm = false;
  let uuids = 0;
  const watch = { nowMs: scheduler.nowMs, broken: (words: string) => void broken.add(words) };
  const rates = () => (isCalm ? noFaults : wild);
  const start = (name: string, livesMs = lifetimeMs) =>
    startProcess({ scheduler, choices, rates, note: () => {} }, name, livesMs);

  /** Everything as `process` reaches it. */
  const portsOf = (process: SimulatedProcess, owner?: string, change = (records: SessionRecordStore) => records) => {
    const records = process.connect("records", change(watchedRecords(store, watch, owner)));
    return {
      records,
      sessions: createSessionStore({
        records,
        clock: process.clock,
        laneWidth,
        random: () => choices.pick(1_000) / 1_000,
      }),
      bodies: process.connect("bodies", bodies),
      tokens: process.connect("tokens", tokens.port),
      workflow: process.connect("workflow", { start: async (input: SessionExecutionInput) => begin(input) }),
      hosts: memoryHostTurns(),
      fetch: () => Promise.reject(new Error("there is nothing to fetch")),
      types,
      clock: process.clock,
      heartbeatSeconds,
      sessionRetentionDays: 28,
      newUuid: () => newUuid({ msecs: scheduler.nowMs(), seq: ++uuids, random: new Uint8Array(16) }),
      log: () => {},
    };
  };

  /** Starting it again is the same execution. */
  const begin = (input: SessionExecutionInput): string => {
    const arn = `execution-${input.jobId}`;
    if (!executions.has(arn)) {
      executions.add(arn);
      const time = { nowMs: scheduler.nowMs, wait: (durationMs: number) => scheduler.sleep(service, durationMs) };
      // An execution that fails is the orchestrator's to find.
      void runExecution(input, time, runTask, "session.job").catch(() => {});
    }
    return arn;
  };

  const runTask = async (stateName: string, payload: Record<string, unknown>): Promise<TaskEnd> => {
    if (stateName === "RecordFailure") return runSettle(payload);
    const invocation = sessionJobInvocation.parse(payload);
    const ended = tokens.wait(invocation.taskToken, heartbeatSeconds * 1_000);
    void runWorker(invocation);
    // Lambda invokes a function twice now and then.
    if (!isCalm && choices.happens(50))
      void scheduler.sleep(service, choices.pick(60_000)).then(() => runWorker(invocation));
    return ended;
  };

  const runWorker = async (invocation: ReturnType<typeof sessionJobInvocation.parse>): Promise<void> => {
    run.workers += 1;
    const owner = `worker-${run.workers}`;
    const worker = start(owner);
    const ports = portsOf(worker, owner, bug.workerRecords);
    const { remainingMs } = worker;
    const running = runSessionJob(ports, invocation, { owner, leaseDurationMs, remainingMs });
    if ((await Promise.race([worker.died, running])) === "died") run.deaths += 1;
    worker.finish();
  };

  const runSettle = async (payload: Record<string, unknown>): Promise<TaskEnd> => {
    const invocation = sessionSettleInvocation.parse(payload);
    const process = start("settle", 30_000);
    const settled = settleSessionJob(portsOf(process), invocation).then(
      () => ({ result: endOfSessionExecution(invocation) }),
      (error: unknown) => ({ error: "Lambda.Unknown", cause: String(error) }),
    );
    const end = await Promise.race([process.died, settled]);
    process.finish();
    return end === "died" ? { error: "Runtime.ExitError" } : end;
  };

  const tend = async (): Promise<void> => {
    const process = start("orchestrator", 5 * minuteMs);
    await Promise.race([process.died, tendSessionJobs(portsOf(process)).catch(() => {})]);
    process.finish();
  };
  const schedule = async (): Promise<void> => {
    for (;;) {
      await scheduler.sleep(service, orchestratorEveryMs);
      if (bug.isUntended) continue;
      void tend();
      if (choices.happens(300)) void tend();
    }
  };

  const people = usePeople({ choices, scheduler, start, portsOf, isOver: () => isCalm });
  void schedule();
  await scheduler.run(startMs + wildMs, () => {});
  isCalm = true;
  await scheduler.run(startMs + wildMs + calmMs, () => {});
  const counted = await countSessions(store, bodies, people.sessions);
  return { ...run, ...counted, broken: [...broken, ...counted.broken] };
};
