import { defineCommand } from "citty";
import { createColors } from "picocolors";
import { allRules } from "../../shared/rules/registry.ts";
import type { Rule } from "../../shared/rules/rule.ts";
import { UsageError } from "../errors.ts";
import { levelColor } from "../render/rule-text.ts";
import { standardOutput, type Terminal, wantsColours } from "../render/terminal.ts";

export type RulesArguments = {
  format: string;
  area?: string | undefined;
  level?: string | undefined;
  direction?: string | undefined;
};

const levels: readonly string[] = ["breaking", "risky", "safe"];
const directions: readonly string[] = ["request", "response", "none"];
const formats: readonly string[] = ["text", "json", "markdown"];
/** Width of the longest level and a gap. */
const levelWidth = 10;

/**
 * Lists the rules, by area and then by id.
 * @throws UsageError for a format, area, level or direction that there is not
 */
export function listRules({ format, area, level, direction }: RulesArguments, terminal: Terminal): string {
  const rules = [...allRules()];
  const areas = [...new Set(rules.map(([, rule]) => rule.area))].sort();
  requireOneOf("--format", format, formats);
  if (area !== undefined) requireOneOf("--area", area, areas);
  if (level !== undefined) requireOneOf("--level", level, levels);
  if (direction !== undefined) requireOneOf("--direction", direction, directions);
  const fits = (wantedValue: string | undefined, value: string) => wantedValue === undefined || wantedValue === value;
  const wanted = rules
    .filter(([, rule]) => fits(area, rule.area) && fits(level, rule.level) && fits(direction, rule.direction))
    .sort(([leftId, left], [rightId, right]) => compareText(left.area, right.area) || compareText(leftId, rightId));
  if (format === "json") return rulesJson(wanted);
  return format === "markdown" ? rulesMarkdown(wanted) : rulesText(wanted, terminal);
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

/** A table for each area. */
function rulesMarkdown(rules: readonly [string, Rule][]): string {
  const areas = [...new Set(rules.map(([, rule]) => rule.area))];
  const rowOf = ([id, { level, direction, message, migration }]: [string, Rule]) =>
    `| \`${id}\` | ${level} | ${direction} | ${cellText(message)} | ${cellText(migration)} |`;
  const blocks = areas.map((area) => {
    const rows = rules.filter(([, rule]) => rule.area === area).map(rowOf);
    return [
      `## ${area}`,
      "",
      "| Rule | Level | Direction | Says | What to do |",
      "|---|---|---|---|---|",
      ...rows,
    ].join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
}

/** Messages have placeholders and code in them; a pipe would end the cell. */
function cellText(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
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
    direction: {
      type: "string",
      valueHint: directions.join("|"),
      description: "Only those of what clients send (request), or receive (response)",
    },
    format: { type: "string", default: "text", valueHint: formats.join("|"), description: "How to print them" },
  },
  run({ args }) {
    process.stdout.write(listRules(args, standardOutput()));
  },
});
