import * as z from "zod";
import { cadence } from "./cadence.ts";
import { embedding } from "./embed-jobs.ts";
import { dataOf, label, moment, pageOf, pageQuery } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

/** Of an uploaded document's text in UTF-8. */
export const maxUploadBytes = 4 * 1024 * 1024;
/** Room for the JSON escapes of an upload of the greatest size. */
const maxDependencyBodyBytes = 5 * 1024 * 1024;

export const url = z.url({ protocol: /^https?$/, error: "must be an http or https URL" }).max(2_000);

export const specUrl = z
  .string()
  .min(1)
  .max(2_000)
  .meta({ format: "uri", description: "Where the OpenAPI document is; must be on the public internet." });

const upload = z
  .string()
  .min(1)
  .refine(
    (text) => new TextEncoder().encode(text).byteLength <= maxUploadBytes,
    "must be at most 4 MiB; give a specUrl for larger ones",
  )
  .meta({ description: "The OpenAPI document's text instead of a URL, at most 4 MiB." });

export const monitoringMode = z.enum(["full", "partial"]).meta({
  description: "`partial`: only what the filters name raises changes. Snapshots always hold every operation.",
});

export const filteredDomains = z.array(label).max(200).meta({ description: "Tags, or first path segments." });

export const filteredEndpoints = z
  .array(z.string().regex(/^(\*|[A-Z]{3,20}) \/\S{0,500}$/, "must be a method and a path, such as GET /v1/*"))
  .max(500)
  .meta({ description: "Method and path, `*` for anything.", example: ["GET /v1/*"] });

export const tags = z.array(z.string().trim().min(1).max(60)).max(50);

export const dependencyAuth = z
  .strictObject({
    secretName: z
      .string()
      .max(300)
      .regex(/^[\w+=.@-][\w/+=.@-]*$/, "must be a secret's name without the prefix, such as billing-api-token"),
    header: z
      .string()
      .max(100)
      .regex(/^[!#$%&'*+.^_`|~\w-]+$/, "must be a header's name"),
  })
  .meta({
    id: "DependencyAuth",
    description:
      "The secret in AWS Secrets Manager, below the tenant's own prefix, whose value is sent as a header when the document is fetched: a reference, never the secret.",
  });

const exactlyOneSource = (body: { specUrl?: string; upload?: string }): boolean =>
  (body.specUrl === undefined) !== (body.upload === undefined);

export const createDependencyBody = z
  .strictObject({
    name: label,
    specUrl: specUrl.optional(),
    upload: upload.optional(),
    baseUrl: url.optional(),
    cadence: cadence.optional(),
    enabled: z.boolean().default(true),
    monitoringMode: monitoringMode.default("full"),
    filteredDomains: filteredDomains.default([]),
    filteredEndpoints: filteredEndpoints.default([]),
    auth: dependencyAuth.optional(),
    owner: label.optional(),
    tags: tags.default([]),
  })
  .refine(exactlyOneSource, { path: ["specUrl"], error: "give either specUrl or upload" })
  .meta({ id: "CreateDependency", description: "Without a `cadence` it gets the deployment's, 1h unless configured." });

export const updateDependencyBody = z
  .strictObject({
    name: label,
    specUrl,
    upload,
    baseUrl: url.nullable(),
    cadence,
    enabled: z.boolean(),
    monitoringMode,
    filteredDomains,
    filteredEndpoints,
    auth: dependencyAuth.nullable(),
    owner: label.nullable(),
    tags,
  })
  .partial()
  .refine((body) => body.specUrl === undefined || body.upload === undefined, {
    path: ["specUrl"],
    error: "give either specUrl or upload, not both",
  })
  .meta({ id: "UpdateDependency", description: "What is left out stays; `null` removes." });

export const dependency = z
  .object({
    id: z.string(),
    name: z.string(),
    source: z.enum(["url", "upload", "provider"]),
    specUrl: z.string().optional(),
    providerSurfaceId: z
      .string()
      .optional()
      .meta({ description: "The provider surface that it follows, whose checks, health and snapshots it shows." }),
    subscribedAt: moment.optional(),
    baseUrl: z.string().optional(),
    cadence: z.string(),
    enabled: z.boolean(),
    monitoringMode: z.enum(["full", "partial"]),
    filteredDomains: z.array(z.string()),
    filteredEndpoints: z.array(z.string()),
    auth: z.object({ secretName: z.string(), header: z.string() }).optional(),
    owner: z.string().optional(),
    tags: z.array(z.string()),
    health: z
      .object({
        status: z.enum(["healthy", "degraded", "unhealthy", "paused"]),
        consecutiveFailures: z.int(),
        lastSuccessAt: moment.optional(),
        lastFailureAt: moment.optional(),
        lastError: z.object({ name: z.string(), message: z.string() }).optional(),
      })
      .meta({ id: "DependencyHealth" }),
    currentSnapshotId: z.string().optional().meta({ description: "What the next sync compares with." }),
    embedding: embedding.optional().meta({ description: "Where one dependency is read, or a list of them." }),
    activeJobId: z.string().optional().meta({ description: "The one unfinished sync job." }),
    lastCheckedAt: moment.optional(),
    rateLimitedUntil: moment.optional().meta({ description: "Its host answered 429: until when it is left alone." }),
    nextCheckAt: moment.optional().meta({ description: "Absent while disabled." }),
    createdAt: moment,
    updatedAt: moment,
  })
  .meta({ id: "Dependency" });

export const dependencyRoutes = defineRoutes({
  createDependency: {
    method: "POST",
    path: "/api/dependencies",
    access: "write",
    tag: "Dependencies",
    summary: "Add an API to watch and start its first sync",
    description: "The job of the first sync is `activeJobId`.",
    body: createDependencyBody,
    maxBodyBytes: maxDependencyBodyBytes,
    answers: { 201: { description: "The dependency.", schema: dataOf(dependency) } },
    errors: [413],
  },
  listDependencies: {
    method: "GET",
    path: "/api/dependencies",
    access: "read",
    tag: "Dependencies",
    summary: "List dependencies, newest first",
    query: pageQuery,
    answers: { 200: { description: "A page of dependencies.", schema: pageOf(dependency) } },
  },
  getDependency: {
    method: "GET",
    path: "/api/dependencies/{dependencyId}",
    access: "read",
    tag: "Dependencies",
    summary: "Read a dependency",
    answers: { 200: { description: "The dependency.", schema: dataOf(dependency) } },
    errors: [404],
  },
  updateDependency: {
    method: "PATCH",
    path: "/api/dependencies/{dependencyId}",
    access: "write",
    tag: "Dependencies",
    summary: "Change a dependency",
    description: "A new source or cadence takes effect at once; snapshots and changes stay.",
    body: updateDependencyBody,
    maxBodyBytes: maxDependencyBodyBytes,
    answers: { 200: { description: "The dependency as it is now.", schema: dataOf(dependency) } },
    errors: [404, 413],
  },
  deleteDependency: {
    method: "DELETE",
    path: "/api/dependencies/{dependencyId}",
    access: "write",
    tag: "Dependencies",
    summary: "Stop watching an API",
    description: "Its unfinished sync is cancelled. Its changes stay for audits under `/api/changes`.",
    answers: { 204: { description: "It is gone." } },
    errors: [404],
  },
});
