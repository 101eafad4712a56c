import * as z from "zod";
import { defineRoutes } from "./route.ts";
import {
  jobStatusIteration,
  jobStatusMultiDoc,
  jobStatusStage,
  onSessions,
  sessionMessage,
  startedJob,
} from "./sessions.ts";

const url = z.url({ protocol: /^https?$/, error: "must be an http or https URL" }).max(2_000);
const text = z.string().trim().min(1).max(200);
const count = (max: number) => z.int().min(1).max(max);

/** What discovery starts from: everything of `CandidateLinksInput` but `skipCache`. */
export const discoveryInput = z.strictObject({
  applicationName: text,
  applicationVersion: text.default("latest"),
  integrationType: z.enum(["SCIM", "REST", "DUMMY"]).optional(),
  llmGeneratedSearchQuery: z.boolean().default(false),
  enableLinkFiltering: z.boolean().default(true),
  enableLinkRanking: z.boolean().default(true),
  numQueries: count(100).default(8),
  maxResultsPerQuery: count(100).default(10),
  maxCandidateLinks: count(1_000).default(10),
  maxFilterLlmCalls: z.int().min(0).max(100).default(3),
  startUrls: z.array(url).max(100).optional(),
});

/** What a scrape starts from: everything of `ScrapeRequest` but `skipCache`. */
export const scrapeInput = z.strictObject({
  starterLinks: z.array(url).min(1).max(1_000),
  applicationName: text,
  applicationVersion: text.default("current"),
});

const skipCacheField = z.boolean().default(false).meta({ description: "Work anew, even on an input that was seen." });
export const candidateLinksInput = discoveryInput
  .extend({ skipCache: skipCacheField })
  .meta({ id: "CandidateLinksInput" });
export const scrapeRequest = scrapeInput.extend({ skipCache: skipCacheField }).meta({ id: "ScrapeRequest" });

const jobQuery = z.strictObject({
  jobId: z.string().min(1).max(128).optional().meta({ description: "The latest of this type when left out." }),
});
const skipCacheQuery = z.strictObject({ skipCache: z.stringbool().default(false) });
/** A result as its job type has it; the type's own schema is what it is checked against. */
const correctedResult = z.looseObject({});

const start = <Path extends string, Tag extends string>(path: Path, tag: Tag, summary: string) => ({
  ...onSessions,
  path,
  tag,
  summary,
  method: "POST" as const,
  access: "write" as const,
  answers: { 200: { description: "The job.", schema: startedJob } },
  errors: [404] as const,
});

const status = <Path extends string, Tag extends string, Schema extends z.ZodType>(
  path: Path,
  tag: Tag,
  schema: Schema,
) => ({
  ...onSessions,
  path,
  tag,
  summary: "How far the job is, and its result",
  method: "GET" as const,
  access: "read" as const,
  query: jobQuery,
  answers: { 200: { description: "Its status; `not_found` for an unknown job.", schema } },
  errors: [404] as const,
});

const correct = <Path extends string, Tag extends string>(path: Path, tag: Tag) => ({
  ...onSessions,
  path,
  tag,
  summary: "Put a result that you corrected in the place of the found one",
  method: "PUT" as const,
  access: "write" as const,
  body: correctedResult,
  answers: { 200: { description: "It is the latest result.", schema: sessionMessage } },
  errors: [404, 422] as const,
});

const classes = "/digester/{sessionId}/classes";
const attributes = "/digester/{sessionId}/classes/{objectClass}/attributes";
const endpoints = "/digester/{sessionId}/classes/{objectClass}/endpoints";
const relations = "/digester/{sessionId}/relations";
const metadata = "/digester/{sessionId}/metadata";
const auth = "/digester/{sessionId}/auth";
const digest = <Path extends string>(path: Path, what: string) => ({
  ...start(path, "Digester", `Extract ${what} from the session's documentation`),
  query: skipCacheQuery,
});

export const sessionJobRoutes = defineRoutes({
  startDiscovery: {
    ...start("/discovery/{sessionId}/discovery", "Discovery", "Look for documentation of an application"),
    body: candidateLinksInput,
  },
  getDiscovery: status("/discovery/{sessionId}/discovery", "Discovery", jobStatusStage),
  startScrape: {
    ...start("/scrape/{sessionId}/scrape", "Scraper", "Read documentation pages"),
    body: scrapeRequest,
  },
  getScrape: status("/scrape/{sessionId}/scrape", "Scraper", jobStatusIteration),
  startClasses: digest(classes, "object classes"),
  getClasses: status(classes, "Digester", jobStatusMultiDoc),
  correctClasses: correct(classes, "Digester"),
  getClass: {
    ...onSessions,
    path: "/digester/{sessionId}/classes/{objectClass}",
    freeParams: ["objectClass"],
    tag: "Digester",
    summary: "One object class of the latest result",
    method: "GET",
    access: "read",
    answers: { 200: { description: "The class.", schema: z.looseObject({ name: z.string() }) } },
    errors: [404],
  },
  correctClass: {
    ...correct("/digester/{sessionId}/classes/{objectClass}", "Digester"),
    freeParams: ["objectClass"],
    summary: "Correct one object class of the latest result",
  },
  startAttributes: { ...digest(attributes, "the attributes of an object class"), freeParams: ["objectClass"] },
  getAttributes: { ...status(attributes, "Digester", jobStatusMultiDoc), freeParams: ["objectClass"] },
  correctAttributes: { ...correct(attributes, "Digester"), freeParams: ["objectClass"] },
  startEndpoints: { ...digest(endpoints, "the endpoints of an object class"), freeParams: ["objectClass"] },
  getEndpoints: { ...status(endpoints, "Digester", jobStatusMultiDoc), freeParams: ["objectClass"] },
  correctEndpoints: { ...correct(endpoints, "Digester"), freeParams: ["objectClass"] },
  startRelations: digest(relations, "relations between object classes"),
  getRelations: status(relations, "Digester", jobStatusMultiDoc),
  correctRelations: correct(relations, "Digester"),
  startMetadata: digest(metadata, "what the API is"),
  getMetadata: status(metadata, "Digester", jobStatusMultiDoc),
  correctMetadata: correct(metadata, "Digester"),
  startAuth: digest(auth, "how callers are authenticated"),
  getAuth: status(auth, "Digester", jobStatusMultiDoc),
  startConnector: {
    ...start("/codegen/{sessionId}/connector", "Codegen", "Generate a connector from what was digested"),
    query: skipCacheQuery,
  },
  getConnector: status("/codegen/{sessionId}/connector", "Codegen", jobStatusStage),
});
