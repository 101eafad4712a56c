import type { DocumentationChunk } from "../../documentation.ts";
import { documentChunks } from "../../reading/document-chunks.ts";
import { UnreadableFileError } from "../../reading/errors.ts";
import { readFile } from "../../reading/read-file.ts";
import type { JobContext } from "../job-type.ts";
import type { UploadedFile, UploadInput } from "./input.ts";
import { isZip, readZip } from "./read-zip.ts";

/** Files and refusals that the result lists; a result has 256 KiB. */
const maxListed = 300;

/** The work of an upload job. @throws UnreadableFileError when nothing of it can be read */
export const readUpload = async ({ input, ports, report, jobId }: JobContext<UploadInput, Record<string, never>>) => {
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
