import * as z from "zod";
import { id, moment, pageOf, pageQuery } from "./envelope.ts";
import { defineRoutes } from "./route.ts";
import { syncJob } from "./sync-jobs.ts";

const retried = z
  .object({
    outcome: z.enum(["retried", "wouldRetry", "skipped"]),
    reason: z.string().optional().meta({ description: "Of a job that was skipped." }),
    job: syncJob,
  })
  .meta({ id: "RetriedJob" });

const retryJobsBody = z
  .strictObject({
    jobType: z.literal("dependency.sync").default("dependency.sync"),
    status: z
      .array(z.enum(["failed", "cancelled"]))
      .min(1)
      .max(2)
      .default(["failed"]),
    dependencyId: id.optional(),
    errorName: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: "Name of the job's last error.", example: "UpstreamUnavailableError" }),
    from: moment.optional().meta({ description: "Jobs that ended then or later." }),
    to: moment.optional().meta({ description: "Jobs that ended then or earlier." }),
    dryRun: z.boolean().default(false).meta({ description: "Tells which jobs it would retry, and changes nothing." }),
    limit: pageQuery.shape.limit.meta({ description: "Dependencies to look at, at most 100." }),
    cursor: pageQuery.shape.cursor,
  })
  .meta({ id: "RetryJobs" });

const description = [
  "Looks at the newest job of each dependency, page by page, and retries those that match. The same page again leaves",
  "alone what it retried before. A page without jobs may have a `nextCursor`.",
].join(" ");

const common = {
  method: "POST",
  description,
  answers: { 200: { description: "The jobs of this page that match.", schema: pageOf(retried) } },
  errors: [404],
} as const;

export const bulkRetryRoutes = defineRoutes({
  retrySyncJobs: {
    ...common,
    path: "/api/sync-jobs/retry",
    access: "write",
    tag: "Sync jobs",
    summary: "Retry the tenant's failed or cancelled jobs, filtered",
    body: retryJobsBody,
  },
  retryJobsOfTenant: {
    ...common,
    path: "/api/operator/sync-jobs/retry",
    access: "admin",
    tag: "Operations",
    summary: "Retry one tenant's failed or cancelled jobs, filtered",
    body: retryJobsBody.extend({ tenantId: id }).meta({ id: "RetryJobsOfTenant" }),
  },
});
