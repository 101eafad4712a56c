import * as z from "zod";
import { id, moment, pageOf, pageQuery } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

/** Names and defaults of `seeds/2`; a "table" is one monitored target. */
const runTime = z.string().meta({ description: "ISO 8601, UTC.", example: "2026-04-25T14:00:00.000000+00:00" });

export const orchestratorRun = z
  .object({
    id: z.int().meta({ description: "Given out by the server; only grows." }),
    started_at: runTime,
    completed_at: runTime,
    status: z.string().meta({ description: "`completed`, `failed`, `partial`, or a word of whoever recorded it." }),
    tables_assessed: z.int(),
    tables_skipped: z.int(),
    tables_healthy: z.int(),
    jobs_submitted: z.int(),
    jobs_completed: z.int().meta({ description: "Of those submitted; grows as they end." }),
    jobs_failed: z.int().meta({ description: "Of those submitted; grows as they end." }),
    dry_run: z.boolean(),
    error: z.string().nullable(),
  })
  .meta({ id: "OrchestratorRun" });

const givenTime = z.iso.datetime({ offset: true, error: "must be a time in ISO 8601 with its offset" }).meta({
  example: "2026-04-25T14:00:00.000000+00:00",
});
const count = z.int().nonnegative().default(0);

export const recordRunBody = z
  .strictObject({
    started_at: givenTime,
    completed_at: givenTime,
    status: z.string().trim().min(1).max(100),
    tables_assessed: count,
    tables_skipped: count,
    tables_healthy: count,
    jobs_submitted: count,
    jobs_completed: count,
    jobs_failed: count,
    dry_run: z.boolean().default(false),
    error: z.string().max(10_000).nullable().default(null),
  })
  .refine((run) => Date.parse(run.completed_at) >= Date.parse(run.started_at), {
    path: ["completed_at"],
    error: "must not be before started_at",
  })
  .meta({ id: "RecordOrchestratorRun" });

/** Capped, not refused: who asks for more gets the most there is. */
const maxListedRuns = 100;

export const assessedTarget = z
  .object({
    tenant_id: z.string(),
    dependency_id: z.string(),
    name: z.string(),
    action: z.enum(["submit", "healthy", "skip"]),
    reason: z.enum([
      "due",
      "probe",
      "checked_since",
      "opted_out",
      "follows_provider",
      "not_allowed",
      "syncing",
      "not_due",
      "paused",
      "rate_limited",
    ]),
    until: moment.optional().meta({ description: "When it is looked at next, where that is the reason." }),
  })
  .meta({ id: "AssessedTarget" });

const operators = { access: "admin", tag: "Orchestrator", invalidStatus: 422, outageStatus: 503 } as const;

export const orchestratorRoutes = defineRoutes({
  recordOrchestratorRun: {
    ...operators,
    method: "POST",
    path: "/orchestrator/runs",
    summary: "Record an orchestrator run",
    description: "Of an orchestrator that is not this deployment's own: its own records itself.",
    body: recordRunBody,
    answers: { 201: { description: "The run, with its id.", schema: orchestratorRun } },
  },
  listOrchestratorRuns: {
    ...operators,
    method: "GET",
    path: "/orchestrator/runs",
    summary: "List orchestrator runs, newest first",
    query: z.strictObject({
      limit: z.coerce
        .number()
        .int()
        .min(1)
        .default(20)
        .overwrite((limit) => Math.min(limit, maxListedRuns))
        .meta({ description: "Runs to answer with; more than 100 counts as 100." }),
    }),
    answers: { 200: { description: "The runs.", schema: z.array(orchestratorRun) } },
  },
  previewOrchestratorRun: {
    ...operators,
    method: "GET",
    path: "/orchestrator/preview",
    summary: "Say of each of a tenant's targets what a run would do about it now, and why",
    description: "Changes nothing. Targets that are not due, paused or opted out are in the list, with the reason.",
    query: pageQuery.extend({ tenant_id: id }),
    answers: { 200: { description: "A page of targets.", schema: pageOf(assessedTarget) } },
  },
});
