import type { Rule } from "../../shared/rules/rule.ts";
import { exampleDiff } from "./example-diff.ts";

/** One rule for a page or a comment, with its example as a diff. */
export function ruleMarkdown(id: string, rule: Rule): string {
  const { level, area, direction, action, message, why, migration } = rule;
  const facts = [level, area, ...(direction === "none" ? [] : [direction]), action].join(" · ");
  const example = exampleDiff(rule.example).map(({ sign, line }) => `${sign} ${line}`.trimEnd());
  return [
    `### \`${id}\``,
    facts,
    `**Says:** ${message}`,
    `**Why:** ${why}`,
    `**What to do:** ${migration}`,
    ["```diff", ...example, "```"].join("\n"),
    "",
  ]
    .join("\n\n")
    .trimEnd()
    .concat("\n");
}
