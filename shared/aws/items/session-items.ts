import * as z from "zod";
import type { Lane } from "../../sessions/lane.ts";
import {
  isOver,
  type ReusableResult,
  type Session,
  type SessionJob,
  type SessionJobPlace,
  type StoredDocumentation,
} from "../../sessions/session.ts";
import type { ItemCodec } from "../item-codec.ts";
import {
  laneKey,
  reusableResultKey,
  sessionDocumentationKey,
  sessionJobKey,
  sessionJobPlaceKey,
  sessionKey,
  unfinishedSessionJobKey,
} from "../keys.ts";
import { expiresAfter } from "./retention.ts";

const secondsOf = (iso: string): number => expiresAfter(iso, 0);

export const sessionItem: ItemCodec<Session> = {
  entity: "session",
  version: 1,
  schema: z.object({ id: z.string(), tenantId: z.string(), createdAt: z.string(), expiresAt: z.string() }),
  content: (session) => session,
  place: ({ tenantId, id, expiresAt }) => ({
    ...sessionKey({ tenantId, sessionId: id }),
    expiresAtSeconds: secondsOf(expiresAt),
  }),
};

const payload = z.union([
  z.object({ sha256: z.string(), json: z.string() }),
  z.object({ sha256: z.string(), key: z.string() }),
]);

/** Jobs are listed by session, and while unfinished (GSI2). */
export const sessionJobItem: ItemCodec<SessionJob> = {
  entity: "sessionJob",
  version: 1,
  schema: z.object({
    id: z.string(),
    tenantId: z.string(),
    sessionId: z.string(),
    type: z.string(),
    subject: z.string().optional(),
    status: z.enum(["queued", "running", "finished", "failed", "cancelled"]),
    stage: z.enum(["running", "chunking", "processing_chunks", "processing"]),
    term: z.number(),
    leaseOwner: z.string().optional(),
    leaseExpiresAtMs: z.number().optional(),
    taskToken: z.string().optional(),
    input: payload,
    progress: payload.optional(),
    result: payload.optional(),
    report: z
      .object({ message: z.string().optional(), completed: z.number().optional(), total: z.number().optional() })
      .optional(),
    note: z.string().optional(),
    sources: z.array(z.object({ type: z.string(), subject: z.string().optional(), jobId: z.string() })),
    identity: z.string(),
    errors: z.array(z.string()),
    admittedAt: z.string().optional(),
    executionArn: z.string().optional(),
    waitingUntil: z.string().optional(),
    createdAt: z.string(),
    startedAt: z.string().optional(),
    updatedAt: z.string(),
    finishedAt: z.string().optional(),
    expiresAt: z.string(),
  }),
  content: (job) => job,
  place: (job) => ({
    ...sessionJobKey({ tenantId: job.tenantId, sessionId: job.sessionId, jobId: job.id }),
    ...(isOver(job) ? {} : unfinishedSessionJobKey(job.id)),
    expiresAtSeconds: secondsOf(job.expiresAt),
  }),
};

export const sessionJobPlaceItem: ItemCodec<SessionJobPlace> = {
  entity: "sessionJobPlace",
  version: 1,
  schema: z.object({ tenantId: z.string(), sessionId: z.string(), jobId: z.string(), expiresAt: z.string() }),
  content: (place) => place,
  place: (place) => ({ ...sessionJobPlaceKey(place), expiresAtSeconds: secondsOf(place.expiresAt) }),
};

const laneEntries = z.array(z.object({ sessionId: z.string(), jobId: z.string() }));

export const laneItem: ItemCodec<Lane> = {
  entity: "lane",
  version: 1,
  schema: z.object({ tenantId: z.string(), type: z.string(), running: laneEntries, waiting: laneEntries }),
  content: (lane) => lane,
  place: laneKey,
};

export const documentationItem: ItemCodec<StoredDocumentation> = {
  entity: "documentation",
  version: 1,
  schema: z.object({
    docId: z.string(),
    tenantId: z.string(),
    sessionId: z.string(),
    jobId: z.string(),
    source: z.enum(["scraper", "upload"]),
    url: z.string().optional(),
    title: z.string().optional(),
    chunkCount: z.number(),
    chunksKey: z.string(),
    chunksSha256: z.string(),
    createdAt: z.string(),
    expiresAt: z.string(),
  }),
  content: (document) => document,
  place: (document) => ({ ...sessionDocumentationKey(document), expiresAtSeconds: secondsOf(document.expiresAt) }),
};

export const reusableResultItem: ItemCodec<ReusableResult> = {
  entity: "reusableResult",
  version: 1,
  schema: z.object({
    tenantId: z.string(),
    identity: z.string(),
    sessionId: z.string(),
    jobId: z.string(),
    expiresAt: z.string(),
  }),
  content: (reuse) => reuse,
  place: (reuse) => ({ ...reusableResultKey(reuse), expiresAtSeconds: secondsOf(reuse.expiresAt) }),
};
