import { beforeEach } from "vitest";
import { type CheckBatchPorts, checkBatch, type MessageEnd } from "../../../shared/checks/check-batch.ts";
import type { CheckMessage } from "../../../shared/contracts/check-message.ts";
import type { Dependency } from "../../../shared/dependencies/dependency.ts";
import { defaultHealthThresholds } from "../../../shared/health/assess-failure.ts";
import { createSyncService } from "../../../shared/jobs/sync-service.ts";
import { createVirtualClock, type VirtualClock } from "../../../shared/memory/clock.ts";
import { createMemoryStores, type MemoryStores } from "../../../shared/memory/memory-stores.ts";
import type { FetchOutcome, FetchRequest } from "../../../shared/net/guarded-fetch.ts";
import { petsDocument } from "../pipeline/documents.ts";
import { dependencyFixture } from "../sync-fixtures.ts";

export const startMs = Date.parse("2026-01-01T00:00:00Z");
export const startAt = "2026-01-01T00:00:00.000Z";
export const url = "https://api.example.com/openapi.json";
export const bytes = petsDocument();
export const { tenantId } = dependencyFixture();

export const body = (own: Partial<Extract<FetchOutcome, { outcome: "body" }>> = {}): FetchOutcome => ({
  outcome: "body",
  body: bytes,
  finalUrl: url,
  status: 200,
  elapsedMs: 1,
  redirects: [],
  ...own,
});

/** What the checks of a test meet; made anew for each. */
export const world: {
  stores: MemoryStores;
  clock: VirtualClock;
  requests: FetchRequest[];
  /** What hosts answer, by URL; "304" where nothing is said. */
  answers: Map<string, FetchOutcome | Error>;
  /** What happens while a host is asked. */
  during: () => Promise<unknown>;
  runId: number;
} = {
  stores: createMemoryStores(),
  clock: createVirtualClock(startMs),
  requests: [],
  answers: new Map(),
  during: async () => {},
  runId: 0,
};

/** Makes the world anew before each test of a file. */
export const beginAnew = (): void =>
  beforeEach(async () => {
    world.stores = createMemoryStores();
    world.clock = createVirtualClock(startMs);
    world.requests = [];
    world.answers = new Map();
    world.during = async () => {};
    world.runId = await world.stores.runs.begin(startAt, false);
  });

let ids = 0;
export const newId = () => `01KDTW000000000JOB${String(++ids).padStart(8, "0")}`;

/** A dependency with a snapshot that fell due just now. */
export const addDependency = async (own: Partial<Dependency> = {}): Promise<Dependency> => {
  const dependency = dependencyFixture({
    nextCheckAt: startAt,
    currentSnapshotId: "s-1",
    etag: '"1"',
    bodySha256: "of the snapshot",
    ...own,
  });
  await world.stores.dependencies.create(dependency);
  return dependency;
};
export const messageFor = ({ id }: Dependency, own: Partial<CheckMessage> = {}): CheckMessage => ({
  tenantId,
  dependencyId: id,
  dueAt: startAt,
  runId: world.runId,
  tries: 0,
  ...own,
});

export const check = async (
  messages: CheckMessage[],
  own: { remainingMs?: number; maxTurns?: number; ports?: Partial<CheckBatchPorts> } = {},
): Promise<MessageEnd[]> => {
  const syncs = createSyncService({
    ...world.stores,
    clock: world.clock,
    newId,
    heartbeatSeconds: 30,
    maxUnfinishedSyncs: 100,
  });
  const ports: CheckBatchPorts = {
    ...world.stores,
    queue: world.stores.checkQueue,
    syncs,
    clock: world.clock,
    newId,
    random: () => 0.5,
    log: () => {},
    async fetch(request) {
      world.requests.push(request);
      await world.during();
      const answer = world.answers.get(request.url) ?? { outcome: "notModified" };
      if (answer instanceof Error) throw answer;
      return answer;
    },
    ...own.ports,
  };
  const worker = {
    owner: `worker-${world.requests.length}`,
    remainingMs: () => own.remainingMs ?? 900_000,
    fetchTimeoutMs: 60_000,
    hostLimits: { maxTurns: own.maxTurns ?? 4, intervalMs: 0 },
    thresholds: defaultHealthThresholds,
  };
  const batch = messages.map((message, index) => ({ receiptId: String(index), message }));
  const ends = await checkBatch(ports, worker, batch);
  return batch.map((received) => ends.get(received) ?? "broken");
};

export const now = async ({ id }: Dependency) => world.stores.dependencies.get(tenantId, id);
export const history = async ({ id }: Dependency) =>
  (await world.stores.jobs.listByDependency(tenantId, id, { limit: 10 })).items;
export const tallied = async () => {
  await world.stores.runs.complete({
    ...{ id: world.runId, startedAt: startAt, completedAt: startAt, status: "completed", dryRun: false, error: null },
    ...{ tablesAssessed: 0, tablesSkipped: 0, tablesHealthy: 0, jobsSubmitted: 0 },
  });
  const [run] = await world.stores.runs.list(1);
  return { completed: run?.jobsCompleted, failed: run?.jobsFailed };
};
