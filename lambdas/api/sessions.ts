import { validate as isUuid } from "uuid";
import type { sessionRoutes } from "../../shared/contracts/api/sessions.ts";
import { ConflictError, NotFoundError } from "../../shared/jobs/errors.ts";
import type { SessionPorts } from "../../shared/sessions/ports.ts";
import { sessionJobId } from "../../shared/sessions/session.ts";
import { createSession, deleteSession, ownSession, summarize } from "../../shared/sessions/session-life.ts";
import { startAdmitted } from "../../shared/sessions/start-admitted.ts";
import { interruptedLine } from "../../shared/sessions/transitions.ts";
import { InvalidRequestError } from "./errors.ts";
import type { HandlersOf } from "./route-handler.ts";
import { toWireJob, withResult } from "./session-status.ts";

const created = { message: "Session created successfully" };

/** Sessions and their jobs of any type. */
export const sessionHandlers = (ports: SessionPorts): HandlersOf<typeof sessionRoutes> => {
  const ownJob = async (tenantId: string, sessionId: string, jobId: string) => {
    const session = await ownSession(ports, tenantId, sessionId);
    return ports.sessions.getJob({ tenantId, sessionId: session.id, jobId });
  };

  return {
    async createSession({ caller }) {
      const { id } = await createSession(ports, caller.tenantId, ports.newUuid());
      return { status: 201, body: { sessionId: id, ...created } };
    },

    async createSessionWithId({ params, caller }) {
      if (!isUuid(params.sessionId)) throw new InvalidRequestError("must be a UUID", "sessionId");
      const { id } = await createSession(ports, caller.tenantId, params.sessionId.toLowerCase());
      return { status: 201, body: { sessionId: id, ...created } };
    },

    async getSession({ params, caller }) {
      const session = await ownSession(ports, caller.tenantId, params.sessionId);
      const { jobCount, documentationCount, outputs } = await summarize(ports, session);
      const { id, createdAt, expiresAt } = session;
      return {
        status: 200,
        body: {
          sessionId: id,
          createdAt,
          expiresAt,
          documentationCount,
          jobCount,
          outputs: outputs.map((job) => ({
            jobType: job.type,
            ...(job.subject === undefined ? {} : { subject: job.subject }),
            jobId: job.id,
            finishedAt: job.finishedAt ?? job.updatedAt,
          })),
        },
      };
    },

    async headSession({ params, caller }) {
      await ownSession(ports, caller.tenantId, params.sessionId);
      return { status: 204, body: undefined };
    },

    async deleteSession({ params, caller }) {
      const session = await ownSession(ports, caller.tenantId, params.sessionId);
      await deleteSession(ports, session);
      return { status: 200, body: { sessionId: session.id, message: "Session deleted successfully" } };
    },

    async listSessionJobs({ params, query, caller }) {
      const session = await ownSession(ports, caller.tenantId, params.sessionId);
      const { jobType, status, subject, ...page } = query;
      const { items, nextCursor } = await ports.records.listJobs(
        { tenantId: caller.tenantId, sessionId: session.id },
        page,
        (job) =>
          (jobType === undefined || job.type === jobType) &&
          (subject === undefined || job.subject === subject) &&
          (status === undefined || toWireJob(job, undefined).status === status),
      );
      const jobs = items.map((job) => toWireJob(job, ports.types.get(job.type)));
      return { status: 200, body: { sessionId: session.id, jobs, nextCursor } };
    },

    async getSessionJob({ params, caller }) {
      const { sessionId, sessionJobId: jobId } = params;
      const job = await ownJob(caller.tenantId, sessionId, jobId);
      if (job === undefined) throw new NotFoundError("job", jobId);
      return { status: 200, body: await withResult(ports, job) };
    },

    async cancelSessionJob({ params, caller }) {
      const { sessionId, sessionJobId: jobId } = params;
      const job = await ownJob(caller.tenantId, sessionId, jobId);
      if (job === undefined) throw new NotFoundError("job", jobId);
      const end = { status: "cancelled", errors: [interruptedLine("cancelled on request")] } as const;
      const ended = await ports.sessions.abandon(sessionJobId(job), job.type, end, ports.clock.nowMs());
      await startAdmitted(ports, caller.tenantId, job.type, ended.admitted);
      if (!ended.isEnded || ended.job === undefined)
        throw new ConflictError(`job ${jobId} is ${ended.job?.status ?? "gone"}: only a queued job can be cancelled`);
      return { status: 200, body: toWireJob(ended.job, ports.types.get(job.type)) };
    },

    async getServiceHealth() {
      return { status: 200, body: { status: "ok" } };
    },
  };
};
