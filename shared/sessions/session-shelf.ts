import * as z from "zod";
import { LeaseLostError } from "../jobs/errors.ts";
import { type DocumentationEntry, type DocumentationShelf, documentationChunk } from "./documentation.ts";
import { SessionContendedError, SessionNotFoundError } from "./errors.ts";
import type { JobBodies } from "./job-types/job-type.ts";
import type { RecordChange, SessionRecordStore } from "./records.ts";
import type { Session, StoredDocumentation } from "./session.ts";
import { isHeldBy, type SessionJobLease } from "./transitions.ts";

/** Read at once while a whole list is wanted. */
const pageSize = 100;
const maxTries = 10;

/** All documents of a session, in the order of their ids. */
export const listDocumentation = async (
  records: Pick<SessionRecordStore, "listDocumentation">,
  session: { tenantId: string; sessionId: string },
): Promise<StoredDocumentation[]> => {
  const all: StoredDocumentation[] = [];
  let cursor: string | undefined;
  do {
    const page = await records.listDocumentation(session, { limit: pageSize, cursor });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
};

/**
 * Writes a document of a session that is there still, in one transaction with a look at the lease: what a worker writes
 * that lost its own would otherwise stand above what the next one wrote.
 * @param lease of the job that writes it; none for a document that is copied
 * @throws SessionNotFoundError, LeaseLostError, SessionContendedError
 */
export const putDocumentation = async (
  records: Pick<SessionRecordStore, "read" | "commit">,
  document: StoredDocumentation,
  lease?: SessionJobLease,
): Promise<void> => {
  const { tenantId, sessionId, docId } = document;
  for (let tries = 0; tries < maxTries; tries += 1) {
    const held = lease === undefined ? [] : [await checkOfLease(records, lease)];
    const session = await records.read("session", { tenantId, sessionId });
    if (session === undefined) throw new SessionNotFoundError(sessionId);
    const before = await records.read("documentation", { tenantId, sessionId, docId });
    const isDone = await records.commit([
      { kind: "session", before: session, after: session.value },
      ...held,
      { kind: "documentation", before, after: document },
    ]);
    if (isDone) return;
  }
  throw new SessionContendedError(`the document ${docId}`);
};

/** That the job is held by the lease, and that nobody writes it until the commit. @throws LeaseLostError */
const checkOfLease = async (
  records: Pick<SessionRecordStore, "read">,
  lease: SessionJobLease,
): Promise<RecordChange> => {
  const job = await records.read("job", lease);
  if (job === undefined || !isHeldBy(job.value, lease))
    throw new LeaseLostError(lease.jobId, job?.value.stage ?? "unknown", lease.term);
  return { kind: "job", before: job, after: job.value };
};

/** The chunks of a stored document; none when its body is gone. */
export const readChunks = async (bodies: Pick<JobBodies, "get">, { chunksKey }: DocumentationEntry) => {
  const bytes = await bodies.get(chunksKey);
  if (bytes === undefined) return [];
  return z.array(documentationChunk).parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
};

/** The documentation of a session as the job that holds `lease` sees and writes it. */
export const sessionShelf = (
  records: SessionRecordStore,
  bodies: JobBodies,
  session: Session,
  lease: () => SessionJobLease,
  nowMs: () => number,
): DocumentationShelf => {
  const place = { tenantId: session.tenantId, sessionId: session.id };
  return {
    async put({ chunks, ...about }) {
      const bytes = Buffer.from(JSON.stringify(chunks));
      const chunksKey = await bodies.put(bytes, "application/json");
      const document = {
        ...place,
        ...about,
        jobId: lease().jobId,
        chunkCount: chunks.length,
        chunksKey,
        chunksSha256: chunksKey.slice(chunksKey.lastIndexOf("/") + 1),
        createdAt: new Date(nowMs()).toISOString(),
        expiresAt: session.expiresAt,
      };
      await putDocumentation(records, document, lease());
    },
    list: () => listDocumentation(records, place),
    async chunks(docId) {
      const found = await records.read("documentation", { ...place, docId });
      return found === undefined ? [] : readChunks(bodies, found.value);
    },
  };
};
