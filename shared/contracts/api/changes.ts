import * as z from "zod";
import { dataOf, id, moment, pageOf, pageQuery } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

export const severity = z.enum(["breaking", "risky", "safe"]).meta({ id: "Severity" });

const operationRef = z.object({ method: z.string(), path: z.string() }).meta({ id: "OperationRef" });

export const change = z
  .object({
    id: z.string(),
    dependencyId: z.string(),
    fromSnapshotId: z.string(),
    toSnapshotId: z.string(),
    ruleId: z.string(),
    kind: z.string().meta({ description: "The rule's action.", example: "remove" }),
    severity,
    operation: operationRef.nullable().meta({ description: "The operation when exactly one is affected." }),
    pointer: z.string(),
    summary: z.string(),
    detail: z.record(z.string(), z.unknown()),
    causeKey: z.string().meta({ description: "Equal for everything that one edit of the document caused." }),
    causeScope: z.enum(["schema", "parameter", "global", "endpoint"]),
    affectedOperations: z.array(operationRef).meta({ description: "At most 1,000 of them." }),
    affectedOperationCount: z.int(),
    detectedAt: moment,
    acknowledgedAt: moment.optional(),
    acknowledgedBy: z.string().optional().meta({ description: "Id of the API key." }),
    resolvedAt: moment.optional(),
    resolvedBy: z.string().optional().meta({ description: "Id of the API key." }),
  })
  .meta({ id: "Change" });

export const dependencyChangesQuery = pageQuery.extend({
  severity: severity.optional(),
  ruleId: z.string().min(1).max(200).optional(),
  causeKey: z.string().min(1).max(200).optional(),
  state: z
    .enum(["open", "acknowledged", "resolved"])
    .optional()
    .meta({ description: "`open`: neither acknowledged nor resolved." }),
  toSnapshotId: id.optional().meta({ description: "The changes that this snapshot brought." }),
});

export const changesQuery = dependencyChangesQuery.extend({ dependencyId: id.optional() });

export const changeRoutes = defineRoutes({
  listChanges: {
    method: "GET",
    path: "/api/changes",
    access: "read",
    tag: "Changes",
    summary: "List changes of all dependencies, newest first",
    query: changesQuery,
    answers: { 200: { description: "A page of changes.", schema: pageOf(change) } },
  },
  listDependencyChanges: {
    method: "GET",
    path: "/api/dependencies/{dependencyId}/changes",
    access: "read",
    tag: "Changes",
    summary: "List a dependency's changes, newest first",
    query: dependencyChangesQuery,
    answers: { 200: { description: "A page of changes.", schema: pageOf(change) } },
    errors: [404],
  },
  getChange: {
    method: "GET",
    path: "/api/changes/{changeId}",
    access: "read",
    tag: "Changes",
    summary: "Read a change",
    answers: { 200: { description: "The change.", schema: dataOf(change) } },
    errors: [404],
  },
  acknowledgeChange: {
    method: "POST",
    path: "/api/changes/{changeId}/acknowledge",
    access: "write",
    tag: "Changes",
    summary: "Note that somebody has seen a change",
    answers: { 200: { description: "The change.", schema: dataOf(change) } },
    errors: [404, 409],
  },
  resolveChange: {
    method: "POST",
    path: "/api/changes/{changeId}/resolve",
    access: "write",
    tag: "Changes",
    summary: "Note that a change is dealt with",
    answers: { 200: { description: "The change.", schema: dataOf(change) } },
    errors: [404, 409],
  },
});
