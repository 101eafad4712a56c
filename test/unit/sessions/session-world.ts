import { v7 as newUuid } from "uuid";
import type { SessionExecutionInput } from "../../../shared/contracts/session-workflow.ts";
import type { TokenOutcome } from "../../../shared/jobs/ports.ts";
import { memoryBodyStore } from "../../../shared/memory/memory-body-store.ts";
import { memoryHostTurns } from "../../../shared/memory/memory-host-turns.ts";
import { memorySessionRecords } from "../../../shared/memory/memory-session-records.ts";
import { HostNotFoundError } from "../../../shared/net/errors.ts";
import type { JobType } from "../../../shared/sessions/job-types/job-type.ts";
import { createJobTypeRegistry } from "../../../shared/sessions/job-types/registry.ts";
import { type RunSessionJobPorts, runSessionJob } from "../../../shared/sessions/run-session-job.ts";
import { createSessionStore } from "../../../shared/sessions/session-store.ts";
import { settleSessionJob } from "../../../shared/sessions/settle-session-job.ts";

export type Told =
  | { told: "success"; output: Record<string, unknown> }
  | { told: "failure"; error: string; cause: string };

type WorldOptions = {
  types: readonly JobType[];
  laneWidth?: number;
  nowMs?: () => number;
  /** Of a worker, when it is asked. */
  remainingMs?: () => number;
};

/** As `statemachines/session-job.asl.json` has it. */
const maxRetries = 5;

/** Sessions in memory, and a state machine that runs what was started, one execution after the other. */
export const createSessionWorld = ({ types, laneWidth = 2, nowMs = Date.now, ...options }: WorldOptions) => {
  const started: SessionExecutionInput[] = [];
  const told = new Map<string, Told>();
  const events: string[] = [];
  const records = memorySessionRecords();
  const clock = {
    nowMs,
    // Renewal never comes due here; contention is tried again at once.
    sleep: (durationMs: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        if (durationMs < 1_000 || signal?.aborted) return resolve();
        signal?.addEventListener("abort", () => resolve(), { once: true });
      }),
  };
  let uuidsGiven = 0;
  let workers = 0;
  const tell = async (token: string, what: Told): Promise<TokenOutcome> => {
    told.set(token, what);
    return "accepted";
  };
  const ports = {
    records,
    sessions: createSessionStore({ records, clock, laneWidth }),
    bodies: memoryBodyStore(),
    types: createJobTypeRegistry(types),
    clock,
    fetch: async ({ url }: { url: string }): Promise<never> => {
      throw new HostNotFoundError(new URL(url).hostname);
    },
    hosts: memoryHostTurns(),
    tokens: {
      succeed: (token: string, output: Record<string, unknown>) => tell(token, { told: "success", output }),
      fail: (token: string, error: string, cause: string) => tell(token, { told: "failure", error, cause }),
      heartbeat: async (): Promise<TokenOutcome> => "accepted",
    },
    workflow: {
      async start(input: SessionExecutionInput) {
        started.push(input);
        return `execution-${input.jobId}`;
      },
    },
    heartbeatSeconds: 30,
    sessionRetentionDays: 28,
    newUuid: () => newUuid({ msecs: nowMs(), seq: ++uuidsGiven }),
    log: (event: string) => void events.push(event),
  } satisfies RunSessionJobPorts & Record<string, unknown>;

  /** One invocation of the worker, and what it told the state machine. */
  const invoke = async (input: SessionExecutionInput): Promise<Told | undefined> => {
    const { heartbeatSeconds: _, ...place } = input;
    const taskToken = `token-${++workers}`;
    const worker = {
      owner: `worker-${workers}`,
      leaseDurationMs: 30_000,
      remainingMs: options.remainingMs ?? (() => 600_000),
    };
    await runSessionJob(ports, { ...place, taskToken }, worker);
    return told.get(taskToken);
  };

  const runExecution = async (input: SessionExecutionInput): Promise<void> => {
    const { heartbeatSeconds: _, ...place } = input;
    for (let failures = 0; ; ) {
      const outcome = await invoke(input);
      if (outcome === undefined) throw new Error("a worker that told nothing");
      if (outcome.told === "success" && outcome.output.outcome === "finished") return;
      if (outcome.told === "success" || outcome.error === "StageYielded") continue;
      if (outcome.error === "StaleAttemptError") return;
      if (outcome.error === "RetryableStageError" && ++failures <= maxRetries) continue;
      await settleSessionJob(ports, { ...place, error: { Error: outcome.error, Cause: outcome.cause } });
      return;
    }
  };

  return {
    ports,
    started,
    events,
    invoke,
    /** Runs everything that was started, and what that starts. */
    async runAll(): Promise<void> {
      for (let next = started.shift(); next !== undefined; next = started.shift()) await runExecution(next);
    },
  };
};

export type SessionWorld = ReturnType<typeof createSessionWorld>;
