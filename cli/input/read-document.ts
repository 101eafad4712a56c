import { AppError } from "../../shared/errors.ts";
import type { SpecModel } from "../../shared/spec/model.ts";
import { normalize } from "../../shared/spec/normalize/normalize.ts";
import { type ParsedDocument, parseDocument } from "../../shared/spec/parse.ts";
import { mayHaveParts } from "../../shared/spec/part-hint.ts";
import { UnreadableInputError } from "../errors.ts";
import type { PartPermissions } from "./part-source.ts";
import { readSource } from "./read-source.ts";

/** A document that was read, with the way back to its lines. */
export type InputDocument = { source: string; model: SpecModel; locate: ParsedDocument["locate"] };

/**
 * Reads and understands the document at `source`, and the files that it refers to.
 * @throws UnreadableInputError
 */
export async function readDocument(
  source: string,
  stdin: AsyncIterable<Uint8Array>,
  permissions: PartPermissions = {},
): Promise<InputDocument> {
  const { bytes, url } = await readSource(source, stdin);
  try {
    const parsed = await withParts(source, url, bytes, parseDocument(bytes), permissions);
    return { source, model: normalize(parsed), locate: (pointer) => parsed.locate(pointer) };
  } catch (error) {
    if (error instanceof AppError) throw new UnreadableInputError(source, error.message, { cause: error });
    throw error;
  }
}

/** Most documents are one file, and load nothing of what makes one of several. */
async function withParts(
  source: string,
  url: string | undefined,
  bytes: Uint8Array,
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
