import type { ChangeSet } from "../../../shared/diff/change-set.ts";
import { type CompareOptions, compareModels } from "../../../shared/rules/compare-models.ts";
import { normalize } from "../../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../../shared/spec/parse.ts";

/** The change set of two documents given as values. Sunsets are measured against a fixed day. */
export function compareDocuments(before: unknown, after: unknown, options: CompareOptions = {}): ChangeSet {
  const modelOf = (document: unknown) => normalize(parseDocument(new TextEncoder().encode(JSON.stringify(document))));
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
