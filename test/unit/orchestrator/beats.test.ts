import { beforeEach, describe, expect, it } from "vitest";
import type { Dependency } from "../../../shared/dependencies/dependency.ts";
import { beatsUntilMs, nextCheckAt as plannedAt } from "../../../shared/dependencies/next-check.ts";
import { createVirtualClock, type VirtualClock } from "../../../shared/memory/clock.ts";
import { createMemoryStores, type MemoryStores } from "../../../shared/memory/memory-stores.ts";
import { runOrchestrator } from "../../../shared/orchestrator/run-orchestrator.ts";
import { stopBelowMs } from "../../../shared/orchestrator/submit-due.ts";
import { dependencyFixture } from "../sync-fixtures.ts";

const startMs = Date.parse("2026-01-01T00:00:00Z");
const minuteMs = 60_000;
const lagMs = startMs - beatsUntilMs(startMs);
const { tenantId, id: dependencyId } = dependencyFixture();

let stores: MemoryStores;
let clock: VirtualClock;

beforeEach(() => {
  stores = createMemoryStores();
  clock = createVirtualClock(startMs);
});

const run = (changes: Partial<MemoryStores> = {}, remainingMs = () => 300_000) => {
  const ports = { ...stores, ...changes, clock };
  const options = { mode: "opt-in", allowedTenants: [], maxUnfinishedSyncs: 100, hostIntervalMs: 0 } as const;
  const syncs = { start: () => Promise.reject(new Error("no job waits")) };
  return runOrchestrator(
    { ...ports, queue: ports.checkQueue, syncs, log: () => {} },
    { ...options, remainingMs, maxRunMs: 300_000 },
  );
};

/** One that waits on its beat, as every check leaves it. */
const addOnBeat = async (own: Partial<Dependency> = {}): Promise<Dependency & { nextCheckAt: string }> => {
  const dependency = dependencyFixture({ cadence: "15m", ...own });
  const onBeat = { ...dependency, nextCheckAt: plannedAt(dependency, startMs) };
  await stores.dependencies.create(onBeat);
  return onBeat;
};
const stored = (id = dependencyId) => stores.dependencies.get(tenantId, id);
const asked = () => stores.checkQueue.sent.map(({ message }) => [message.dependencyId, message.dueAt]);
const advanceTo = (atMs: number) => clock.advance(atMs - clock.nowMs());
const beatMs = ({ nextCheckAt }: { nextCheckAt: string }) => Date.parse(nextCheckAt);

describe("a dependency that waits on its beat", () => {
  it("is asked for once a beat, without a write of its own: its plan is the check's to move", async () => {
    const dependency = await addOnBeat();
    await run();
    await advanceTo(beatMs(dependency) + lagMs - 1);
    await run();
    expect(asked()).toEqual([]);
    await clock.advance(1);
    expect(await run()).toMatchObject({ status: "completed", jobsSubmitted: 1 });
    await clock.advance(minuteMs);
    expect(await run()).toMatchObject({ status: "completed", tablesAssessed: 0, jobsSubmitted: 0 });
    expect(asked()).toEqual([[dependencyId, dependency.nextCheckAt]]);
    expect(await stored()).toEqual(dependency);
  });

  it("is asked for again at its next beat where the message was lost, and as of the same check", async () => {
    const dependency = await addOnBeat();
    await advanceTo(beatMs(dependency) + lagMs);
    await run();
    await clock.advance(15 * minuteMs);
    await run();
    expect(asked()).toEqual([
      [dependencyId, dependency.nextCheckAt],
      [dependencyId, dependency.nextCheckAt],
    ]);
  });

  it("is found by the first run after a long time without any, once", async () => {
    const dependency = await addOnBeat();
    await run();
    await advanceTo(beatMs(dependency) + 2 * 86_400_000);
    await run();
    await run();
    expect(asked()).toEqual([[dependencyId, dependency.nextCheckAt]]);
  });

  it("is looked at again where the queue did not take it, with whoever comes after it", async () => {
    const dependency = await addOnBeat();
    await advanceTo(beatMs(dependency) + lagMs);
    const refuse = () => Promise.reject(new Error("throttled"));
    expect(await run({ checkQueue: { ...stores.checkQueue, send: refuse } })).toMatchObject({ failed: 1 });
    expect(await run()).toMatchObject({ status: "completed", jobsSubmitted: 1 });
    expect(asked()).toEqual([[dependencyId, dependency.nextCheckAt]]);
  });

  it("is left to the next run where the time is up, which asks for none twice", async () => {
    const ids = Array.from({ length: 250 }, (_, number) => `01KDTV0000DEPENDENCY000${String(number).padStart(3, "0")}`);
    for (const id of ids) await addOnBeat({ id });
    await clock.advance(15 * minuteMs + lagMs);
    let looks = 0;
    const oneBatch = () => {
      looks += 1;
      return looks > 1 ? stopBelowMs - 1 : 300_000;
    };
    expect(await run({}, oneBatch)).toMatchObject({ status: "partial", jobsSubmitted: 100 });
    const { jobsSubmitted } = await run();
    // The last of a batch may have come up at the same moment as the first of the next one, and is looked at twice.
    expect(jobsSubmitted).toBeLessThanOrEqual(151);
    expect(new Set(asked().map(([id]) => id))).toEqual(new Set(ids));
  });

  it("is not held up by another one whose notice cannot be noted", async () => {
    const bad = { status: "unhealthy", consecutiveFailures: 5, unhealthyAt: new Date(startMs).toISOString() } as const;
    await stores.dependencies.create(dependencyFixture({ id: "01KDTV0000DEPENDENCY000002", health: bad }));
    const dependency = await addOnBeat();
    await advanceTo(beatMs(dependency) + lagMs);
    const noteNotice = () => Promise.reject(new Error("throttled"));
    const broken = { dependencies: { ...stores.dependencies, noteNotice } };
    expect(await run(broken)).toMatchObject({ failed: 1, jobsSubmitted: 1 });
    expect(await run(broken)).toMatchObject({ failed: 1, jobsSubmitted: 0 });
  });

  it("stays due while people pause it, and is asked for by the first run after they resume it", async () => {
    const dependency = await addOnBeat();
    const pausedAt = new Date(startMs).toISOString();
    const pause = { id: "p-1", tenantId, setBy: "operator", reason: "an incident", pausedAt, pausedBy: "ada" } as const;
    await stores.pauses.begin(pause);
    await advanceTo(beatMs(dependency) + lagMs);
    for (let count = 0; count < 2; count += 1)
      expect(await run()).toMatchObject({ status: "completed", tablesAssessed: 1, tablesSkipped: 1 });
    await stores.pauses.end(pause.id, { at: pausedAt, by: "ada", reason: "over" });
    expect(await run()).toMatchObject({ status: "completed", jobsSubmitted: 1 });
    expect(await stored()).toEqual({ ...dependency, nextCheckAt: plannedAt(dependency, clock.nowMs()) });
  });

  it("is looked at again where its pause could not be written down", async () => {
    const dependency = await addOnBeat();
    const pausedAt = new Date(startMs).toISOString();
    await stores.pauses.begin({ id: "p", tenantId, setBy: "operator", reason: "r", pausedAt, pausedBy: "ada" });
    await advanceTo(beatMs(dependency) + lagMs);
    const planCheck = () => Promise.reject(new Error("throttled"));
    expect(await run({ dependencies: { ...stores.dependencies, planCheck } })).toMatchObject({ failed: 1 });
    expect(await run()).toMatchObject({ status: "completed", tablesSkipped: 1 });
  });
});
