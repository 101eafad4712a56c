import { dynamoDependencyStore } from "../../../shared/aws/dynamo-dependency-store.ts";
import type { CheckQueue } from "../../../shared/checks/ports.ts";
import { beatsUntilMs } from "../../../shared/dependencies/next-check.ts";
import { createVirtualClock } from "../../../shared/memory/clock.ts";
import { createMemoryStores } from "../../../shared/memory/memory-stores.ts";
import { runOrchestrator } from "../../../shared/orchestrator/run-orchestrator.ts";
import { stopBelowMs } from "../../../shared/orchestrator/submit-due.ts";
import { createCountingTable } from "./counting-table.ts";

const startMs = Date.parse("2026-01-01T00:00:00Z");
const everyMs = 5 * 60_000;

export type ScheduleRun = {
  /** Due when the run began. */
  due: number;
  asked: number;
  status: string;
  indexEntries: number;
  items: number;
  readUnits: number;
  writes: number;
  requests: number;
};

/**
 * An hour of the schedule over `dependencies` hourly ones: the real orchestrator on the real DynamoDB adapter, over a table
 * that counts. `cutOffAfter`: batches after which the first run's time is up.
 * @throws Error when a dependency is asked for twice
 */
export const runSchedule = async (
  dependencies: number,
  { runs = 12, cutOffAfter = Number.POSITIVE_INFINITY }: { runs?: number; cutOffAfter?: number } = {},
  report: (run: ScheduleRun) => void = () => {},
): Promise<{ runs: ScheduleRun[]; asked: number }> => {
  const { table, counts, dueAt, checked } = createCountingTable(dependencies, "1h", startMs, 5_000);
  // Beats are looked at a few seconds late: the hour of beats ends with the last run.
  const clock = createVirtualClock(startMs + startMs - beatsUntilMs(startMs));
  const stores = createMemoryStores();
  await stores.runs.noteCovered(startMs);
  const asked = new Set<string>();
  const queue: CheckQueue = {
    async send(messages) {
      for (const { message } of messages) {
        if (asked.has(message.dependencyId)) throw new Error(`${message.dependencyId} was asked for twice`);
        asked.add(message.dependencyId);
        checked(message.dependencyId, clock.nowMs());
      }
      return [];
    },
  };
  const done: ScheduleRun[] = [];
  for (let number = 1; number <= runs; number += 1) {
    await clock.advance(everyMs);
    const due = dueAt(clock.nowMs());
    const before = { ...counts };
    const batches = number === 1 ? cutOffAfter : Number.POSITIVE_INFINITY;
    let looks = 0;
    const { status, jobsSubmitted } = await runOrchestrator(
      {
        ...stores,
        dependencies: dynamoDependencyStore(table),
        queue,
        syncs: { start: () => Promise.reject(new Error("no job waits")) },
        clock,
        log: () => {},
      },
      {
        mode: "opt-in",
        allowedTenants: [],
        maxUnfinishedSyncs: 100,
        hostIntervalMs: 250,
        maxRunMs: everyMs,
        remainingMs: () => {
          looks += 1;
          return looks > batches ? stopBelowMs - 1 : everyMs;
        },
      },
    );
    const run = {
      due,
      asked: jobsSubmitted,
      status,
      indexEntries: counts.indexEntries - before.indexEntries,
      items: counts.items - before.items,
      readUnits: counts.readUnits - before.readUnits,
      writes: counts.writes - before.writes,
      requests: counts.requests - before.requests,
    };
    done.push(run);
    report(run);
  }
  return { runs: done, asked: asked.size };
};
