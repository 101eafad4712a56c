import type { ChangeSet } from "../../shared/diff/change-set.ts";
import { compareModels } from "../../shared/rules/compare-models.ts";
import type { SpecModel } from "../../shared/spec/model.ts";
import { normalize } from "../../shared/spec/normalize/normalize.ts";
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
  return compareModels(old.model, fresh.model, {
    ...options,
    ...(old.locate !== undefined && { locateBefore: old.locate }),
    ...(fresh.locate !== undefined && { locateAfter: fresh.locate }),
  });
}

function read(input: DocumentInput): { model: SpecModel; locate: ParsedDocument["locate"] | undefined } {
  const isWritten = typeof input === "string" || input instanceof Uint8Array;
  const text = isWritten ? input : JSON.stringify(input);
  const parsed = parseDocument(typeof text === "string" ? new TextEncoder().encode(text) : text);
  // Lines of a text that was made up here would mean nothing to the caller.
  return { model: normalize(parsed), locate: isWritten ? (pointer) => parsed.locate(pointer) : undefined };
}
