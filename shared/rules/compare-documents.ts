import type { ChangeSet, DocumentSummary } from "../diff/change-set.ts";
import { diffModels, diffSlices } from "../diff/diff-models.ts";
import type { Fact } from "../diff/facts.ts";
import type { SpecModel } from "../spec/model.ts";
import { normalize, normalizeSlice } from "../spec/normalize/normalize.ts";
import type { ParsedDocument } from "../spec/parse.ts";
import { placesOfLike } from "../spec/slice/hidden-schemas.ts";
import { sliceDocuments } from "../spec/slice/slice-documents.ts";
import { type CompareOptions, changeSetOf, summaryOf } from "./compare-models.ts";

/** What is compared: a document that was parsed, or a model that was read before. */
export type ComparedSide = { parsed: ParsedDocument } | { model: SpecModel };

/** What a comparison gives beside the change set: what was read, for filters that ask about operations. */
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
  /** What to throw for what is wrong with one of the documents. @default the error itself */
  refuse?: (side: "before" | "after", error: unknown) => unknown;
};

/** Of the Stripe API of two adjacent days a fifth is, since nearly everything in it leads to everything. */
const defaultMaxChangedPart = 0.25;

/** Times that slices are read, with what turned out to be needed; then everything is. */
const maxRounds = 3;

/**
 * Compares two documents: `compareModels` of both, but that only a side that came as a model has its root hash. Reads no
 * more of two documents than differs and what depends on that, where this suffices to tell what changed.
 * @throws DocumentTooComplexError when references make of a document more than can be compared
 */
export function compareDocuments(
  before: ComparedSide,
  after: ComparedSide,
  options: CompareDocumentsOptions = {},
): DocumentComparison {
  const { maxChangedPart = defaultMaxChangedPart, refuse, ...rest } = options;
  const read: Reader = (side, make) => {
    try {
      return make();
    } catch (error) {
      throw refuse === undefined ? error : refuse(side, error);
    }
  };
  const sliced =
    "parsed" in before && "parsed" in after ? diffSliced(before.parsed, after.parsed, maxChangedPart, read) : undefined;
  const { facts, models, leftOut } = sliced ?? diffWhole(before, after, read);
  const [old, fresh] = models;
  const summaries = {
    before: complete(summaryOf(old, rest.sourceBefore, rest.filesBefore), before, leftOut[0]),
    after: complete(summaryOf(fresh, rest.sourceAfter, rest.filesAfter), after, leftOut[1]),
  };
  return { changes: changeSetOf(facts, old, summaries, rest), models, isSliced: sliced !== undefined };
}

type Reader = <Model>(side: "before" | "after", make: () => Model) => Model;

type DocumentFacts = {
  facts: Fact[];
  models: readonly [SpecModel, SpecModel];
  /** Operations that are in neither model, because they mean the same. */
  leftOut: readonly [before: number, after: number];
};

function diffSliced(
  before: ParsedDocument,
  after: ParsedDocument,
  maxChangedPart: number,
  read: Reader,
): DocumentFacts | undefined {
  const slices = sliceDocuments(before, after, maxChangedPart);
  if (slices === undefined) return undefined;
  const leftOut = [slices.before.operationsLeftOut, slices.after.operationsLeftOut] as const;
  for (let round = 0; round < maxRounds; round++) {
    const old = read("before", () => normalizeSlice(before, slices.before));
    const fresh = read("after", () => normalizeSlice(after, slices.after));
    const result = diffSlices(old, fresh, slices.leads, (schema, known) =>
      placesOfLike(after, known, schema, old.model.schemas),
    );
    if (result === undefined) return undefined;
    if ("facts" in result) return { facts: result.facts, models: [old.model, fresh.model], leftOut };
    slices.readMore(result.placesToRead);
    slices.after.alsoRead.push(...result.placesLikeRemoved);
  }
  return undefined;
}

function diffWhole(before: ComparedSide, after: ComparedSide, read: Reader): DocumentFacts {
  const modelOf = (side: ComparedSide) => ("model" in side ? side.model : normalize(side.parsed));
  const models = [read("before", () => modelOf(before)), read("after", () => modelOf(after))] as const;
  return { facts: diffModels(...models), models, leftOut: [0, 0] };
}

function complete(summary: DocumentSummary, side: ComparedSide, leftOut: number): DocumentSummary {
  return {
    ...summary,
    ...("model" in side && { rootHash: side.model.rootHash }),
    operations: summary.operations + leftOut,
  };
}
