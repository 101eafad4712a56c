import type * as z from "zod";
import type { anyJobStatus } from "../../shared/contracts/api/sessions.ts";
import type { JobType } from "../../shared/sessions/job-types/job-type.ts";
import type { SessionPorts } from "../../shared/sessions/ports.ts";
import type { SessionJob } from "../../shared/sessions/session.ts";
import { readPayload, sessionBodies } from "../../shared/sessions/session-bodies.ts";

export type WireJob = z.output<typeof anyJobStatus>;

/** A job in the words of `seeds/1`; a cancelled one has failed. Without its result. */
export const toWireJob = (job: SessionJob, type: JobType | undefined): WireJob => ({
  jobId: job.id,
  jobType: job.type,
  ...(job.subject === undefined ? {} : { subject: job.subject }),
  status: job.status === "cancelled" ? "failed" : job.status,
  createdAt: job.createdAt,
  ...(job.startedAt === undefined ? {} : { startedAt: job.startedAt }),
  updatedAt: job.updatedAt,
  ...(job.finishedAt === undefined ? {} : { finishedAt: job.finishedAt }),
  ...(job.errors.length === 0 ? {} : { errors: job.errors }),
  progress: progressOf(job, type),
});

/** The same with its result. */
export const withResult = async (ports: SessionPorts, job: SessionJob): Promise<WireJob> => {
  const wire = toWireJob(job, ports.types.get(job.type));
  if (job.result === undefined) return wire;
  return { ...wire, result: await readPayload(sessionBodies(ports.bodies, job.tenantId, job.id), job.result) };
};

/** What a typed status route answers: the job without what only the list of all says. */
export const withoutType = ({ jobType: _, subject: __, ...status }: WireJob) => status;

const progressOf = (job: SessionJob, type: JobType | undefined): WireJob["progress"] => {
  switch (job.status) {
    case "queued":
      return { stage: "queue", message: "Waiting for its turn" };
    case "finished":
      return { stage: "finished", message: job.note ?? "completed", ...countsOf(type, allOf(job)) };
    default:
      return {
        stage: job.stage,
        ...(job.report?.message === undefined ? {} : { message: job.report.message }),
        ...countsOf(type, job.report),
      };
  }
};

/** A finished job has done all of it. */
const allOf = ({ report }: SessionJob): SessionJob["report"] =>
  report?.total === undefined ? report : { ...report, completed: report.total };

const countsOf = (type: JobType | undefined, report: SessionJob["report"]) => {
  if (report?.completed === undefined && report?.total === undefined) return {};
  const { completed = 0, total } = report;
  switch (type?.counts) {
    case "documents":
      return { processedDocuments: completed, ...(total === undefined ? {} : { totalDocuments: total }) };
    case "iterations":
      return { completedIterations: completed, ...(total === undefined ? {} : { totalIterations: total }) };
    default:
      return {};
  }
};
