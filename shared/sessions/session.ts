import type { DocumentationEntry } from "./documentation.ts";
import type { JobStage } from "./job-types/job-type.ts";

/** What one integration is made from. It is written once; what it holds are records of their own, and expire with it. */
export type Session = { id: string; tenantId: string; createdAt: string; expiresAt: string };

/** JSON as it is stored: small on the job itself, else in the body store. `sha256` is that of the text. */
export type Payload = { sha256: string; json: string } | { sha256: string; key: string };

/** A job whose result another job reads, pinned when that one was created. */
export type JobSource = { type: string; subject?: string; jobId: string };

export type SessionJob = {
  /** UUID of version 7: sorts by creation. */
  id: string;
  tenantId: string;
  sessionId: string;
  type: string;
  /** What it is about, for types that have a latest result for each of it. */
  subject?: string;
  /** A cancelled job is `failed` on the wire (ruling 1). */
  status: "queued" | "running" | "finished" | "failed" | "cancelled";
  stage: JobStage;
  /** Fencing token: raised by every claim. */
  term: number;
  leaseOwner?: string;
  leaseExpiresAtMs?: number;
  /** Token of the task that holds the lease. Never leaves the engine. */
  taskToken?: string;
  input: Payload;
  /** Where the next worker goes on. */
  progress?: Payload;
  result?: Payload;
  /** What it says of its work. */
  report?: { message?: string; completed?: number; total?: number };
  /** How it came to its result, when no worker found it: reused, or corrected by hand. */
  note?: string;
  sources: JobSource[];
  /** Hash of all that decides the result; another job of the same one may reuse it. */
  identity: string;
  /** Lines for a person. */
  errors: string[];
  /** When its lane let it start. */
  admittedAt?: string;
  executionArn?: string;
  /** It holds no lease until then: a host asked to wait. */
  waitingUntil?: string;
  createdAt: string;
  startedAt?: string;
  updatedAt: string;
  finishedAt?: string;
  expiresAt: string;
};

export type SessionJobId = { tenantId: string; sessionId: string; jobId: string };

export const sessionJobId = ({ tenantId, sessionId, id }: SessionJob): SessionJobId => ({
  tenantId,
  sessionId,
  jobId: id,
});

/** Where a job is found by its id alone. */
export type SessionJobPlace = SessionJobId & { expiresAt: string };

export const sessionJobPlace = (job: SessionJob): SessionJobPlace => ({
  ...sessionJobId(job),
  expiresAt: job.expiresAt,
});

/** A document of a session, as it is stored. */
export type StoredDocumentation = DocumentationEntry & { tenantId: string; sessionId: string; expiresAt: string };

/** A finished job whose result the same input may reuse. */
export type ReusableResult = {
  tenantId: string;
  identity: string;
  sessionId: string;
  jobId: string;
  expiresAt: string;
};

/** Four weeks (`seeds/1`, ruling B). */
export const reuseForMs = 28 * 86_400_000;

export const isOver = ({ status }: Pick<SessionJob, "status">): boolean =>
  status === "finished" || status === "failed" || status === "cancelled";
