import type { Lane } from "../../../shared/sessions/lane.ts";
import type { RecordChange, SessionRecordStore } from "../../../shared/sessions/records.ts";
import { isOver, type SessionJob, sessionJobId } from "../../../shared/sessions/session.ts";

export const laneWidth = 2;

/** Clocks differ by a second either way, so that a lease may end two seconds early for another machine. */
const skewMs = 2_000;

type Watch = { nowMs(): number; broken(words: string): void };

/**
 * The records as one process reaches them: what it commits is held against what is stored at that moment.
 * @param worker owner of the lease under which the process writes; `undefined` for one that works on no job
 */
export const watchedRecords = (store: SessionRecordStore, watch: Watch, worker?: string): SessionRecordStore => ({
  ...store,
  async commit(changes) {
    const isDone = await store.commit(changes);
    if (!isDone) return false;
    const tenants = new Set(changes.map(({ after, before }) => (after ?? before?.value)?.tenantId));
    if (tenants.size > 1) watch.broken(`a commit is about ${[...tenants].join(" and ")}`);
    for (const change of changes) await holdAgainst(store, watch, worker, change);
    return true;
  },
});

const holdAgainst = async (
  store: SessionRecordStore,
  watch: Watch,
  worker: string | undefined,
  change: RecordChange,
): Promise<void> => {
  if (change.kind === "job" && change.after !== undefined && change.before !== undefined)
    holdJob(watch, change.before.value, change.after);
  if (change.kind === "lane" && change.after !== undefined) holdLane(watch, change.before?.value, change.after);
  if (change.kind === "documentation" && change.after !== undefined && worker !== undefined) {
    const { tenantId, sessionId, jobId, docId } = change.after;
    const job = (await store.read("job", { tenantId, sessionId, jobId }))?.value;
    if (job?.leaseOwner !== worker)
      watch.broken(`${worker} writes ${docId} while its job is ${job?.status ?? "gone"}, of ${job?.leaseOwner}`);
  }
};

const holdJob = (watch: Watch, before: SessionJob, after: SessionJob): void => {
  const { jobId } = sessionJobId(after);
  if (after === before) return;
  if (after.term < before.term) watch.broken(`the term of ${jobId} falls to ${after.term}`);
  if (isOver(before)) watch.broken(`${jobId} is ${before.status} and is written again`);
  const isTaken = after.term > before.term && before.leaseOwner !== undefined && before.leaseOwner !== after.leaseOwner;
  if (isTaken && (before.leaseExpiresAtMs ?? 0) - skewMs > watch.nowMs())
    watch.broken(`${jobId} is taken from ${before.leaseOwner}, whose lease is live`);
  if (after.term === before.term && after.leaseOwner !== undefined && after.leaseOwner !== before.leaseOwner)
    watch.broken(`${jobId} has another owner in one term`);
};

/** Jobs leave a lane from anywhere, enter it at its end, and start from its front. */
const holdLane = (watch: Watch, before: Lane | undefined, after: Lane): void => {
  if (after.running.length > laneWidth) watch.broken(`${after.running.length} jobs of ${after.type} run at once`);
  const order = (lane: Lane | undefined) =>
    [...(lane?.running ?? []), ...(lane?.waiting ?? [])].map(({ jobId }) => jobId);
  const now = order(after);
  const kept = order(before).filter((jobId) => now.includes(jobId));
  const first = now.slice(0, kept.length);
  if (JSON.stringify(first) !== JSON.stringify(kept)) watch.broken(`the order of ${after.type} changes`);
};
