import * as z from "zod";
import { severity } from "./changes.ts";
import { dataOf, id, label } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

/** Of one document, given or fetched, in bytes of its text. */
export const maxDiffDocumentBytes = 25 * 1024 * 1024;
/** Two documents of the greatest size with their escapes. Above Lambda's 6 MB only a compressed body arrives. */
const maxDiffBodyBytes = 56 * 1024 * 1024;

/** The formats of an answer; `forewarn diff` has the same. */
export const diffFormat = z
  .enum(["text", "json", "markdown", "html", "github", "sarif", "junit"])
  .meta({ id: "DiffFormat" });

const failOn = z.enum(["breaking", "risky", "safe", "none"]).meta({ id: "FailOn" });

const filters = (what: string) =>
  z
    .array(
      z
        .string()
        .max(500)
        .regex(/^(path|method|tag):\S/, "must be path:PATTERN, method:NAME or tag:NAME"),
    )
    .max(200)
    .meta({ description: what, example: ["path:/v1/*", "tag:Pets"] });

const ignoreEntry = z
  .strictObject({
    rule: label,
    operation: z
      .string()
      .max(600)
      .regex(/^\S+ \S/, "must be a method and a path, such as GET /v1/*")
      .optional(),
    pointer: z.string().max(2_000).regex(/^[/*]/, "must start with / or *").optional(),
    reason: label,
    owner: label,
    until: z.iso.date("must be a day such as 2026-12-31"),
  })
  .meta({ id: "DiffIgnoreEntry", description: "A change that somebody answers for until a day; `*` is any text." });

const documentSide = z
  .strictObject({
    document: z
      .union(
        [z.string(), z.record(z.string(), z.unknown())],
        "must be the document's text, or the document as an object",
      )
      .optional()
      .meta({ description: "The document itself. Only as text, JSON or YAML, do findings have lines." }),
    name: label.optional().meta({ description: "What the report calls `document`, such as its file's name." }),
    url: z
      .string()
      .max(2_000)
      .optional()
      .meta({ format: "uri", description: "Where the document is; must be on the public internet." }),
    dependencyId: id
      .optional()
      .meta({ description: "A dependency's stored snapshot: the current one, or `snapshotId`." }),
    snapshotId: id.optional(),
  })
  .refine(({ document, url, dependencyId }) => [document, url, dependencyId].filter(isGiven).length === 1, {
    error: "give exactly one of document, url and dependencyId",
  })
  .refine(({ snapshotId, dependencyId }) => !isGiven(snapshotId) || isGiven(dependencyId), {
    path: ["snapshotId"],
    error: "needs the dependencyId that it is a snapshot of",
  })
  .refine(({ name, document }) => !isGiven(name) || isGiven(document), {
    path: ["name"],
    error: "goes with document only",
  })
  .meta({ id: "DiffSide", description: "Exactly one of `document`, `url` and `dependencyId`." });

function isGiven(value: unknown): boolean {
  return value !== undefined;
}

export const diffBody = z
  .strictObject({
    before: documentSide,
    after: documentSide,
    format: diffFormat.optional().meta({ description: "Goes before the `Accept` header. JSON when neither says." }),
    failOn: failOn.default("breaking").meta({ description: "`passed` is false when a change is at least this bad." }),
    severities: z
      .record(z.string(), severity)
      .default({})
      .meta({ description: "Levels by rule id, instead of the rules' own.", example: { "endpoint-added": "risky" } }),
    ignores: z.array(ignoreEntry).max(1_000).default([]),
    include: filters("Only operations that match one of each kind.").default([]),
    exclude: filters("No operations that match one of these.").default([]),
  })
  .meta({ id: "Diff" });

const operationRef = z.object({ method: z.string(), path: z.string() });

const sourcePlace = z
  .object({
    pointer: z.string(),
    line: z.int().optional(),
    column: z.int().optional(),
  })
  .meta({ id: "SourcePlace", description: "Lines where the document was given as text, or fetched." });

type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

// As zod's own `json()`, with a name in the API's document.
const jsonValue: z.ZodType<JsonValue> = z
  .lazy(() =>
    z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(jsonValue), z.record(z.string(), jsonValue)]),
  )
  .meta({ id: "JsonValue" });

const finding = z
  .object({
    ruleId: z.string(),
    kind: z.string(),
    level: severity,
    judgedLevel: severity.optional().meta({ description: "The rule's own, where another one was set." }),
    ignoredOperations: z
      .int()
      .optional()
      .meta({ description: "Operations that are left out as somebody ignores them." }),
    direction: z.enum(["request", "response", "none"]),
    operation: operationRef.nullable(),
    affectedOperations: z.array(operationRef),
    pointer: z.string(),
    before: sourcePlace.nullable(),
    after: sourcePlace.nullable(),
    message: z.string(),
    args: z.record(z.string(), jsonValue),
    causeKey: z.string(),
  })
  .meta({ id: "DiffFinding" });

const cause = z
  .object({
    key: z.string(),
    scope: z.enum(["schema", "parameter", "global", "endpoint"]),
    level: severity,
    summary: z.string(),
    pointer: z.string(),
    affectedOperations: z.array(operationRef),
    findings: z.array(z.int()).meta({ description: "Indexes into `findings`." }),
  })
  .meta({ id: "DiffCause", description: "One edit of the document, with everything that follows from it." });

const documentSummary = z
  .object({
    title: z.string(),
    version: z.string(),
    dialect: z.enum(["swagger-2.0", "openapi-3.0", "openapi-3.1", "openapi-3.2"]),
    rootHash: z
      .string()
      .optional()
      .meta({ description: "Of a stored snapshot: equal for documents that mean the same API." }),
    operations: z.int(),
    source: z.string().optional(),
  })
  .meta({ id: "DocumentSummary" });

const adjustments = z
  .object({
    severities: z.array(z.object({ rule: z.string(), level: severity, findings: z.int() })),
    ignored: z.array(z.object({ ...ignoreEntry.shape, findings: z.int() })),
    suppressed: z
      .array(z.object({ entry: z.int(), finding }))
      .meta({ description: "What was ignored; `entry` is an index into `ignored`." }),
    expired: z.array(z.object(ignoreEntry.shape)).meta({ description: "Their day has passed: they ignore nothing." }),
    filters: z.object({ include: z.array(z.string()), exclude: z.array(z.string()), findings: z.int() }),
  })
  .meta({ id: "DiffAdjustments", description: "What was done after judgement; `findings` counts those it concerned." });

export const changeSet = z
  .object({
    schemaVersion: z.literal(1),
    before: documentSummary,
    after: documentSummary,
    findings: z.array(finding),
    causes: z.array(cause),
    counts: z.object({
      breaking: z.int(),
      risky: z.int(),
      safe: z.int(),
      total: z.int(),
      causes: z.int(),
    }),
    adjustments: adjustments.optional(),
  })
  .meta({ id: "ChangeSet", description: "What `forewarn diff --format json` prints." });

export const diffResult = z
  .object({
    passed: z.boolean().meta({ description: "Whether no change is as bad as `failOn`." }),
    failOn,
    changes: changeSet,
  })
  .meta({ id: "DiffResult" });

export const diffRoutes = defineRoutes({
  diff: {
    method: "POST",
    path: "/api/diff",
    access: "read",
    tag: "Diff",
    summary: "Say what changed between two documents, and whom it breaks",
    description: [
      "Nothing is stored. The report comes in the format that `format`, else `Accept`, asks for; every format has the",
      "header `Forewarn-Passed`. Each document may have 25 MiB. A request above 5 MB has to be compressed",
      "(`Content-Encoding: gzip`), or names a `url` or a stored snapshot; an answer of that size is compressed too, so",
      "send `Accept-Encoding: gzip`. After 30 seconds the request is given up: then compare on your own machine, with",
      "`forewarn diff`.",
    ].join(" "),
    body: diffBody,
    maxBodyBytes: maxDiffBodyBytes,
    changesNothing: true,
    answers: {
      200: {
        description: "The report.",
        schema: dataOf(diffResult),
        mediaTypes: ["text/plain", "text/markdown", "text/html", "application/sarif+json", "application/xml"],
      },
    },
    errors: [404, 406, 413, 422],
  },
});
