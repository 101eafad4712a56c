import type { ChangeSet, DocumentSummary } from "../diff/change-set.ts";
import { diffModels, diffSlices } from "../diff/diff-models.ts";
import type { Fact } from "../diff/facts.ts";
import type { SpecModel } from "../spec/model.ts";
import { normalize, normalizeSlice } from "../spec/normalize/normalize.ts";
import type { ParsedDocument } from "../spec/parse.ts";
import { placesOfLike } from "../spec/slice/hidden-schemas.ts";
import { sliceDocuments } from "../spec/slice/slice-documents.ts";
import { type CompareOptions, changeSetOf, summaryOf } from "./compare-models.ts";

/** What comparing documents gives beside the change set: what of them was read, for filters that ask about operations. */
export type DocumentComparison = {
  changes: ChangeSet;
  /** Both models, with at least the operations that the findings name. */
  models: readonly [before: SpecModel, after: SpecModel];
  /** Whether it was enough to read a part of the documents. */
  isSliced: boolean;
};

export type CompareDocumentsOptions = CompareOptions & {
  /** Part of the documents that may differ, or depend on what differs, before all of them is read. @default 0.25 */
  maxChangedPart?: number;
};

/** Of the Stripe API of two adjacent days a fifth is, since nearly everything in it leads to everything. */
const defaultMaxChangedPart = 0.25;

/**
 * Compares two documents: `compareModels` of both, without the root hashes. Reads no more of them than differs and what
 * depends on that, where this suffices to tell what changed.
 * @throws DocumentTooComplexError when references make of a document more than can be compared
 */
export function compareDocuments(
  before: ParsedDocument,
  after: ParsedDocument,
  { maxChangedPart = defaultMaxChangedPart, ...options }: CompareDocumentsOptions = {},
): DocumentComparison {
  const sliced = diffSliced(before, after, maxChangedPart);
  const { facts, models, operationsLeftOut } = sliced ?? diffWhole(before, after);
  const [old, fresh] = models;
  const summaries = {
    before: withOperations(summaryOf(old, options.sourceBefore), operationsLeftOut[0]),
    after: withOperations(summaryOf(fresh, options.sourceAfter), operationsLeftOut[1]),
  };
  return { changes: changeSetOf(facts, summaries, options), models, isSliced: sliced !== undefined };
}

type DocumentFacts = {
  facts: Fact[];
  models: readonly [SpecModel, SpecModel];
  /** Operations that are in neither model, because they mean the same. */
  operationsLeftOut: readonly [before: number, after: number];
};

/** Times that slices are read, with what turned out to be needed; then everything is. */
const maxRounds = 3;

function diffSliced(before: ParsedDocument, after: ParsedDocument, maxChangedPart: number): DocumentFacts | undefined {
  const slices = sliceDocuments(before, after, maxChangedPart);
  if (slices === undefined) return undefined;
  const operationsLeftOut = [slices.before.operationsLeftOut, slices.after.operationsLeftOut] as const;
  for (let round = 0; round < maxRounds; round++) {
    const models = [normalizeSlice(before, slices.before), normalizeSlice(after, slices.after)] as const;
    const result = diffSlices(...models, (schema, known) => placesOfLike(after, known, schema, models[0].schemas));
    if (result === undefined) return undefined;
    if ("facts" in result) return { facts: result.facts, models, operationsLeftOut };
    slices.readMore(result.placesToRead);
    slices.after.alsoRead.push(...result.placesLikeRemoved);
  }
  return undefined;
}

function diffWhole(before: ParsedDocument, after: ParsedDocument): DocumentFacts {
  const models = [normalize(before), normalize(after)] as const;
  return { facts: diffModels(...models), models, operationsLeftOut: [0, 0] };
}

function withOperations(summary: DocumentSummary, leftOut: number): DocumentSummary {
  return { ...summary, operations: summary.operations + leftOut };
}
