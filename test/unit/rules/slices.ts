import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect } from "vitest";
import type { ChangeSet } from "../../../shared/diff/change-set.ts";
import { compareDocuments } from "../../../shared/rules/compare-documents.ts";
import { compareModels } from "../../../shared/rules/compare-models.ts";
import type { JsonObject } from "../../../shared/spec/json-object.ts";
import { normalize } from "../../../shared/spec/normalize/normalize.ts";
import { type ParsedDocument, parseDocument } from "../../../shared/spec/parse.ts";
import { withoutRootHashes } from "./compare-documents.ts";
import { editRandomly } from "./random-edits.ts";

const today = "2026-01-01";
/** Edited documents of each kind; `npm run test:slices` takes many. */
export const editsPerDocument = Number(process.env.FOREWARN_RANDOM_EDITS ?? 60);

export const parse = (document: JsonObject): ParsedDocument =>
  parseDocument(new TextEncoder().encode(JSON.stringify(document, null, 1)));

export const readFixture = (pair: string, version: "old" | "new"): ParsedDocument =>
  parseDocument(gunzipSync(readFileSync(new URL(`../../fixtures/specs/${pair}/${version}.json.gz`, import.meta.url))));

/** What comparing the whole models gives, in the words of a comparison of documents. */
function compareWhole(before: ParsedDocument, after: ParsedDocument): ChangeSet {
  const options = { today, locateBefore: before.locate, locateAfter: after.locate };
  return withoutRootHashes(compareModels(normalize(before), normalize(after), options));
}

/** Expects that slices of the two say what the whole documents say. @returns whether they were read in slices */
export function expectSameOfSlices(before: ParsedDocument, after: ParsedDocument, hint?: string): boolean {
  const { changes, isSliced } = compareDocuments(
    { parsed: before },
    { parsed: after },
    { today, locateBefore: before.locate, locateAfter: after.locate, maxChangedPart: 1 },
  );
  expect(changes, hint).toEqual(compareWhole(before, after));
  return isSliced;
}

/** Edits a document at random, time after time, and compares it with what came of it, both ways. */
export function expectSameOfEdits(document: JsonObject, edits: number): void {
  const before = parse(document);
  let sliced = 0;
  for (let seed = 1; seed <= edits; seed++) {
    const { edited, names } = editRandomly(document, seed);
    const after = parse(edited);
    const hint = `seed ${seed}: ${names.join(", ")}`;
    if (expectSameOfSlices(before, after, hint)) sliced++;
    if (expectSameOfSlices(after, before, hint)) sliced++;
  }
  expect(sliced).toBeGreaterThan(edits); // of twice as many comparisons
}
