import type { EmbeddingModel } from "./embedder.ts";

/** Attempts of a job before it counts as failed. */
export const maxEmbedAttempts = 5;
/** Wait after the first failed attempt; each further one doubles it: 10, 20, 40, 80 s. */
const firstBackoffMs = 10_000;
/** Wall clock that one attempt may take: a backstop against work that goes on for ever. The lease is the deadline. */
export const attemptBoundMs = 3_600_000;

/** A worker's right to a job; `term` counts the claims, so that an older one is told from the current. */
export type EmbedLease = { owner: string; term: number; expiresAtMs: number };

/**
 * The one embed job of a dependency: what its index is, and the work that makes it what it should be. `pending` with
 * attempts is waiting to be tried again.
 */
export type EmbedJob = {
  tenantId: string;
  dependencyId: string;
  status: "pending" | "running" | "done" | "failed";
  /** What is to be indexed, or was. */
  snapshotId: string;
  model: EmbeddingModel;
  /** `indexRevision` of the release that made it, or will. */
  revision: number;
  /** Failed attempts at this snapshot and model. */
  attempts: number;
  /** Raised by every claim, over all attempts. */
  term: number;
  lease?: EmbedLease;
  /** When the running attempt began, handovers between workers included. */
  attemptStartedAtMs?: number;
  /** A `pending` job is not claimed before. */
  notBeforeMs?: number;
  /** Texts of one call; halves when a call times out. Absent: as configured. */
  batchSize?: number;
  lastError?: { name: string; message: string; atMs: number };
  operationCount?: number;
  embeddedCount?: number;
  /** Chunks of vectors that attempts at this snapshot have stored, in the body store. */
  chunkKeys: string[];
  /** The index that search answers from, and what it was made of: it stays while the next one is made. */
  index?: { key: string; snapshotId: string; model: EmbeddingModel; operationCount: number; builtAtMs: number };
  /** The dependency is gone; the item follows it. */
  isSourceGone?: true;
  updatedAtMs: number;
};

export type EmbedJobId = { tenantId: string; dependencyId: string };

/** Nothing is left to be done, unless somebody asks; the deleted's have nothing left at all. */
export const isOver = ({ status, isSourceGone }: EmbedJob): boolean =>
  (status === "done" || status === "failed") && !isSourceGone;

/** How long a message may take to its worker before it counts as lost. */
const messageGraceMs = 300_000;

/** Whether nobody does an unfinished job: its lease has ended, or it should have been begun a good while ago. */
export const isDueAgain = ({ status, lease, notBeforeMs, updatedAtMs }: EmbedJob, nowMs: number): boolean =>
  status === "running"
    ? (lease?.expiresAtMs ?? 0) <= nowMs
    : Math.max(notBeforeMs ?? 0, updatedAtMs) + messageGraceMs <= nowMs;

/** Milliseconds to wait after `attempts` failed ones. @example backoffMs(1) // 10_000 */
export const backoffMs = (attempts: number): number => firstBackoffMs * 2 ** (attempts - 1);

export type WantedIndex = Pick<EmbedJob, "snapshotId" | "model" | "revision">;

/** What is wanted: the same snapshot under the same model, in the form of this release. */
export const isSameWork = (job: EmbedJob, wanted: WantedIndex): boolean =>
  job.snapshotId === wanted.snapshotId &&
  job.revision === wanted.revision &&
  job.model.id === wanted.model.id &&
  job.model.dimension === wanted.model.dimension;

/**
 * The job after its dependency is to be indexed anew. Work that is the same and under way, or done, stays; a failed one is
 * begun afresh. Another snapshot or model takes the lease away from whoever works on the older one.
 */
export const withRequest = (
  job: EmbedJob | undefined,
  wanted: EmbedJobId & WantedIndex,
  nowMs: number,
): EmbedJob | undefined => {
  const { tenantId, dependencyId, snapshotId, model, revision } = wanted;
  const fresh: EmbedJob = {
    tenantId,
    dependencyId,
    snapshotId,
    model,
    revision,
    status: "pending",
    attempts: 0,
    term: (job?.term ?? 0) + 1,
    chunkKeys: [],
    updatedAtMs: nowMs,
  };
  if (job === undefined) return fresh;
  if (isSameWork(job, wanted) && job.status !== "failed") return undefined;
  const { index } = job;
  // Chunks of the same model are still good: an operation that both snapshots have was embedded once.
  const chunkKeys = job.model.id === model.id && job.model.dimension === model.dimension ? job.chunkKeys : [];
  return { ...fresh, chunkKeys, ...(index === undefined ? {} : { index }) };
};

/** The job claimed, or why it is not: it is over, waits, or another worker's lease is live. */
export const withClaim = (
  job: EmbedJob,
  claim: { owner: string; nowMs: number; leaseDurationMs: number },
): { claimed: EmbedJob } | { refused: "over" | "waiting" | "held"; untilMs?: number } => {
  const { owner, nowMs, leaseDurationMs } = claim;
  if (job.status === "done" || job.status === "failed") return { refused: "over" };
  if (job.notBeforeMs !== undefined && job.notBeforeMs > nowMs) return { refused: "waiting", untilMs: job.notBeforeMs };
  if (job.lease !== undefined && job.lease.expiresAtMs > nowMs)
    return { refused: "held", untilMs: job.lease.expiresAtMs };
  const { notBeforeMs: _waited, ...rest } = job;
  const term = job.term + 1;
  return {
    claimed: {
      ...rest,
      status: "running",
      term,
      lease: { owner, term, expiresAtMs: nowMs + leaseDurationMs },
      attemptStartedAtMs: job.attemptStartedAtMs ?? nowMs,
      updatedAtMs: nowMs,
    },
  };
};

/** The failed job begun afresh, on a person's word; `undefined` when it is not failed. */
export const withRetry = (job: EmbedJob, nowMs: number): EmbedJob | undefined => {
  if (job.status !== "failed") return undefined;
  const { lastError: _error, batchSize: _size, notBeforeMs: _waited, ...rest } = job;
  return { ...rest, status: "pending", attempts: 0, updatedAtMs: nowMs };
};

export type EmbedFailure = { name: string; message: string; isPermanent: boolean; isTimeout: boolean };

/** The job after an attempt failed: tried again after a backoff, or failed for good. On a time-out the batch halves. */
export const withFailure = (job: EmbedJob, failure: EmbedFailure, batchSize: number, nowMs: number): EmbedJob => {
  const { lease: _lease, attemptStartedAtMs: _started, notBeforeMs: _waited, ...rest } = job;
  const attempts = job.attempts + 1;
  const isOver = failure.isPermanent || attempts >= maxEmbedAttempts;
  return {
    ...rest,
    attempts,
    status: isOver ? "failed" : "pending",
    ...(isOver ? {} : { notBeforeMs: nowMs + backoffMs(attempts) }),
    ...(failure.isTimeout ? { batchSize: Math.max(1, Math.floor(batchSize / 2)) } : {}),
    lastError: { name: failure.name, message: failure.message, atMs: nowMs },
    updatedAtMs: nowMs,
  };
};

/** The job freed for the next worker: the time of this one's function is up. Not a failed attempt. */
export const withHandover = (job: EmbedJob, nowMs: number): EmbedJob => {
  const { lease: _lease, ...rest } = job;
  return { ...rest, status: "pending", updatedAtMs: nowMs };
};

/** The canonical end: the new index takes the place of the old one, and what led to it is dropped. */
export const withIndex = (job: EmbedJob, index: NonNullable<EmbedJob["index"]>, nowMs: number): EmbedJob => {
  const { lease: _lease, attemptStartedAtMs: _started, lastError: _error, batchSize: _size, ...rest } = job;
  const { operationCount } = index;
  return {
    ...rest,
    status: "done",
    attempts: 0,
    chunkKeys: [],
    operationCount,
    embeddedCount: operationCount,
    index,
    updatedAtMs: nowMs,
  };
};

/** The job of a dependency that was deleted: resolved, and without an index. */
export const withoutSource = (job: EmbedJob, nowMs: number): EmbedJob => ({
  tenantId: job.tenantId,
  dependencyId: job.dependencyId,
  snapshotId: job.snapshotId,
  model: job.model,
  revision: job.revision,
  status: "done",
  attempts: 0,
  term: job.term + 1,
  operationCount: 0,
  chunkKeys: [],
  isSourceGone: true,
  updatedAtMs: nowMs,
});
