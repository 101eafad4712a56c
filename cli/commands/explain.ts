import { defineCommand } from "citty";
import { allRules } from "../../shared/rules/registry.ts";
import { UsageError } from "../errors.ts";
import { nearestNames } from "../nearest-names.ts";
import { ruleText } from "../render/rule-text.ts";
import { standardOutput, type Terminal } from "../render/terminal.ts";

/** Ids that an unknown one is answered with. */
const maxSuggestions = 3;

/**
 * Says what a rule means: why it breaks whom, what to do, and an example pair.
 * @throws UsageError for an unknown rule or format
 */
export function explainRule({ rule: id, format }: { rule: string; format: string }, terminal: Terminal): string {
  if (format !== "text" && format !== "json") throw new UsageError(`--format is text or json, not ${format}`);
  const rule = requireRule(id);
  if (format === "text") return ruleText(id, rule, terminal);
  return `${JSON.stringify({ id, ...rule, example: rule.example }, null, 2)}\n`;
}

function requireRule(id: string) {
  const rules = allRules();
  const rule = rules.get(id);
  if (rule !== undefined) return rule;
  const nearest = nearestNames(id, rules.keys(), maxSuggestions);
  const advice = nearest.length > 0 ? `did you mean ${nearest.join(" or ")}?` : "see forewarn rules";
  throw new UsageError(`there is no rule ${id}; ${advice}`);
}

export const explain = defineCommand({
  meta: { name: "explain", description: "Say what a rule means, why it breaks whom and what to do" },
  args: {
    rule: { type: "positional", required: true, description: "Its id, as diff prints it" },
    format: { type: "string", default: "text", valueHint: "text|json", description: "How to print it" },
  },
  run({ args }) {
    process.stdout.write(explainRule(args, standardOutput()));
  },
});
