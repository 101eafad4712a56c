import { isTerminal } from "../jobs/job.ts";
import type { Clock, JobStore } from "../jobs/ports.ts";
import type { RunStore } from "../orchestrator/run-record.ts";
import { pauseOf } from "../pauses/pause.ts";
import type { PauseStore } from "../pauses/ports.ts";
import { catalogTenantId } from "../providers/catalog-tenant.ts";
import type { SessionRecordStore } from "../sessions/records.ts";
import type { SignalStore } from "./ports.ts";
import type { RunReader } from "./read-run.ts";
import { type Run, type RunId, runIdOf } from "./run.ts";
import { isFinalSignal } from "./signal.ts";
import { signalOfRun } from "./signal-of-run.ts";

/** Under the names of `seeds/3`. */
export type SnapshotWriterSettings = {
  /** Only this tenant's runs, where it is given. */
  tenantId?: string | undefined;
  /** Snapshots that one look writes. */
  maxRunsPerTick: number;
  /** Runs that nothing was written to for longer are left alone. */
  lookbackMinutes: number;
  ttlSeconds: number;
};

export type SnapshotWriterPorts = {
  jobs: Pick<JobStore, "listUnfinished">;
  records: Pick<SessionRecordStore, "listUnfinished">;
  runs: Pick<RunStore, "list">;
  pauses: Pick<PauseStore, "listActive">;
  readRun: RunReader;
  store: SignalStore;
  clock: Pick<Clock, "nowMs">;
  log(event: string, fields: Record<string, unknown>): void;
};

/** A run that had not ended when it was looked at. */
export type FollowedRun = { tenantId: string; run: RunId };

type Candidate = FollowedRun & { found: Run; changedAt: string };

/** Of all unfinished jobs of one kind, the oldest so many are looked at: five pages. */
const maxListed = 500;
const pageSize = 100;

/**
 * One look of the snapshot writer: the signals of runs that go on, those that changed last first, and of the runs that it
 * followed and that have ended since.
 * @param followed what the last look gave back
 */
export const writeSnapshots = async (
  ports: SnapshotWriterPorts,
  settings: SnapshotWriterSettings,
  followed: readonly FollowedRun[],
): Promise<FollowedRun[]> => {
  const { store, readRun, clock, log } = ports;
  const checkedAtMs = clock.nowMs();
  const going = await listGoing(ports, settings, checkedAtMs);
  const isGoing = new Set(going.map(keyOf));
  const gone = followed.filter((one) => !isGoing.has(keyOf(one)));
  const ended = await Promise.all(
    gone.slice(0, settings.maxRunsPerTick).map(async (one) => {
      const found = await readRun(one.tenantId, one.run);
      return found === undefined ? [] : [{ ...one, found }];
    }),
  );
  const chosen = [...ended.flat(), ...going].slice(0, settings.maxRunsPerTick);
  const next = await Promise.all(
    chosen.map(async ({ tenantId, run, found }) => {
      const signal = signalOfRun(found);
      const expiresAtMs = checkedAtMs + settings.ttlSeconds * 1_000;
      await store.put({ tenantId, runId: run.id, signal: signal ?? null, checkedAtMs, expiresAtMs });
      return signal !== undefined && isFinalSignal(signal) ? [] : [{ tenantId, run }];
    }),
  );
  log("first_signal.snapshots_written", { going: going.length, ended: ended.length, written: chosen.length });
  return next.flat();
};

const keyOf = ({ tenantId, run }: FollowedRun): string => `${tenantId} ${run.id}`;

const listGoing = async (
  ports: SnapshotWriterPorts,
  { tenantId, maxRunsPerTick, lookbackMinutes }: SnapshotWriterSettings,
  nowMs: number,
): Promise<Candidate[]> => {
  const since = new Date(nowMs - lookbackMinutes * 60_000).toISOString();
  const isWanted = (candidate: Candidate): boolean =>
    candidate.changedAt >= since && (tenantId === undefined || candidate.tenantId === tenantId);
  const [jobs, sessionJobs, records, pauses] = await Promise.all([
    listAll((cursor) => ports.jobs.listUnfinished({ limit: pageSize, ...cursor })),
    listAll((cursor) => ports.records.listUnfinished({ limit: pageSize, ...cursor })),
    tenantId === undefined || tenantId === catalogTenantId ? ports.runs.list(Math.min(maxRunsPerTick, pageSize)) : [],
    ports.pauses.listActive(),
  ]);
  const syncs = jobs
    .filter(({ status }) => !isTerminal(status))
    .map((job): Candidate => {
      const isWaiting = job.status === "queued" && job.executionArn === undefined;
      const pause = isWaiting ? pauseOf(pauses, job.tenantId, job.type) : undefined;
      return candidateOf(job.tenantId, { type: "sync", job, pause }, job.updatedAt);
    });
  const ofSessions = sessionJobs.map((job) => candidateOf(job.tenantId, { type: "session", job }, job.updatedAt));
  const ofOrchestrator = records
    .map((record) => candidateOf(catalogTenantId, { type: "orchestrator", record }, record.completedAt))
    .filter(({ found }) => {
      const signal = signalOfRun(found);
      return signal !== undefined && !isFinalSignal(signal);
    });
  return [...syncs, ...ofSessions, ...ofOrchestrator]
    .filter(isWanted)
    .sort((a, b) => (a.changedAt < b.changedAt ? 1 : -1));
};

const candidateOf = (tenantId: string, found: Run, changedAt: string): Candidate => ({
  tenantId,
  run: { type: found.type, id: runIdOf(found) },
  found,
  changedAt,
});

const listAll = async <T>(
  read: (cursor: { cursor?: string }) => Promise<{ items: T[]; nextCursor?: string }>,
): Promise<T[]> => {
  const items: T[] = [];
  let cursor: { cursor?: string } | undefined = {};
  while (cursor !== undefined && items.length < maxListed) {
    const page: { items: T[]; nextCursor?: string } = await read(cursor);
    items.push(...page.items);
    cursor = page.nextCursor === undefined ? undefined : { cursor: page.nextCursor };
  }
  return items;
};
