import { defineCommand } from "citty";
import { UsageError } from "../errors.ts";
import { ruleMarkdown } from "../render/rule-markdown.ts";
import { ruleText } from "../render/rule-text.ts";
import { standardOutput, type Terminal } from "../render/terminal.ts";
import { requireRule } from "../require-rule.ts";

const formats: readonly string[] = ["text", "json", "markdown"];

/**
 * Says what a rule means: why it breaks whom, what to do, and an example pair.
 * @throws UsageError for an unknown rule or format
 */
export function explainRule({ rule: id, format }: { rule: string; format: string }, terminal: Terminal): string {
  if (!formats.includes(format)) throw new UsageError(`--format is one of ${formats.join(", ")}, not ${format}`);
  const rule = requireRule(id);
  if (format === "text") return ruleText(id, rule, terminal);
  if (format === "markdown") return ruleMarkdown(id, rule);
  return `${JSON.stringify({ id, ...rule, example: rule.example }, null, 2)}\n`;
}

export const explain = defineCommand({
  meta: { name: "explain", description: "Say what a rule means, why it breaks whom and what to do" },
  args: {
    rule: { type: "positional", required: true, description: "Its id, as diff prints it" },
    format: { type: "string", default: "text", valueHint: formats.join("|"), description: "How to print it" },
  },
  run({ args }) {
    process.stdout.write(explainRule(args, standardOutput()));
  },
});
