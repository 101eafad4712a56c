import { AppError } from "../../errors.ts";
import { type ParsedDocument, type ParsedValue, parseValue } from "../parse.ts";
import { assembleBundle } from "./assemble.ts";
import { BrokenReferenceError, TooManyPartsError } from "./errors.ts";
import type { ReferenceSite } from "./look-up.ts";
import type { Part, PartSource } from "./parts.ts";
import { walkReferences } from "./walk-references.ts";

/** What the parts of a document may cost. Each limit ends in a `TooManyPartsError` that names it. */
export type PartLimits = {
  /** Files beside the document. @default 5000 (the largest public description in pieces has about 2,000) */
  maxParts: number;
  /** Bytes of all files beside the document. @default 67108864 (64 MiB: what one document may have) */
  maxPartBytes: number;
  /** Files that refer to files that refer to files. @default 50 (real ones stay below 10) */
  maxPartDepth: number;
};

export const defaultPartLimits: PartLimits = { maxParts: 5_000, maxPartBytes: 64 * 1024 * 1024, maxPartDepth: 50 };

/** Parts that are read at a time. */
const concurrentReads = 16;

/**
 * One document made of `parsed` and all files that it refers to, directly or through others. What a reference leads to
 * has a place among the components, under its own name, as if it had been written there; `locate` names the file.
 * Without references to other files it is `parsed` itself.
 * @param id of the document, as `source` understands it
 * @throws BrokenReferenceError a reference leads nowhere, or where `source` does not go
 * @throws TooManyPartsError beyond a limit
 */
export async function bundleDocument(
  parsed: ParsedDocument,
  id: string,
  source: PartSource,
  options: Partial<PartLimits> = {},
): Promise<ParsedDocument> {
  const limits = { ...defaultPartLimits, ...options };
  const root: Part = { id, value: parsed.document, locate: (pointer) => parsed.locate(pointer) };
  const parts = new Map([[id, root]]);
  let bytesLeft = limits.maxPartBytes;
  for (let depth = 0; ; depth++) {
    const walk = walkReferences(root, parsed.dialect, parts, source);
    if (walk.wanted.size === 0) {
      if (walk.edits.size === 0) return parsed;
      return { ...parsed, ...assembleBundle(root, parsed.dialect, walk), sharesObjects: true };
    }
    if (depth === limits.maxPartDepth) {
      throw new TooManyPartsError(`files refer to files more than ${limits.maxPartDepth} deep`);
    }
    if (parts.size - 1 + walk.wanted.size > limits.maxParts) {
      throw new TooManyPartsError(`the document refers to more than ${limits.maxParts} other files`);
    }
    const wanted = [...walk.wanted];
    for (let start = 0; start < wanted.length; start += concurrentReads) {
      const reads = wanted.slice(start, start + concurrentReads).map(([part, site]) => readPart(part, site, source));
      // All are awaited, so that of several errors it is always the first one that is told.
      for (const read of await Promise.allSettled(reads)) {
        if (read.status === "rejected") throw read.reason;
        bytesLeft -= read.value.byteLength;
        if (bytesLeft < 0) {
          throw new TooManyPartsError(
            `the files that the document refers to have more than ${limits.maxPartBytes} bytes`,
          );
        }
        parts.set(read.value.part.id, read.value.part);
      }
    }
  }
}

async function readPart(
  id: string,
  { reference, place }: ReferenceSite,
  source: PartSource,
): Promise<{ part: Part; byteLength: number }> {
  const read = await source.read(id);
  if ("missing" in read) throw new BrokenReferenceError(reference, place, `${id}: ${read.missing}`);
  return { part: { id, ...parsePart(id, read.bytes, reference, place) }, byteLength: read.bytes.byteLength };
}

function parsePart(id: string, bytes: Uint8Array, reference: string, place: string): ParsedValue {
  try {
    return parseValue(bytes);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new BrokenReferenceError(reference, place, `${id} is ${error.message}`, { cause: error });
  }
}
