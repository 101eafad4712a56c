import type { ChangeSet } from "../../../shared/diff/change-set.ts";
import { type CompareOptions, compareModels } from "../../../shared/rules/compare-models.ts";
import type { SpecModel } from "../../../shared/spec/model.ts";
import { normalize } from "../../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../../shared/spec/parse.ts";

/** Models by their text: the same documents are compared again and again, all the more when mutants are tried. */
const models = new Map<string, SpecModel>();

/** The model of a document given as a value, frozen in all its parts: a comparison must not change what it compares. */
function modelOf(document: unknown): SpecModel {
  const text = JSON.stringify(document);
  const model = models.get(text) ?? freeze(normalize(parseDocument(new TextEncoder().encode(text))));
  models.set(text, model);
  return model;
}

function freeze<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of value instanceof Map ? value.values() : Object.values(value)) freeze(part);
  return Object.freeze(value);
}

/** The change set of two documents given as values. Sunsets are measured against a fixed day. */
export function compareDocuments(before: unknown, after: unknown, options: CompareOptions = {}): ChangeSet {
  return compareModels(modelOf(before), modelOf(after), { today: "2026-01-01", ...options });
}

/** As a comparison says it that does not read documents in whole. */
export function withoutRootHashes({ before, after, ...changes }: ChangeSet): ChangeSet {
  const [{ rootHash: _, ...old }, { rootHash: __, ...fresh }] = [before, after];
  return { ...changes, before: old, after: fresh };
}

/** The rule ids of `compareDocuments`, in its order. */
export function ruleIdsOf(before: unknown, after: unknown): string[] {
  return compareDocuments(before, after).findings.map((finding) => finding.ruleId);
}
