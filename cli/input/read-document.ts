import { AppError } from "../../shared/errors.ts";
import type { SpecModel } from "../../shared/spec/model.ts";
import { normalize } from "../../shared/spec/normalize/normalize.ts";
import { type ParsedDocument, parseDocument } from "../../shared/spec/parse.ts";
import { UnreadableInputError } from "../errors.ts";
import { readSource } from "./read-source.ts";

/** A document that was read, with the way back to its lines. */
export type InputDocument = { source: string; model: SpecModel; locate: ParsedDocument["locate"] };

/**
 * Reads and understands the document at `source`.
 * @throws UnreadableInputError
 */
export async function readDocument(source: string, stdin: AsyncIterable<Uint8Array>): Promise<InputDocument> {
  const bytes = await readSource(source, stdin);
  try {
    const parsed = parseDocument(bytes);
    return { source, model: normalize(parsed), locate: (pointer) => parsed.locate(pointer) };
  } catch (error) {
    if (error instanceof AppError) throw new UnreadableInputError(source, error.message, { cause: error });
    throw error;
  }
}
