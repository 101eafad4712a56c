import * as z from "zod";
import { defineJobType } from "../job-type.ts";
import { uploadedFile, uploadInput } from "./input.ts";

/** Reads an uploaded file, or every file of an uploaded archive, into one document of the session. */
export const processUpload = defineJobType({
  name: "documentation.processUpload",
  input: uploadInput,
  result: z.object({
    documentationId: z.string(),
    chunkCount: z.number(),
    fileCount: z.number(),
    /** The first 300. */
    files: z.array(uploadedFile),
    /** What of an archive could not be read, and why. */
    skippedCount: z.number(),
    skipped: z.array(z.object({ path: z.string(), reason: z.string() })),
  }),
  progress: z.object({}),
  counts: "documents",
  subjectOf: ({ documentationId }) => documentationId,
  identityOf: ({ documentationId, bodySha256, fileName }) => ({ documentationId, bodySha256, fileName }),
  start: () => ({}),
  // The readers of files are large: only the worker that runs this needs them.
  stages: { chunking: async (context) => (await import("./read-upload.ts")).readUpload(context) },
});
