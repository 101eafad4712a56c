import * as z from "zod";
import type { DocumentationChunk } from "../../documentation.ts";
import { documentChunks } from "../../reading/document-chunks.ts";
import { UnreadableFileError } from "../../reading/errors.ts";
import { readFile } from "../../reading/read-file.ts";
import { defineJobType, type JobContext } from "../job-type.ts";
import { isZip, readZip } from "./read-zip.ts";

/** Files and refusals that the result lists; a result has 256 KiB. */
const maxListed = 300;

const uploadInput = z.strictObject({
  documentationId: z.string().min(1),
  fileName: z.string().min(1),
  contentType: z.string(),
  bodyKey: z.string().min(1),
  bodySha256: z.string(),
});
type UploadInput = z.output<typeof uploadInput>;

const uploadedFile = z.object({
  path: z.string(),
  kind: z.enum(["openapi", "html", "markdown", "text", "pdf"]),
  title: z.string().optional(),
  chunks: z.number(),
});

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
  stages: { chunking: (context) => readUpload(context) },
});

type UploadedFile = z.output<typeof uploadedFile>;

const readUpload = async ({ input, ports, report, jobId }: JobContext<UploadInput, Record<string, never>>) => {
  const { documentationId, fileName } = input;
  const body = await ports.bodies.get(input.bodyKey);
  if (body === undefined) throw new UnreadableFileError(fileName, "is no longer there: upload it again.");
  const createdAt = new Date(ports.clock.nowMs()).toISOString();
  const chunks: DocumentationChunk[] = [];
  const files: UploadedFile[] = [];
  const skipped: { path: string; reason: string }[] = [];

  const take = async (path: string, bytes: Uint8Array, bodyKey: string | undefined): Promise<void> => {
    const file = await readFile(bytes, {
      name: path,
      ...(path === fileName ? { contentType: input.contentType } : {}),
    });
    const key =
      file.kind === "openapi" ? (bodyKey ?? (await ports.bodies.put(bytes, "application/octet-stream"))) : undefined;
    const metadata = { kind: file.kind, path, jobId, ...(key === undefined ? {} : { bodyKey: key }) };
    const title = file.title === undefined ? {} : { title: file.title };
    const origin = { docId: documentationId, source: "upload", createdAt, metadata, ...title } as const;
    const own = documentChunks(file.blocks, origin, chunks.length + 1);
    if (own.length === 0) throw new UnreadableFileError(path, "is empty.");
    for (const chunk of own) chunks.push(chunk);
    files.push({ path, kind: file.kind, chunks: own.length, ...title });
    await report({ message: `Reading ${path}`, completed: files.length + skipped.length });
  };

  if (!isZip(body)) await take(fileName, body, input.bodyKey);
  else {
    for await (const { path, bytes } of readZip(body, fileName)) {
      try {
        await take(path, bytes, undefined);
      } catch (error) {
        // One picture in an archive does not make the rest unreadable.
        if (!(error instanceof UnreadableFileError)) throw error;
        skipped.push({ path, reason: error.message });
      }
    }
    if (files.length === 0) {
      const reasons = skipped.slice(0, 5).map(({ reason }) => reason);
      throw new UnreadableFileError(fileName, ["holds no file that can be read.", ...reasons].join("\n"));
    }
  }
  const title = files.length === 1 ? files[0]?.title : fileName;
  await ports.documentation.put({
    docId: documentationId,
    source: "upload",
    chunks,
    ...(title === undefined ? {} : { title }),
  });
  return {
    result: {
      documentationId,
      chunkCount: chunks.length,
      fileCount: files.length,
      files: files.slice(0, maxListed),
      skippedCount: skipped.length,
      skipped: skipped.slice(0, maxListed),
    },
  };
};
