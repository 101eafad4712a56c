import * as z from "zod";
import { moment } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

/** Where clients of the original API look for it, beside the bare path (`9-session-wire.md`). */
export const sessionBasePath = "/api/v1";

/** What all session routes have in common. */
export const onSessions = { alsoUnder: sessionBasePath, invalidStatus: 422 } as const;

export const sessionJobStatus = z
  .enum(["queued", "running", "finished", "failed", "not_found"])
  .meta({ id: "JobStatus" });

const progressFields = { stage: z.string().optional(), message: z.string().optional() };

const statusFields = {
  jobId: z.string().meta({ description: "Empty when the session has no job of this type." }),
  status: sessionJobStatus,
  createdAt: moment.optional(),
  startedAt: moment.optional(),
  updatedAt: moment.optional(),
  finishedAt: moment.optional(),
  result: z.unknown().meta({ description: "Of the job type, once it is finished." }).optional(),
  errors: z.array(z.string()).optional().meta({ description: "Lines for a person, of a job that failed." }),
};

export const jobStatusStage = z
  .object({ ...statusFields, progress: z.object(progressFields).optional() })
  .meta({ id: "JobStatusStageResponse" });

export const jobStatusMultiDoc = z
  .object({
    ...statusFields,
    progress: z
      .object({ ...progressFields, processedDocuments: z.int().optional(), totalDocuments: z.int().optional() })
      .optional(),
  })
  .meta({ id: "JobStatusMultiDocResponse" });

export const jobStatusIteration = z
  .object({
    ...statusFields,
    progress: z
      .object({ ...progressFields, completedIterations: z.int().optional(), totalIterations: z.int().optional() })
      .optional(),
  })
  .meta({ id: "JobStatusIterationResponse" });

/** Of any type: it counts what its type counts. */
export const anyJobStatus = z
  .object({
    ...statusFields,
    jobType: z.string(),
    subject: z.string().optional().meta({ description: "What the job is about, such as an object class." }),
    progress: z
      .object({
        ...jobStatusMultiDoc.shape.progress.unwrap().shape,
        ...jobStatusIteration.shape.progress.unwrap().shape,
      })
      .optional(),
  })
  .meta({ id: "SessionJob" });

export const createdSession = z.object({ sessionId: z.uuid(), message: z.string() }).meta({ id: "CreatedSession" });

export const sessionSummary = z
  .object({
    sessionId: z.uuid(),
    createdAt: moment,
    expiresAt: moment.meta({ description: "Everything of the session is forgotten then." }),
    documentationCount: z.int(),
    jobCount: z.int(),
    outputs: z
      .array(z.object({ jobType: z.string(), subject: z.string().optional(), jobId: z.string(), finishedAt: moment }))
      .meta({ description: "The latest finished job of each type and subject." }),
  })
  .meta({ id: "SessionSummary" });

export const sessionMessage = z.object({ sessionId: z.uuid(), message: z.string() }).meta({ id: "SessionMessage" });

export const startedJob = z.object({ jobId: z.uuid() }).meta({ id: "StartedJob" });

const jobListQuery = z.strictObject({
  jobType: z.string().max(128).optional().meta({ description: "Only jobs of this type." }),
  status: sessionJobStatus.exclude(["not_found"]).optional(),
  subject: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(100),
  cursor: z.string().min(1).max(2_000).optional(),
});

export const sessionRoutes = defineRoutes({
  createSession: {
    ...onSessions,
    method: "POST",
    path: "/session",
    access: "write",
    tag: "Sessions",
    summary: "Create a session",
    answers: { 201: { description: "The session.", schema: createdSession } },
  },
  createSessionWithId: {
    ...onSessions,
    method: "POST",
    path: "/session/{sessionId}",
    access: "write",
    tag: "Sessions",
    summary: "Create a session under an id of your own, a UUID",
    answers: { 201: { description: "The session.", schema: createdSession } },
    errors: [409, 422],
  },
  getSession: {
    ...onSessions,
    method: "GET",
    path: "/session/{sessionId}",
    access: "read",
    tag: "Sessions",
    summary: "What a session holds",
    answers: { 200: { description: "Its summary.", schema: sessionSummary } },
    errors: [404],
  },
  headSession: {
    ...onSessions,
    method: "HEAD",
    path: "/session/{sessionId}",
    access: "read",
    tag: "Sessions",
    summary: "Whether there is such a session",
    answers: { 204: { description: "There is." } },
    errors: [404],
  },
  deleteSession: {
    ...onSessions,
    method: "DELETE",
    path: "/session/{sessionId}",
    access: "write",
    tag: "Sessions",
    summary: "Delete a session with its jobs and documentation",
    description: "Jobs that are not over yet end as failed.",
    answers: { 200: { description: "It is gone.", schema: sessionMessage } },
    errors: [404],
  },
  listSessionJobs: {
    ...onSessions,
    method: "GET",
    path: "/session/{sessionId}/jobs",
    access: "read",
    tag: "Sessions",
    summary: "The session's jobs, newest first, without their results",
    query: jobListQuery,
    answers: {
      200: {
        description: "One page of them.",
        schema: z.object({ sessionId: z.uuid(), jobs: z.array(anyJobStatus), nextCursor: z.string().optional() }),
      },
    },
    errors: [404],
  },
  getSessionJob: {
    ...onSessions,
    method: "GET",
    path: "/session/{sessionId}/jobs/{sessionJobId}",
    access: "read",
    tag: "Sessions",
    summary: "One job of the session with its result, whatever its type",
    answers: { 200: { description: "The job.", schema: anyJobStatus } },
    errors: [404],
  },
  cancelSessionJob: {
    ...onSessions,
    method: "POST",
    path: "/session/{sessionId}/jobs/{sessionJobId}/cancel",
    access: "write",
    tag: "Sessions",
    summary: "Cancel a job that is queued",
    description: "A running job answers 409: it has to end by itself. A cancelled job is `failed`.",
    answers: { 200: { description: "The job as it ended.", schema: anyJobStatus } },
    errors: [404, 409],
  },
  getServiceHealth: {
    alsoUnder: sessionBasePath,
    method: "GET",
    path: "/health",
    access: "public",
    tag: "Sessions",
    summary: "Whether the session API answers",
    answers: { 200: { description: "It does.", schema: z.object({ status: z.literal("ok") }) } },
  },
});
