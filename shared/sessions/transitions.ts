import type { JobStage } from "./job-types/job-type.ts";
import { isOver, type Payload, type SessionJob } from "./session.ts";

/** What each transition does to a session's job; `undefined` fields are dropped by the stores. */

export type SessionJobClaim = { owner: string; nowMs: number; durationMs: number; taskToken: string };

/** The right to write of one worker: while the job has this term and owner. */
export type SessionJobLease = {
  tenantId: string;
  sessionId: string;
  jobId: string;
  /** When it was claimed. */
  stage: JobStage;
  /** A session's job is not tried again: asking once more makes another job. */
  attempt: 1;
  owner: string;
  term: number;
  expiresAtMs: number;
};

export type ClaimRefusal = "leaseHeld" | "over";

const isoTime = (atMs: number): string => new Date(atMs).toISOString();

const noLease = { leaseOwner: undefined, leaseExpiresAtMs: undefined, taskToken: undefined } as const;

/** Why the claim is refused; `undefined` when it may be made. */
export const claimRefusal = (job: SessionJob, claim: SessionJobClaim): ClaimRefusal | undefined => {
  if (isOver(job)) return "over";
  const isHeld = job.leaseOwner !== undefined && (job.leaseExpiresAtMs ?? 0) > claim.nowMs;
  return isHeld && job.leaseOwner !== claim.owner ? "leaseHeld" : undefined;
};

export const applyClaim = (job: SessionJob, claim: SessionJobClaim): SessionJob => ({
  ...job,
  status: "running",
  term: job.term + 1,
  leaseOwner: claim.owner,
  leaseExpiresAtMs: claim.nowMs + claim.durationMs,
  taskToken: claim.taskToken,
  waitingUntil: undefined,
  startedAt: job.startedAt ?? isoTime(claim.nowMs),
  updatedAt: isoTime(claim.nowMs),
});

/** The fence: nobody claimed, released or ended the job since the lease was given. */
export const isHeldBy = (job: SessionJob, lease: SessionJobLease): boolean =>
  job.status === "running" && job.term === lease.term && job.leaseOwner === lease.owner;

export type JobSave = { stage?: JobStage; progress?: Payload; report?: SessionJob["report"] };

export const applySave = (job: SessionJob, save: JobSave, atMs: number): SessionJob => ({
  ...job,
  stage: save.stage ?? job.stage,
  progress: save.progress ?? job.progress,
  report: save.report ?? (save.stage === undefined || save.stage === job.stage ? job.report : undefined),
  updatedAt: isoTime(atMs),
});

export const applyRelease = (job: SessionJob, atMs: number, waitingUntil: string | undefined): SessionJob => ({
  ...job,
  ...noLease,
  waitingUntil,
  updatedAt: isoTime(atMs),
});

export type JobEnd =
  | { status: "finished"; result: Payload }
  | { status: "failed" | "cancelled"; errors: readonly string[] };

/** Of one job: enough for a stack of causes, not for a log. */
const maxErrorLines = 50;

export const applyEnd = (job: SessionJob, end: JobEnd, atMs: number): SessionJob => ({
  ...job,
  ...noLease,
  waitingUntil: undefined,
  status: end.status,
  ...(end.status === "finished"
    ? { result: end.result, progress: undefined }
    : { errors: end.errors.slice(0, maxErrorLines) }),
  updatedAt: isoTime(atMs),
  finishedAt: isoTime(atMs),
});

/** The words of `seeds/1`, before the reason. */
export const interruptedLine = (reason: string): string => `Job cancelled/interrupted: ${reason}`;
