import * as z from "zod";
import { dataOf, moment, pageOf, pageQuery } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

export const snapshot = z
  .object({
    id: z.string(),
    dependencyId: z.string(),
    jobId: z.string(),
    createdAt: moment,
    isBaseline: z.boolean(),
    previousSnapshotId: z.string().nullable(),
    title: z.string(),
    version: z.string(),
    dialect: z.string().meta({ example: "openapi-3.1" }),
    format: z.enum(["json", "yaml"]),
    sourceUrl: z.string(),
    bodySha256: z.string(),
    bodyBytes: z.int(),
    rootHash: z.string().meta({ description: "Equal for documents that mean the same API." }),
    operationCount: z.int(),
    warningCount: z.int(),
  })
  .meta({ id: "Snapshot" });

export const operation = z
  .object({
    method: z.string(),
    path: z.string(),
    operationId: z.string().optional(),
    summary: z.string().optional(),
    tags: z.array(z.string()),
    deprecated: z.boolean(),
    domain: z.string().meta({ description: "First tag, else the first path segment." }),
    hash: z.string().meta({ description: "Equal hash, equal contract." }),
  })
  .meta({ id: "Operation" });

export const operationsQuery = pageQuery.extend({
  method: z.string().min(1).max(30).optional().meta({ description: "Exactly this method, in any case." }),
  tag: z.string().min(1).max(200).optional(),
  q: z.string().trim().min(1).max(200).optional().meta({ description: "Text in path, operationId or summary." }),
});

export const rawDownload = z
  .object({
    url: z.string(),
    expiresInSeconds: z.int(),
    contentEncoding: z
      .enum(["zstd", "identity"])
      .meta({ description: "How the body at `url` is compressed; also its `Content-Encoding`." }),
    storedBytes: z.int(),
  })
  .meta({ id: "RawDownload" });

export const snapshotRoutes = defineRoutes({
  listSnapshots: {
    method: "GET",
    path: "/api/dependencies/{dependencyId}/snapshots",
    access: "read",
    tag: "Snapshots",
    summary: "List a dependency's snapshots, newest first",
    query: pageQuery,
    answers: { 200: { description: "A page of snapshots.", schema: pageOf(snapshot) } },
    errors: [404],
  },
  getSnapshot: {
    method: "GET",
    path: "/api/dependencies/{dependencyId}/snapshots/{snapshotId}",
    access: "read",
    tag: "Snapshots",
    summary: "Read a snapshot",
    answers: { 200: { description: "The snapshot, which never changes.", schema: dataOf(snapshot) } },
    errors: [404],
  },
  listOperations: {
    method: "GET",
    path: "/api/dependencies/{dependencyId}/snapshots/{snapshotId}/operations",
    access: "read",
    tag: "Snapshots",
    summary: "List a snapshot's operations by path and method",
    query: operationsQuery,
    answers: { 200: { description: "A page of operations.", schema: pageOf(operation) } },
    errors: [404],
  },
  getRawSnapshot: {
    method: "GET",
    path: "/api/dependencies/{dependencyId}/snapshots/{snapshotId}/raw",
    access: "read",
    tag: "Snapshots",
    summary: "Read the document as it was fetched",
    description:
      "Up to 4 MiB the answer is the document. A larger one is answered by 307 to a URL that is good for five minutes; the JSON beside it says how the body there is compressed.",
    answers: {
      200: { description: "The document.", mediaTypes: ["application/json", "application/yaml"] },
      307: { description: "Where a large document is.", schema: dataOf(rawDownload), location: true },
    },
    errors: [404],
  },
});
