import * as z from "zod";
import { moment } from "./envelope.ts";
import { defineRoutes } from "./route.ts";
import { onSessions, sessionJobStatus, sessionMessage } from "./sessions.ts";

const chunk = z
  .object({
    chunkId: z.string(),
    source: z.enum(["scraper", "upload"]),
    url: z.string().optional(),
    summary: z.string().optional(),
    content: z.string(),
    metadata: z.record(z.string(), z.unknown()),
    createdAt: moment,
    scrapeJobIds: z.array(z.string()).optional(),
  })
  .meta({ id: "DocumentationChunk" });

export const documentation = z
  .object({ docId: z.string().optional(), chunks: z.array(chunk) })
  .meta({ id: "Documentation" });

export const uploadedDocumentation = z
  .object({ jobId: z.uuid(), documentationId: z.string(), message: z.string() })
  .meta({ id: "UploadedDocumentation" });

const skipCache = z.strictObject({
  skipCache: z.stringbool().default(false).meta({ description: "Process it even if the same was processed before." }),
});

const documentationStatus = z
  .object({
    sessionId: z.uuid(),
    status: z.enum(["empty", "processing", "ready", "failed"]).meta({
      description: "`ready`: there is documentation and nothing is in work; `failed`: what was sent last failed.",
    }),
    documentCount: z.int(),
    chunkCount: z.int(),
    jobs: z.array(z.object({ jobId: z.string(), documentationId: z.string().optional(), status: sessionJobStatus })),
  })
  .meta({ id: "DocumentationStatus" });

const common = { ...onSessions, tag: "Documentation" } as const;

/** Base64 makes six of Lambda's 6 MB of four and a half of a file. */
export const maxUploadBytes = 4.4 * 1024 * 1024;

const upload = { upload: { field: "documentation" }, maxBodyBytes: maxUploadBytes, query: skipCache } as const;
const uploaded = {
  answers: { 200: { description: "The job that processes it.", schema: uploadedDocumentation } },
  errors: [404, 422],
} as const;

/** A worker has the file, what it unpacks to and its text in its 1 GiB at once. */
const maxLargeUploadBytes = 64 * 1024 * 1024;

const fileAbout = {
  fileName: z.string().min(1).max(1_000),
  contentType: z
    .string()
    .regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(;[\x20-\x7e]*)?$/, "must be a media type")
    .max(200)
    .default("application/octet-stream"),
};

const largeUpload = z
  .strictObject({
    bytes: z.int().min(1).max(maxLargeUploadBytes).meta({ description: "Its length." }),
    sha256: z.hex().length(64).toLowerCase().meta({ description: "SHA-256 of the file in hexadecimal." }),
    contentType: fileAbout.contentType,
  })
  .meta({ id: "LargeUpload" });

const uploadTarget = z
  .object({
    uploadUrl: z.url(),
    headers: z.record(z.string(), z.string()).meta({ description: "To be sent with the PUT, exactly." }),
    expiresAt: moment,
  })
  .meta({ id: "UploadTarget" });

const all = { ...common, path: "/session/{sessionId}/documentation" } as const;
const one = { ...common, path: "/session/{sessionId}/documentation/{documentationId}" } as const;

export const sessionDocumentationRoutes = defineRoutes({
  addDocumentation: {
    ...all,
    ...upload,
    ...uploaded,
    method: "POST",
    access: "write",
    summary: "Upload a document of the API",
    description: "The same file again is the same document.",
  },
  replaceDocumentation: {
    ...all,
    ...upload,
    ...uploaded,
    method: "PUT",
    access: "write",
    summary: "Upload a document in place of all documentation that the session has",
  },
  listDocumentation: {
    ...all,
    method: "GET",
    access: "read",
    summary: "The session's documentation",
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(100).default(100),
      cursor: z.string().min(1).max(2_000).optional(),
    }),
    description: "An answer holds 5 MB at most: the header `X-Next-Cursor` leads on.",
    answers: { 200: { description: "Document by document.", schema: z.array(documentation) } },
    errors: [404],
  },
  deleteAllDocumentation: {
    ...all,
    method: "DELETE",
    access: "write",
    summary: "Delete the session's documentation",
    answers: { 200: { description: "It is gone.", schema: sessionMessage } },
    errors: [404],
  },
  getDocumentationStatus: {
    ...common,
    path: "/session/{sessionId}/documentation/status",
    method: "GET",
    access: "read",
    summary: "How far the processing of documentation is",
    answers: { 200: { description: "Its state.", schema: documentationStatus } },
    errors: [404],
  },
  getDocumentation: {
    ...one,
    method: "GET",
    access: "read",
    summary: "One document",
    answers: { 200: { description: "With its chunks.", schema: documentation } },
    errors: [404],
  },
  headDocumentation: {
    ...one,
    method: "HEAD",
    access: "read",
    summary: "Whether a document is ready",
    answers: { 204: { description: "Ready." }, 202: { description: "In work." } },
    errors: [404],
  },
  addDocumentationWithId: {
    ...one,
    ...upload,
    ...uploaded,
    method: "POST",
    access: "write",
    summary: "Upload a document under an id of your own",
  },
  replaceDocumentationWithId: {
    ...one,
    ...upload,
    ...uploaded,
    method: "PUT",
    access: "write",
    summary: "Upload a document in place of the one with this id",
  },
  beginLargeUpload: {
    ...common,
    path: "/session/{sessionId}/uploads",
    method: "POST",
    access: "write",
    summary: "Where to PUT a file that is too large for a form",
    description: "At most 64 MiB. The store takes exactly the bytes that are declared; then the upload is finished.",
    body: largeUpload,
    answers: { 201: { description: "A URL that takes the file, for 15 minutes.", schema: uploadTarget } },
    errors: [404, 422],
  },
  finishLargeUpload: {
    ...common,
    path: "/session/{sessionId}/uploads/{sha256}",
    freeParams: ["sha256"],
    method: "POST",
    access: "write",
    summary: "Process a file that was PUT",
    query: skipCache,
    body: z
      .strictObject({
        ...fileAbout,
        documentationId: z
          .string()
          .min(1)
          .max(200)
          .optional()
          .meta({ description: "An id of your own: the document that has it is replaced." }),
      })
      .meta({ id: "FinishedUpload" }),
    ...uploaded,
    errors: [404, 409, 422],
  },
  deleteDocumentation: {
    ...one,
    method: "DELETE",
    access: "write",
    summary: "Delete one document",
    answers: { 200: { description: "It is gone.", schema: sessionMessage } },
    errors: [404],
  },
});
