import { AppError } from "../../shared/errors.ts";
import type { ParsedDocument } from "../../shared/spec/parse.ts";
import { mayHaveParts } from "../../shared/spec/part-hint.ts";
import { UnreadableInputError } from "../errors.ts";
import type { PartPermissions } from "./part-source.ts";
import type { ReadSource } from "./read-source.ts";

/**
 * What `read` gives; what it refuses, with the name of the document.
 * @throws UnreadableInputError
 */
export async function namingSource<Result>(source: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    throw withSource(source, error);
  }
}

/** What is wrong with the document at `source`, with that name; any other error as it is. */
export function withSource(source: string, error: unknown): unknown {
  if (!(error instanceof AppError) || error instanceof UnreadableInputError) return error;
  return new UnreadableInputError(source, error.message, { cause: error });
}

/** The document with what it refers to. Most documents are one file, and load nothing of what makes one of several. */
export async function withParts(
  source: string,
  { bytes, url }: ReadSource,
  parsed: ParsedDocument,
  permissions: PartPermissions,
): Promise<ParsedDocument> {
  if (!mayHaveParts(bytes)) return parsed;
  const [{ bundleDocument }, { createPartSource }] = await Promise.all([
    import("../../shared/spec/bundle/bundle-document.ts"),
    import("./part-source.ts"),
  ]);
  const parts = createPartSource(source, url, permissions);
  return bundleDocument(parsed, parts.id, parts.source);
}
