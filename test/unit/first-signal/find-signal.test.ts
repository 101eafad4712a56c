import { beforeEach, describe, expect, it } from "vitest";
import {
  createSignalFinder,
  type FindSignalPorts,
  type FirstSignalSettings,
} from "../../../shared/first-signal/find-signal.ts";
import { inMemorySignals } from "../../../shared/first-signal/in-memory-signals.ts";
import type { SignalEntry } from "../../../shared/first-signal/ports.ts";
import type { Run } from "../../../shared/first-signal/run.ts";
import { signalOfRun } from "../../../shared/first-signal/signal-of-run.ts";
import { syncJobFixture } from "../sync-fixtures.ts";
import { runRecordFixture } from "./run-fixtures.ts";

const runId = { type: "sync", id: syncJobFixture().id } as const;
const queued: Run = { type: "sync", job: syncJobFixture() };
const cancelled: Run = { type: "sync", job: syncJobFixture({ status: "cancelled" }) };
const failed: Run = {
  type: "sync",
  job: syncJobFixture({
    status: "failed",
    errors: [
      { at: "2026-01-01T00:00:00.000Z", stage: "fetch", attempt: 1, name: "E", message: "m", kind: "permanent" },
    ],
  }),
};

let nowMs: number;
let reads: number;
let puts: SignalEntry[];
let run: Run | undefined | "late" | Error;
beforeEach(() => {
  nowMs = 1_000_000;
  reads = 0;
  puts = [];
  run = queued;
});

const recorded = (store = inMemorySignals("t:")) => ({
  get: store.get,
  async put(entry: SignalEntry) {
    puts.push(entry);
    await store.put(entry);
  },
});

const finder = (ports: Partial<FindSignalPorts> = {}, settings: Partial<FirstSignalSettings> = {}) => {
  const find = createSignalFinder(
    {
      cache: recorded(),
      async readRun() {
        reads += 1;
        if (run === "late") return new Promise(() => {});
        if (run instanceof Error) throw run;
        return run;
      },
      clock: {
        nowMs: () => nowMs,
        sleep: (_, signal) =>
          new Promise((end) => {
            // The time is up once everything that was read at once has been.
            const timer = setTimeout(end, 5);
            signal?.addEventListener("abort", () => {
              clearTimeout(timer);
              end();
            });
          }),
      },
      log: () => {},
      ...ports,
    },
    { ttlSeconds: 100, slidingExpiration: true, coldPathTimeoutMs: 5, ...settings },
  );
  return () => find("t", runId);
};
const hit = (of: Run) => ({ signal: signalOfRun(of), cacheStatus: "hit", source: "snapshot" });
const miss = (of: Run, source = "cold_start") => ({ signal: signalOfRun(of), cacheStatus: "miss", source });

describe("finding the signal of a run", () => {
  it("reads the run each time, and knows what it made before", async () => {
    const find = finder();
    expect([await find(), await find()]).toEqual([miss(queued), hit(queued)]);
    run = cancelled;
    expect([await find(), await find()]).toEqual([miss(cancelled), hit(cancelled)]);
    expect(reads).toBe(4);
  });

  it("says where a failure comes from", async () => {
    run = failed;
    const find = finder();
    expect([await find(), await find()]).toEqual([miss(failed, "failure_index"), hit(failed)]);
  });

  it("knows no run of nobody, whatever is remembered", async () => {
    const find = finder();
    await find();
    run = undefined;
    expect(await find()).toBeUndefined();
  });

  it("remembers that there is nothing to say yet", async () => {
    run = { type: "orchestrator", record: runRecordFixture({ jobsSubmitted: 0 }) };
    const find = finder();
    const none = { signal: undefined };
    expect([await find(), await find()]).toEqual([
      { ...none, cacheStatus: "miss", source: "cold_start" },
      { ...none, cacheStatus: "hit", source: "snapshot" },
    ]);
  });

  it.each(["late", new Error("the table is away")] as const)("tells what it knows when the read is %s", async (how) => {
    const find = finder();
    await find();
    run = how;
    expect(await find()).toEqual(hit(queued));
  });

  it("is unavailable when it knows nothing, and does not remember that", async () => {
    run = "late";
    const find = finder();
    const found = await find();
    expect([found?.signal?.kind, found?.cacheStatus, found?.source]).toEqual(["unavailable", "miss", "cold_start"]);
    expect(puts).toEqual([]);
    run = queued;
    expect(await find()).toEqual(miss(queued));
  });

  it("forgets after the time that is configured, and remembers anew what is asked for where that slides", async () => {
    const statusesUnder = async (settings: Partial<FirstSignalSettings>): Promise<string[]> => {
      const find = finder({}, settings);
      const statuses: string[] = [];
      for (let step = 0; step < 4; step += 1) {
        statuses.push((await find())?.cacheStatus ?? "");
        nowMs += 60_000;
      }
      return statuses;
    };
    expect(await statusesUnder({ slidingExpiration: true })).toEqual(["miss", "hit", "hit", "hit"]);
    expect(await statusesUnder({ slidingExpiration: false })).toEqual(["miss", "hit", "miss", "hit"]);
  });

  it("writes what slides once in half of its time", async () => {
    const find = finder();
    for (let second = 0; second < 100; second += 10) {
      await find();
      nowMs += 10_000;
    }
    expect(puts).toHaveLength(2);
  });

  it("answers with a snapshot alone while it is fresh, and reads the run after that", async () => {
    const store = recorded();
    const find = finder({ cache: store, snapshots: { store, freshForMs: 20_000 } });
    const entry = { tenantId: "t", runId: runId.id, signal: signalOfRun(queued) ?? null };
    await store.put({ ...entry, checkedAtMs: nowMs, expiresAtMs: nowMs + 100_000 });
    run = cancelled;
    nowMs += 20_000;
    expect([await find(), reads]).toEqual([hit(queued), 0]);
    nowMs += 1;
    expect([await find(), reads]).toEqual([miss(cancelled), 1]);
    expect([await find(), reads]).toEqual([hit(cancelled), 1]);
  });

  it("stands without its cache", async () => {
    const broken = {
      get: async () => Promise.reject(new Error("cache")),
      put: async () => Promise.reject(new Error("cache")),
    };
    expect(await finder({ cache: broken })()).toEqual(miss(queued));
  });
});
