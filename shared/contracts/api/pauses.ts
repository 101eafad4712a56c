import * as z from "zod";
import { jobTypes } from "../job-types.ts";
import { dataOf, id, label, moment, pageOf, pageQuery } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

export const jobType = z.enum(jobTypes).meta({
  id: "JobType",
  description:
    "`dependency.checks`: looks by the schedule. `dependency.sync`, `provider.sync`: syncs. `delivery`: messages to channels.",
});

const reason = z.string().trim().min(1).max(500).meta({ description: "Why, for whoever finds it." });

export const pause = z
  .object({
    id: z.string(),
    tenantId: z.string().optional().meta({ description: "Absent: every tenant." }),
    jobType: jobType.optional().meta({ description: "Absent: every type." }),
    setBy: z.enum(["operator", "tenant"]),
    reason: z.string(),
    pausedAt: moment,
    pausedBy: z.string().meta({ description: "The API key that asked, or the operator." }),
    resumedAt: moment.optional(),
    resumedBy: z.string().optional(),
    resumeReason: z.string().optional(),
  })
  .meta({ id: "Pause" });

const by = label.default("operator").meta({ description: "Who does it: operators share one key." });

const createPauseBody = z.strictObject({ jobType: jobType.optional(), reason }).meta({ id: "CreatePause" });

const createOperatorPauseBody = z
  .strictObject({ tenantId: id.optional(), jobType: jobType.optional(), reason, by })
  .refine(({ tenantId, jobType: type }) => tenantId !== undefined || type !== undefined, {
    path: ["tenantId"],
    error: "is missing: name a tenant, a job type, or both",
  })
  .meta({ id: "CreateOperatorPause" });

const resumeBody = z.strictObject({ reason }).meta({ id: "Resume" });
const operatorResumeBody = z.strictObject({ reason, by }).meta({ id: "OperatorResume" });

const listQuery = pageQuery.extend({
  state: z
    .enum(["active", "ended"])
    .default("active")
    .meta({ description: "Those that last (all on one page), or those that ended." }),
});

const own = { tag: "Pauses" } as const;
const operators = { access: "admin", tag: "Operations" } as const;

const waits = "Nothing new of it starts; what is due waits, and what runs finishes.";
const answers = {
  200: { description: "It was paused already: the pause that lasts.", schema: dataOf(pause) },
  201: { description: "The pause.", schema: dataOf(pause) },
} as const;
const resumed = { 200: { description: "The pause, ended.", schema: dataOf(pause) } } as const;
const listed = { 200: { description: "A page of pauses.", schema: pageOf(pause) } } as const;

export const pauseRoutes = defineRoutes({
  listPauses: {
    ...own,
    method: "GET",
    path: "/api/pauses",
    access: "read",
    summary: "List what is paused for the caller's tenant, or was",
    description: "Pauses that operators set for this tenant or for a whole job type are in the list while they last.",
    query: listQuery,
    answers: listed,
  },
  createPause: {
    ...own,
    method: "POST",
    path: "/api/pauses",
    access: "write",
    summary: "Pause the caller's tenant, or one job type of it",
    description: waits,
    body: createPauseBody,
    answers,
  },
  endPause: {
    ...own,
    method: "POST",
    path: "/api/pauses/{pauseId}/resume",
    access: "write",
    summary: "Resume what the tenant paused; what waited starts with the schedule's next run",
    description: "An operator's pause is the operator's to end.",
    body: resumeBody,
    answers: resumed,
    errors: [404],
  },
  listAllPauses: {
    ...operators,
    method: "GET",
    path: "/api/operator/pauses",
    summary: "List what is paused in the whole deployment, or was",
    query: listQuery,
    answers: listed,
  },
  createOperatorPause: {
    ...operators,
    method: "POST",
    path: "/api/operator/pauses",
    summary: "Pause a tenant, a job type of all tenants, or a job type of a tenant",
    description: waits,
    body: createOperatorPauseBody,
    answers,
    errors: [404],
  },
  endAnyPause: {
    ...operators,
    method: "POST",
    path: "/api/operator/pauses/{pauseId}/resume",
    summary: "End any pause; what waited starts with the schedule's next run",
    body: operatorResumeBody,
    answers: resumed,
    errors: [404],
  },
});
