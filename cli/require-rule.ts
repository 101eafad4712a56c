import { allRules } from "../shared/rules/registry.ts";
import type { Rule } from "../shared/rules/rule.ts";
import { unknownRuleText } from "../shared/rules/unknown-rule.ts";
import { UsageError } from "./errors.ts";

/**
 * The rule of this id.
 * @throws UsageError that names the likeliest ids
 */
export function requireRule(id: string): Rule {
  const rule = allRules().get(id);
  if (rule === undefined) throw new UsageError(unknownRuleText(id) ?? id);
  return rule;
}
