import { LeaseLostError } from "../jobs/errors.ts";
import type { Clock } from "../jobs/ports.ts";
import { LaneFullError, SessionContendedError, SessionNotFoundError } from "./errors.ts";
import { emptyLane, enterLane, type LaneChange, type LaneEntry, leaveLane } from "./lane.ts";
import type { RecordChange, SessionRecordStore, Versioned } from "./records.ts";
import { isOver, reuseForMs, type Session, type SessionJob, type SessionJobId } from "./session.ts";
import {
  applyClaim,
  applyEnd,
  applyRelease,
  applySave,
  type ClaimRefusal,
  claimRefusal,
  isHeldBy,
  type JobEnd,
  type JobSave,
  type SessionJobClaim,
  type SessionJobLease,
} from "./transitions.ts";

/** A job as it ended, and the jobs that may start in its place. `undefined`: it is not there. */
export type Ended = { job: SessionJob | undefined; admitted: LaneEntry[] };

/** `isEnded`: this call ended it. */
export type Abandoned = Ended & { isEnded: boolean };

/** `job` as it stands. */
export type ClaimOutcome =
  | { claimed: true; job: SessionJob; lease: SessionJobLease }
  | { claimed: false; reason: ClaimRefusal | "unknownJob"; job?: SessionJob };

/** Jobs of sessions, their leases and their lanes. What takes a lease throws `LeaseLostError` when it is no longer current. */
export type SessionStore = {
  /** `false` when the id is taken. */
  createSession(session: Session): Promise<boolean>;
  /** `undefined` when there is none, or its time is over. */
  getSession(tenantId: string, sessionId: string, nowMs: number): Promise<Session | undefined>;
  /** Puts a queued job into its lane, one transaction. @throws SessionNotFoundError, LaneFullError */
  enqueue(job: SessionJob): Promise<{ job: SessionJob; admitted: LaneEntry[] }>;
  /** Stores a job that was never queued: a reused result, or one corrected by hand. @throws SessionNotFoundError */
  addFinished(job: SessionJob): Promise<void>;
  getJob(id: SessionJobId): Promise<SessionJob | undefined>;
  recordExecution(id: SessionJobId, executionArn: string): Promise<void>;
  claim(id: SessionJobId, claim: SessionJobClaim): Promise<ClaimOutcome>;
  renew(
    lease: SessionJobLease,
    nowMs: number,
    durationMs: number,
  ): Promise<{ lease: SessionJobLease; job: SessionJob }>;
  save(lease: SessionJobLease, save: JobSave, atMs: number): Promise<void>;
  release(lease: SessionJobLease, atMs: number, waitingUntil?: string): Promise<void>;
  /** Ends the job with its result, offers that for reuse, and leaves the lane: one transaction. */
  finish(lease: SessionJobLease, end: Extract<JobEnd, { status: "finished" }>, atMs: number): Promise<Ended>;
  /**
   * Ends a job as failed, or cancels it while it is queued; one that is over stays as it is, and one that is gone leaves
   * its lane.
   */
  abandon(
    id: SessionJobId,
    type: string,
    end: Exclude<JobEnd, { status: "finished" }>,
    atMs: number,
  ): Promise<Abandoned>;
};

/** With 20 writers on one lane the last one wins its turn in well under this many tries. */
const maxTries = 40;

export type SessionStoreOptions = {
  records: SessionRecordStore;
  clock: Pick<Clock, "sleep">;
  /** Jobs of one type that run at once for a tenant. */
  laneWidth: number;
  /** In [0, 1), for the pause before another try. @default Math.random */
  random?: () => number;
};

/** The transitions of sessions' jobs on versioned records. */
export const createSessionStore = ({
  records,
  clock,
  laneWidth,
  random = Math.random,
}: SessionStoreOptions): SessionStore => {
  /** Tries a read and its conditional write again until nobody comes between. @throws SessionContendedError */
  const settled = async <T>(what: string, attempt: () => Promise<{ done: T } | undefined>): Promise<T> => {
    for (let tries = 1; tries <= maxTries; tries += 1) {
      const outcome = await attempt();
      if (outcome !== undefined) return outcome.done;
      await clock.sleep(random() * Math.min(200, 5 * 2 ** tries));
    }
    throw new SessionContendedError(what);
  };

  const jobChange = (before: Versioned<SessionJob>, after: SessionJob): RecordChange => ({
    kind: "job",
    before,
    after,
  });

  const changeLane = async (
    tenantId: string,
    type: string,
    change: (lane: LaneChange["lane"]) => LaneChange | undefined,
  ): Promise<{ change: RecordChange; admitted: LaneEntry[] } | undefined> => {
    const before = await records.read("lane", { tenantId, type });
    const next = change(before?.value ?? emptyLane(tenantId, type));
    if (next === undefined) return undefined;
    return { change: { kind: "lane", before, after: next.lane }, admitted: next.admitted };
  };

  const existing = async ({ tenantId, sessionId }: Pick<SessionJob, "tenantId" | "sessionId">) => {
    const session = await records.read("session", { tenantId, sessionId });
    if (session === undefined) throw new SessionNotFoundError(sessionId);
    return { kind: "session", before: session, after: session.value } as const satisfies RecordChange;
  };

  /** Changes a job under a lease. @throws LeaseLostError */
  const changeHeld = (lease: SessionJobLease, change: (job: SessionJob) => SessionJob): Promise<SessionJob> =>
    settled(`job ${lease.jobId}`, async () => {
      const before = await records.read("job", lease);
      if (before === undefined || !isHeldBy(before.value, lease)) throw lost(lease, before?.value);
      const after = change(before.value);
      return (await records.commit([jobChange(before, after)])) ? { done: after } : undefined;
    });

  return {
    createSession: (session) => records.commit([{ kind: "session", after: session }]),

    async getSession(tenantId, sessionId, nowMs) {
      const session = (await records.read("session", { tenantId, sessionId }))?.value;
      return session === undefined || Date.parse(session.expiresAt) <= nowMs ? undefined : session;
    },

    enqueue: (job) =>
      settled(`the queue of ${job.type}`, async () => {
        const session = await existing(job);
        const entry = { sessionId: job.sessionId, jobId: job.id };
        const lane = await changeLane(job.tenantId, job.type, (now) => enterLane(now, entry, laneWidth));
        if (lane === undefined) throw new LaneFullError(job.type);
        const isAdmitted = lane.admitted.some(({ jobId }) => jobId === job.id);
        const queued = isAdmitted ? { ...job, admittedAt: job.createdAt } : job;
        const isDone = await records.commit([session, lane.change, { kind: "job", after: queued }]);
        return isDone ? { done: { job: queued, admitted: lane.admitted } } : undefined;
      }),

    addFinished: (job) =>
      settled(`session ${job.sessionId}`, async () =>
        (await records.commit([await existing(job), { kind: "job", after: job }])) ? { done: undefined } : undefined,
      ),

    getJob: async (id) => (await records.read("job", id))?.value,

    recordExecution: (id, executionArn) =>
      settled(`job ${id.jobId}`, async () => {
        const before = await records.read("job", id);
        if (before === undefined || isOver(before.value)) return { done: undefined };
        const admittedAt = before.value.admittedAt ?? before.value.updatedAt;
        const after = { ...before.value, executionArn, admittedAt };
        return (await records.commit([jobChange(before, after)])) ? { done: undefined } : undefined;
      }),

    claim: (id, claim) =>
      settled<ClaimOutcome>(`job ${id.jobId}`, async () => {
        const before = await records.read("job", id);
        if (before === undefined) return { done: { claimed: false, reason: "unknownJob" } };
        const reason = claimRefusal(before.value, claim);
        if (reason !== undefined) return { done: { claimed: false, reason, job: before.value } };
        const job = applyClaim(before.value, claim);
        if (!(await records.commit([jobChange(before, job)]))) return undefined;
        const { owner, nowMs, durationMs } = claim;
        const lease = {
          ...id,
          stage: job.stage,
          attempt: 1 as const,
          owner,
          term: job.term,
          expiresAtMs: nowMs + durationMs,
        };
        return { done: { claimed: true, job, lease } };
      }),

    async renew(lease, nowMs, durationMs) {
      const expiresAtMs = nowMs + durationMs;
      const job = await changeHeld(lease, (held) => ({ ...held, leaseExpiresAtMs: expiresAtMs }));
      return { lease: { ...lease, expiresAtMs }, job };
    },

    async save(lease, save, atMs) {
      await changeHeld(lease, (job) => applySave(job, save, atMs));
    },

    async release(lease, atMs, waitingUntil) {
      await changeHeld(lease, (job) => applyRelease(job, atMs, waitingUntil));
    },

    finish: (lease, end, atMs) =>
      settled(`job ${lease.jobId}`, async () => {
        const before = await records.read("job", lease);
        const job = before?.value;
        // Made before, and only the answer was lost.
        if (job?.status === "finished" && job.term === lease.term) return { done: { job, admitted: [] } };
        if (before === undefined || job === undefined || !isHeldBy(job, lease)) throw lost(lease, job);
        const finished = applyEnd(job, end, atMs);
        const lane = await changeLane(job.tenantId, job.type, (now) => leaveLane(now, job.id, laneWidth));
        const { tenantId, identity, sessionId } = job;
        const offered = await records.read("reuse", { tenantId, identity });
        const expiresAt = new Date(atMs + reuseForMs).toISOString();
        const reuse = { tenantId, identity, sessionId, jobId: job.id, expiresAt };
        const isDone = await records.commit([
          jobChange(before, finished),
          ...(lane === undefined ? [] : [lane.change]),
          { kind: "reuse", before: offered, after: reuse },
        ]);
        return isDone ? { done: { job: finished, admitted: lane?.admitted ?? [] } } : undefined;
      }),

    abandon: (id, type, end, atMs) =>
      settled<Abandoned>(`job ${id.jobId}`, async () => {
        const before = await records.read("job", id);
        const job = before?.value;
        const isEndable = job !== undefined && !isOver(job) && (end.status === "failed" || job.status === "queued");
        if (job !== undefined && !isEndable) return { done: { job, admitted: [], isEnded: false } };
        const lane = await changeLane(id.tenantId, type, (now) => leaveLane(now, id.jobId, laneWidth));
        const ended = job === undefined ? undefined : applyEnd(job, end, atMs);
        const isDone = await records.commit([
          ...(lane === undefined ? [] : [lane.change]),
          ...(before === undefined || ended === undefined ? [] : [jobChange(before, ended)]),
        ]);
        return isDone ? { done: { job: ended, admitted: lane?.admitted ?? [], isEnded: true } } : undefined;
      }),
  };
};

const lost = ({ jobId, term }: SessionJobLease, job: SessionJob | undefined): LeaseLostError =>
  new LeaseLostError(jobId, job?.stage ?? "unknown", term);
