import * as z from "zod";
import { allSyncStages, syncJobTypes } from "../sync-stages.ts";
import { dataOf, moment, pageOf, pageQuery } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

export const syncStage = z.enum(allSyncStages).meta({ id: "SyncStage" });

export const syncJobStatus = z
  .enum(["queued", "running", "finished", "failed", "cancelled"])
  .meta({ id: "SyncJobStatus" });

export const syncJob = z
  .object({
    id: z.string(),
    type: z.enum(syncJobTypes).meta({ description: "`provider.sync`: of a provider surface." }),
    dependencyId: z.string(),
    trigger: z.enum(["created", "manual", "schedule"]),
    status: syncJobStatus,
    stage: syncStage.meta({ description: "The stage that runs or runs next; the last one worked on when it is over." }),
    completedStages: z.array(z.object({ stage: syncStage, completedAt: moment })),
    attempt: z.int().meta({ description: "Executions so far, from 1; a retry adds one." }),
    progress: z
      .object({ message: z.string(), completed: z.number().optional(), total: z.number().optional() })
      .optional()
      .meta({ description: "What the running stage says of its work." }),
    baseSnapshotId: z.string().nullable().meta({ description: "Compared with; `null` makes this sync the baseline." }),
    outcome: z.enum(["baseline", "changed", "unchanged"]).optional(),
    errors: z
      .array(
        z.object({
          at: moment,
          stage: syncStage,
          attempt: z.int(),
          name: z.string(),
          message: z.string(),
          kind: z.enum(["retryable", "rateLimited", "permanent"]),
        }),
      )
      .meta({ description: "The last 20, newest last." }),
    rateLimitedUntil: moment.optional().meta({ description: "Set while the document's host makes the job wait." }),
    cancelRequestedAt: moment.optional(),
    createdAt: moment,
    startedAt: moment.optional(),
    updatedAt: moment,
    finishedAt: moment.optional(),
  })
  .meta({ id: "SyncJob" });

export const unchangedChecks = z
  .object({
    type: z.literal("dependency.checks"),
    dependencyId: z.string(),
    trigger: z.literal("schedule"),
    outcome: z.literal("unchanged"),
    count: z.int(),
    firstAt: moment,
    lastAt: moment,
  })
  .meta({ id: "UnchangedChecks", description: "Scheduled checks in a row that found nothing new, as one row." });

export const syncJobRoutes = defineRoutes({
  startSync: {
    method: "POST",
    path: "/api/dependencies/{dependencyId}/sync",
    access: "write",
    tag: "Sync jobs",
    summary: "Sync a dependency now",
    description: "While a sync is unfinished, asking again answers with that one.",
    answers: { 202: { description: "The job.", schema: dataOf(syncJob) } },
    errors: [404, 409],
  },
  listSyncJobs: {
    method: "GET",
    path: "/api/dependencies/{dependencyId}/sync-jobs",
    access: "read",
    tag: "Sync jobs",
    summary: "List a dependency's sync jobs, newest first",
    description: "Between the jobs, the scheduled checks that found nothing new are folded into one row.",
    query: pageQuery,
    answers: {
      200: {
        description: "A page of jobs and of checks.",
        schema: pageOf(z.discriminatedUnion("type", [syncJob, unchangedChecks])),
      },
    },
    errors: [404],
  },
  getSyncJob: {
    method: "GET",
    path: "/api/sync-jobs/{jobId}",
    access: "read",
    tag: "Sync jobs",
    summary: "Read a sync job",
    answers: { 200: { description: "The job as it stands.", schema: dataOf(syncJob) } },
    errors: [404],
  },
  retrySyncJob: {
    method: "POST",
    path: "/api/sync-jobs/{jobId}/retry",
    access: "write",
    tag: "Sync jobs",
    summary: "Retry a failed or cancelled job from its first unfinished stage",
    answers: { 202: { description: "The job, queued again.", schema: dataOf(syncJob) } },
    errors: [404, 409],
  },
  cancelSyncJob: {
    method: "POST",
    path: "/api/sync-jobs/{jobId}/cancel",
    access: "write",
    tag: "Sync jobs",
    summary: "Cancel a queued or running job",
    description:
      "At once when no worker has it; a running stage notices within seconds, and until then the job shows `cancelRequestedAt`.",
    answers: { 202: { description: "The job.", schema: dataOf(syncJob) } },
    errors: [404, 409],
  },
});
