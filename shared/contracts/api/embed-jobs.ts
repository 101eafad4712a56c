import * as z from "zod";
import { dataOf, moment, pageOf, pageQuery } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

export const embedJobStatus = z.enum(["pending", "running", "done", "failed"]).meta({ id: "EmbedJobStatus" });

export const embedding = z
  .object({
    state: z.enum(["indexed", "indexing", "queued", "retrying", "failed", "empty", "not_indexed"]),
    label: z.string().meta({ description: "For people.", example: "retrying (2 tries)" }),
    tooltip: z.string().optional().meta({ description: "The last error." }),
  })
  .meta({ id: "Embedding", description: "How far the operations are embedded for search." });

export const embedJob = z
  .object({
    dependencyId: z.string(),
    job_status: embedJobStatus.optional().meta({ description: "Absent while there is no job." }),
    job_attempts: z.int().meta({ description: "Failed attempts; the fifth is the last." }),
    badge: embedding,
    lastError: z.object({ name: z.string(), message: z.string(), at: moment }).optional(),
    operationCount: z.int().optional(),
    embeddedCount: z.int().optional(),
    snapshotId: z.string().optional().meta({ description: "What is, or is to be, embedded." }),
    model: z.string().optional().meta({ description: "With what.", example: "embedded:all-MiniLM-L6-v2-int8" }),
    index: z
      .object({ snapshotId: z.string(), model: z.string(), operationCount: z.int(), builtAt: moment })
      .optional()
      .meta({ description: "What search answers from meanwhile." }),
    nextAttemptAt: moment.optional(),
    updatedAt: moment.optional(),
  })
  .meta({ id: "EmbedJob" });

const tag = "Search";

export const embedJobRoutes = defineRoutes({
  listEmbedJobs: {
    method: "GET",
    path: "/api/embed-jobs",
    access: "read",
    tag,
    summary: "List the embed jobs of all dependencies, newest dependency first",
    query: pageQuery,
    answers: { 200: { description: "A page of jobs.", schema: pageOf(embedJob) } },
  },
  getEmbedJob: {
    method: "GET",
    path: "/api/dependencies/{dependencyId}/embed-job",
    access: "read",
    tag,
    summary: "Read the embed job of a dependency",
    description: "One that follows a provider surface shows the surface's.",
    answers: { 200: { description: "The job.", schema: dataOf(embedJob) } },
    errors: [404],
  },
  retryEmbedJob: {
    method: "POST",
    path: "/api/dependencies/{dependencyId}/embed-job/retry",
    access: "write",
    tag,
    summary: "Try a failed embed job again, or begin one that there is not",
    description: "A retry embeds what the attempts before have not.",
    answers: { 202: { description: "The job as it is now.", schema: dataOf(embedJob) } },
    errors: [404, 409],
  },
});
