import { dump } from "js-yaml";
import type { RuleExample } from "../../shared/rules/rule.ts";
import { type DiffLine, lineDiff } from "./line-diff.ts";

/** An example pair as the change of one YAML document. */
export function exampleDiff({ before, after }: RuleExample): DiffLine[] {
  const linesOf = (document: unknown) => dump(document, { noRefs: true }).trimEnd().split("\n");
  return lineDiff(linesOf(before), linesOf(after));
}
