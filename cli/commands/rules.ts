import { defineCommand } from "citty";
import { createColors } from "picocolors";
import { allRules } from "../../shared/rules/registry.ts";
import type { Rule } from "../../shared/rules/rule.ts";
import { UsageError } from "../errors.ts";
import { levelColor } from "../render/rule-text.ts";
import { standardOutput, type Terminal, wantsColours } from "../render/terminal.ts";

export type RulesArguments = { format: string; area?: string | undefined; level?: string | undefined };

const levels: readonly string[] = ["breaking", "risky", "safe"];
/** Width of the longest level and a gap. */
const levelWidth = 10;

/**
 * Lists the rules, by area and then by id.
 * @throws UsageError for a format, area or level that there is not
 */
export function listRules({ format, area, level }: RulesArguments, terminal: Terminal): string {
  const rules = [...allRules()];
  const areas = [...new Set(rules.map(([, rule]) => rule.area))].sort();
  requireOneOf("--format", format, ["text", "json"]);
  if (area !== undefined) requireOneOf("--area", area, areas);
  if (level !== undefined) requireOneOf("--level", level, levels);
  const wanted = rules
    .filter(([, rule]) => (area === undefined || rule.area === area) && (level === undefined || rule.level === level))
    .sort(([leftId, left], [rightId, right]) => compareText(left.area, right.area) || compareText(leftId, rightId));
  return format === "json" ? rulesJson(wanted) : rulesText(wanted, terminal);
}

function requireOneOf(flag: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value)) throw new UsageError(`${flag} is one of ${allowed.join(", ")}, not ${value}`);
}

function rulesJson(rules: readonly [string, Rule][]): string {
  const listed = rules.map(([id, { level, direction, area, kind, action, message, why, migration }]) => {
    return { id, level, direction, area, kind, action, message, why, migration };
  });
  return `${JSON.stringify(listed, null, 2)}\n`;
}

function rulesText(rules: readonly [string, Rule][], terminal: Terminal): string {
  const colors = createColors(wantsColours(terminal));
  const lines: string[] = [];
  let area: string | undefined;
  for (const [id, rule] of rules) {
    if (rule.area !== area) lines.push(...(area === undefined ? [] : [""]), colors.bold(rule.area));
    area = rule.area;
    lines.push(`  ${levelColor(rule, colors)(rule.level.padEnd(levelWidth))}${id}`);
  }
  const count = `${rules.length} rule${rules.length === 1 ? "" : "s"}`;
  return [...lines, "", `${count}; forewarn explain RULE says more`, ""].join("\n");
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

export const rules = defineCommand({
  meta: { name: "rules", description: "List the rules that changes are judged by" },
  args: {
    area: { type: "string", valueHint: "AREA", description: "Only those of one area, such as schema or security" },
    level: { type: "string", valueHint: levels.join("|"), description: "Only those of one level" },
    format: { type: "string", default: "text", valueHint: "text|json", description: "How to print them" },
  },
  run({ args }) {
    process.stdout.write(listRules(args, standardOutput()));
  },
});
