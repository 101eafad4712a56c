import type { ChangeSet } from "../../shared/diff/change-set.ts";
import { compareDocuments } from "../../shared/rules/compare-documents.ts";
import { type ParsedDocument, parseDocument } from "../../shared/spec/parse.ts";

/** An API description: JSON or YAML as text or bytes, or the document itself. */
export type DocumentInput = string | Uint8Array | object;

export type CompareDocumentsOptions = {
  /** RFC 3339 date that sunsets are measured against. @default the current day, in UTC */
  today?: string;
  /** What the change set calls the old document: a file name or a URL. */
  sourceBefore?: string;
  /** What the change set calls the new document. */
  sourceAfter?: string;
};

/**
 * Says what changed between two API descriptions and whom it breaks. Findings of documents given as text or bytes have
 * lines and columns.
 * @throws InvalidDocumentError, UnsupportedDocumentError, DocumentTooComplexError (all are `AppError`)
 * @example compare(oldYaml, newYaml).counts.breaking // 0
 */
export function compare(before: DocumentInput, after: DocumentInput, options: CompareDocumentsOptions = {}): ChangeSet {
  const [old, fresh] = [read(before), read(after)];
  return compareDocuments(
    { parsed: old },
    { parsed: fresh },
    {
      ...options,
      // Lines of a text that was made up here would mean nothing to the caller.
      ...(isWritten(before) && { locateBefore: (pointer) => old.locate(pointer) }),
      ...(isWritten(after) && { locateAfter: (pointer) => fresh.locate(pointer) }),
    },
  ).changes;
}

function isWritten(input: DocumentInput): input is string | Uint8Array {
  return typeof input === "string" || input instanceof Uint8Array;
}

function read(input: DocumentInput): ParsedDocument {
  const written = isWritten(input) ? input : JSON.stringify(input);
  const bytes = typeof written === "string" ? new TextEncoder().encode(written) : written;
  return parseDocument(bytes, { findDuplicateKeys: false });
}
