import { setFlagsFromString } from "node:v8";
import { AppError } from "../../shared/errors.ts";
import { type ParsedDocument, parseDocument } from "../../shared/spec/parse.ts";
import { UnreadableInputError } from "../errors.ts";
import { readSource } from "./read-source.ts";

/** A document that was read, and where it came from. */
export type InputDocument = { source: string; parsed: ParsedDocument };

/**
 * From this size, memory counts for more than time: V8 collects garbage early instead of letting the heap double. Below it,
 * which is where the largest public documents are, collecting early costs a fifth of the time.
 */
const thriftyFromBytes = 16 * 1024 * 1024;

/**
 * Reads the document at `source`. Nobody is shown its warnings here, so that keys written twice are not looked for.
 * @throws UnreadableInputError
 */
export async function readDocument(source: string, stdin: AsyncIterable<Uint8Array>): Promise<InputDocument> {
  const bytes = await readSource(source, stdin);
  if (bytes.byteLength > thriftyFromBytes) setFlagsFromString("--semi-space-growth-factor=1 --heap-growing-percent=30");
  return readable(source, () => ({ source, parsed: parseDocument(bytes, { findDuplicateKeys: false }) }));
}

/**
 * What `read` returns.
 * @throws UnreadableInputError which names `source`, for what `read` finds wrong with it
 */
export function readable<Result>(source: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError) throw new UnreadableInputError(source, error.message, { cause: error });
    throw error;
  }
}
