import { ConflictError } from "../jobs/errors.ts";
import { SessionNotFoundError } from "./errors.ts";
import { latestFinished } from "./job-identity.ts";
import type { SessionPorts } from "./ports.ts";
import type { SessionRecordStore } from "./records.ts";
import { isOver, type Session, type SessionJob, sessionJobId } from "./session.ts";
import { listDocumentation } from "./session-shelf.ts";
import { startAdmitted } from "./start-admitted.ts";
import { interruptedLine } from "./transitions.ts";

const msPerDay = 86_400_000;

/** @throws ConflictError when the id is taken */
export const createSession = async (ports: SessionPorts, tenantId: string, id: string): Promise<Session> => {
  const nowMs = ports.clock.nowMs();
  const session = {
    id,
    tenantId,
    createdAt: new Date(nowMs).toISOString(),
    expiresAt: new Date(nowMs + ports.sessionRetentionDays * msPerDay).toISOString(),
  };
  if (!(await ports.sessions.createSession(session))) throw new ConflictError(`the session ${id} exists already`);
  return session;
};

/** @throws SessionNotFoundError also for another tenant's, and for one whose time is over */
export const ownSession = async (ports: SessionPorts, tenantId: string, sessionId: string): Promise<Session> => {
  const session = await ports.sessions.getSession(tenantId, sessionId.toLowerCase(), ports.clock.nowMs());
  if (session === undefined) throw new SessionNotFoundError(sessionId);
  return session;
};

/** All jobs of a session that `accepts` takes, newest first. */
export const listAllJobs = async (
  records: Pick<SessionRecordStore, "listJobs">,
  { tenantId, id }: Session,
  accepts?: (job: SessionJob) => boolean,
): Promise<SessionJob[]> => {
  const all: SessionJob[] = [];
  let cursor: string | undefined;
  do {
    const page = await records.listJobs({ tenantId, sessionId: id }, { limit: 100, cursor }, accepts);
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
};

/** What a session holds. */
export const summarize = async (ports: SessionPorts, session: Session) => {
  const place = { tenantId: session.tenantId, sessionId: session.id };
  const jobs = await listAllJobs(ports.records, session);
  const documents = await listDocumentation(ports.records, place);
  const outputs = await latestFinished(ports.records, place, [...new Set(jobs.map(({ type }) => type))]);
  return { jobCount: jobs.length, documentationCount: documents.length, outputs };
};

/**
 * Deletes a session with everything of it. Its unfinished jobs end first, so that their lanes go on; the session itself
 * goes last, so that a deletion that was cut off can be asked for again. Bodies go by their age.
 */
export const deleteSession = async (ports: SessionPorts, session: Session): Promise<void> => {
  const { tenantId, id: sessionId } = session;
  const end = { status: "failed", errors: [interruptedLine("its session was deleted")] } as const;
  const jobs = await listAllJobs(ports.records, session);
  for (const job of jobs.filter((one) => !isOver(one))) {
    const { admitted } = await ports.sessions.abandon(sessionJobId(job), job.type, end, ports.clock.nowMs());
    const others = admitted.filter((entry) => entry.sessionId !== sessionId);
    await startAdmitted(ports, tenantId, job.type, others);
  }
  for (const job of jobs) await ports.records.remove("job", sessionJobId(job));
  await deleteDocumentation(ports, session);
  await ports.records.remove("session", { tenantId, sessionId });
};

/** Deletes the documents of a session, or those named. */
export const deleteDocumentation = async (
  ports: Pick<SessionPorts, "records">,
  { tenantId, id: sessionId }: Session,
  docIds?: readonly string[],
): Promise<void> => {
  const wanted = docIds ?? (await listDocumentation(ports.records, { tenantId, sessionId })).map(({ docId }) => docId);
  for (const docId of wanted) await ports.records.remove("documentation", { tenantId, sessionId, docId });
};
