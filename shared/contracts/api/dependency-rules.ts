import * as z from "zod";
import { severity } from "./changes.ts";
import { dataOf, label, moment } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

const rule = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be a rule's id, such as api-path-removed-without-deprecation")
  .max(200)
  .meta({ description: "Id of a rule: `forewarn rules` lists them." });

const operation = z
  .string()
  .regex(/^\S+ \S/, "must be a method and a path, such as GET /v1/*")
  .max(600)
  .meta({ description: "Method and path, `*` for anything; absent: all, and what is about none." });

const pointer = z
  .string()
  .regex(/^[/*]/, "must start with / or *")
  .max(1_000)
  .meta({ description: "Place in either document, `*` for anything; absent: everywhere." });

const ignoreFields = {
  rule,
  operation: operation.optional(),
  pointer: pointer.optional(),
  reason: z.string().trim().min(1).max(500),
  owner: label.meta({ description: "Who answers for it." }),
  until: z.iso
    .date("must be a day, such as 2026-12-31")
    .meta({ description: "The last day on which it holds, in UTC." }),
};

export const ignoreRule = z
  .object({
    id: z.string(),
    ...ignoreFields,
    state: z.enum(["active", "expired"]),
    createdAt: moment,
  })
  .meta({ id: "IgnoreRule" });

export const createIgnoreRuleBody = z.strictObject(ignoreFields).meta({ id: "CreateIgnoreRule" });

const override = z.strictObject({ rule, level: severity }).meta({ id: "SeverityOverride" });

const hasEachOnce = (overrides: readonly { rule: string }[]): boolean =>
  new Set(overrides.map((one) => one.rule)).size === overrides.length;

export const putSeverityOverridesBody = z
  .strictObject({ overrides: z.array(override).max(500).refine(hasEachOnce, "names a rule twice") })
  .meta({ id: "PutSeverityOverrides" });

const overridesAnswer = { schema: dataOf(z.array(override)) };

export const dependencyRulesRoutes = defineRoutes({
  listIgnoreRules: {
    method: "GET",
    path: "/api/dependencies/{dependencyId}/ignore-rules",
    access: "read",
    tag: "Rules",
    summary: "List what is ignored, expired rules included, newest first",
    answers: { 200: { description: "All of them: 100 at most.", schema: dataOf(z.array(ignoreRule)) } },
    errors: [404],
  },
  createIgnoreRule: {
    method: "POST",
    path: "/api/dependencies/{dependencyId}/ignore-rules",
    access: "write",
    tag: "Rules",
    summary: "Ignore changes of a rule until a day",
    description:
      "They raise no change event and no alert. It holds for what is found from now on. A change of several operations is ignored for those that the rule names.",
    body: createIgnoreRuleBody,
    answers: { 201: { description: "The ignore rule.", schema: dataOf(ignoreRule) } },
    errors: [404, 409],
  },
  deleteIgnoreRule: {
    method: "DELETE",
    path: "/api/dependencies/{dependencyId}/ignore-rules/{ignoreRuleId}",
    access: "write",
    tag: "Rules",
    summary: "Ignore no longer",
    answers: { 204: { description: "It is gone." } },
    errors: [404],
  },
  getSeverityOverrides: {
    method: "GET",
    path: "/api/dependencies/{dependencyId}/severity-overrides",
    access: "read",
    tag: "Rules",
    summary: "Read the levels that are set instead of the rules' own",
    answers: { 200: { description: "All of them.", ...overridesAnswer } },
    errors: [404],
  },
  putSeverityOverrides: {
    method: "PUT",
    path: "/api/dependencies/{dependencyId}/severity-overrides",
    access: "write",
    tag: "Rules",
    summary: "Set levels instead of the rules' own",
    description: "In place of all that were set. They hold for what is found from now on, and a change event says so.",
    body: putSeverityOverridesBody,
    answers: { 200: { description: "All of them.", ...overridesAnswer } },
    errors: [404],
  },
});
