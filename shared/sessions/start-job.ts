import { identifyJob } from "./job-identity.ts";
import type { JobType } from "./job-types/job-type.ts";
import type { SessionPorts } from "./ports.ts";
import type { Payload, Session, SessionJob } from "./session.ts";
import { sessionBodies, writePayload } from "./session-bodies.ts";
import { listDocumentation, putDocumentation } from "./session-shelf.ts";
import { startAdmitted } from "./start-admitted.ts";

type Place = { tenantId: string; sessionId: string };

/**
 * Queues a job of `type` and starts it when its lane has room; an input that was worked on within four weeks gives a job
 * that is finished at once, with that result, unless `skipCache`.
 * @param input as the type's schema takes it
 * @throws z.ZodError, SessionNotFoundError, LaneFullError, PayloadTooLargeError
 */
export const startJob = async (
  ports: SessionPorts,
  session: Session,
  type: JobType,
  input: unknown,
  skipCache: boolean,
): Promise<SessionJob> => {
  const job = await newJob(ports, session, type, input);
  const reused = skipCache ? undefined : await findReusable(ports, job);
  if (reused !== undefined) return reuse(ports, job, reused);
  const { job: queued, admitted } = await ports.sessions.enqueue(job);
  await startAdmitted(ports, job.tenantId, job.type, admitted);
  return queued;
};

/**
 * Makes a result that a person corrected the latest of its type: a job that is finished as it is stored.
 * @throws z.ZodError when it is no result of the type
 */
export const correctResult = async (
  ports: SessionPorts,
  session: Session,
  type: JobType,
  input: unknown,
  result: unknown,
): Promise<SessionJob> => {
  const job = await newJob(ports, session, type, input);
  const bodies = sessionBodies(ports.bodies, job.tenantId, job.id);
  const payload = await writePayload(bodies, "result", type.result.parse(result));
  const finished = finishedAtOnce(job, payload, "Corrected by hand");
  await ports.sessions.addFinished(finished);
  return finished;
};

const newJob = async (ports: SessionPorts, session: Session, type: JobType, rawInput: unknown): Promise<SessionJob> => {
  const id = ports.newUuid();
  const { tenantId } = session;
  const input = type.input.parse(rawInput);
  const at = new Date(ports.clock.nowMs()).toISOString();
  const subject = type.subjectOf(input);
  return {
    id,
    tenantId,
    sessionId: session.id,
    type: type.name,
    ...(subject === undefined ? {} : { subject }),
    status: "queued",
    stage: type.firstStage,
    term: 0,
    input: await writePayload(sessionBodies(ports.bodies, tenantId, id), "input", input),
    ...(await identifyJob(ports.records, { tenantId, sessionId: session.id }, type, input)),
    errors: [],
    createdAt: at,
    updatedAt: at,
    expiresAt: session.expiresAt,
  };
};

const finishedAtOnce = (job: SessionJob, result: Payload, note: string): SessionJob => ({
  ...job,
  status: "finished",
  result,
  note,
  startedAt: job.createdAt,
  finishedAt: job.createdAt,
});

/** A finished job of the same identity, whose session is there still. */
const findReusable = async (ports: SessionPorts, job: SessionJob): Promise<SessionJob | undefined> => {
  const { tenantId, identity } = job;
  const nowMs = ports.clock.nowMs();
  const offered = (await ports.records.read("reuse", { tenantId, identity }))?.value;
  if (offered === undefined || Date.parse(offered.expiresAt) <= nowMs) return undefined;
  const { sessionId, jobId } = offered;
  if ((await ports.sessions.getSession(tenantId, sessionId, nowMs)) === undefined) return undefined;
  const found = await ports.sessions.getJob({ tenantId, sessionId, jobId });
  return found?.status === "finished" && found.result !== undefined ? found : undefined;
};

/** The documents that the earlier job wrote are part of its result. */
const reuse = async (ports: SessionPorts, job: SessionJob, from: SessionJob): Promise<SessionJob> => {
  const { tenantId, sessionId } = from;
  if (job.sessionId !== sessionId) await copyDocumentation(ports, { tenantId, sessionId }, from.id, job);
  const finished = finishedAtOnce(job, from.result ?? job.input, `Reused output from job ${from.id}`);
  await ports.sessions.addFinished(finished);
  return finished;
};

const copyDocumentation = async (
  ports: SessionPorts,
  from: Place,
  writtenBy: string,
  { sessionId, id, expiresAt }: SessionJob,
): Promise<void> => {
  const documents = await listDocumentation(ports.records, from);
  for (const document of documents.filter(({ jobId }) => jobId === writtenBy))
    await putDocumentation(ports.records, { ...document, sessionId, jobId: id, expiresAt });
};
