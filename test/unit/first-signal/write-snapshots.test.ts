import { beforeEach, describe, expect, it } from "vitest";
import { inMemorySignals } from "../../../shared/first-signal/in-memory-signals.ts";
import type { SignalStore } from "../../../shared/first-signal/ports.ts";
import { createRunReader } from "../../../shared/first-signal/read-run.ts";
import { repeatLook } from "../../../shared/first-signal/repeat-look.ts";
import { type SnapshotWriterSettings, writeSnapshots } from "../../../shared/first-signal/write-snapshots.ts";
import { memorySessionRecords } from "../../../shared/memory/memory-session-records.ts";
import { createMemoryStores, type MemoryStores } from "../../../shared/memory/memory-stores.ts";
import { catalogTenantId } from "../../../shared/providers/catalog-tenant.ts";
import { sessionJobPlace } from "../../../shared/sessions/session.ts";
import { dependencyFixture, syncJobFixture } from "../sync-fixtures.ts";
import { runRecordFixture, sessionJobFixture } from "./run-fixtures.ts";

const nowMs = Date.parse("2026-01-01T10:00:10.000Z");
const at = (secondsAgo: number): string => new Date(nowMs - secondsAgo * 1_000).toISOString();
const tenantId = dependencyFixture().tenantId;

let stores: MemoryStores;
let records: ReturnType<typeof memorySessionRecords>;
let store: SignalStore;
let logged: Record<string, unknown>[];
beforeEach(() => {
  stores = createMemoryStores();
  records = memorySessionRecords();
  store = inMemorySignals("t:");
  logged = [];
});

const look = (settings: Partial<SnapshotWriterSettings> = {}, followed: Parameters<typeof writeSnapshots>[2] = []) => {
  const clock = { nowMs: () => nowMs };
  const log = (_: string, fields: Record<string, unknown>) => void logged.push(fields);
  return writeSnapshots(
    { ...stores, records, store, clock, readRun: createRunReader({ ...stores, records, clock }), log },
    { maxRunsPerTick: 50, lookbackMinutes: 60, ttlSeconds: 100, ...settings },
    followed,
  );
};

const addSync = async (id: string, updatedAt: string): Promise<void> => {
  const dependencyId = `dependency-of-${id}`;
  await stores.dependencies.create(dependencyFixture({ id: dependencyId }));
  await stores.jobs.create(syncJobFixture({ id, dependencyId, updatedAt }));
};
const addSessionJob = async (fields: Parameters<typeof sessionJobFixture>[0]): Promise<void> => {
  const job = sessionJobFixture(fields);
  const [before, place] = [await records.read("job", idOf(job)), sessionJobPlace(job)];
  await records.commit([
    { kind: "job", before, after: job },
    ...(before === undefined ? [{ kind: "place" as const, after: place }] : []),
  ]);
};
const idOf = ({ tenantId: owner, sessionId, id }: ReturnType<typeof sessionJobFixture>) => ({
  tenantId: owner,
  sessionId,
  jobId: id,
});
const kindOf = async (runId: string, owner = tenantId) => (await store.get(owner, runId))?.signal?.kind;

const one = "01KDTV000000000000000000A1";
const two = "01KDTV000000000000000000A2";
const sessionRun = sessionJobFixture().id;

describe("the writer of snapshots", () => {
  it("writes the signals of runs of every kind that go on", async () => {
    await addSync(one, at(5));
    await addSessionJob({});
    const { id: _, ...record } = runRecordFixture();
    const going = await stores.runs.record(record);
    await stores.runs.record({ ...record, jobsCompleted: 2 });
    const followed = await look();
    expect(await store.get(tenantId, one)).toMatchObject({ checkedAtMs: nowMs, expiresAtMs: nowMs + 100_000 });
    expect([await kindOf(one), await kindOf(sessionRun), await kindOf(String(going.id), catalogTenantId)]).toEqual([
      "queued",
      "queued",
      "phase",
    ]);
    expect(followed.map(({ run }) => run.id).sort()).toEqual([one, sessionRun, String(going.id)].sort());
    expect(logged).toEqual([{ going: 3, ended: 0, written: 3 }]);
  });

  it("writes the end of a run that it followed, and follows it no longer", async () => {
    await addSessionJob({});
    const followed = await look();
    await addSessionJob({ status: "finished", finishedAt: at(1) });
    expect(await look({}, followed)).toEqual([]);
    expect(await kindOf(sessionRun)).toBe("succeeded");
  });

  it("leaves alone what is not its tenant's, has not changed for long, or is too much for one look", async () => {
    await addSync(one, at(20));
    await addSync(two, at(10));
    await look({ tenantId: "another" });
    await look({ lookbackMinutes: 0 });
    expect([await kindOf(one), await kindOf(two)]).toEqual([undefined, undefined]);
    await look({ maxRunsPerTick: 1 });
    expect([await kindOf(one), await kindOf(two)]).toEqual([undefined, "queued"]);
  });

  it("knows that a pause holds a sync", async () => {
    await addSync(one, at(5));
    const pause = { id: "p", setBy: "operator", reason: "r", pausedAt: at(1), pausedBy: "ada" } as const;
    await stores.pauses.begin(pause);
    await look();
    expect(await kindOf(one)).toBe("blocked");
  });
});

describe("repeated looks", () => {
  it("begin every interval for as long as it is told, and wait for one that takes longer", async () => {
    let clockMs = 0;
    const beganAt: number[] = [];
    const clock = {
      nowMs: () => clockMs,
      async sleep(durationMs: number) {
        clockMs += durationMs;
      },
    };
    await repeatLook(clock, { everyMs: 10, forMs: 60 }, async () => {
      beganAt.push(clockMs);
      clockMs += clockMs === 20 ? 25 : 1;
    });
    expect(beganAt).toEqual([0, 10, 20, 45, 55]);
  });
});
