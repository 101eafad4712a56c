import { createColors } from "picocolors";
import { wrapText } from "../../shared/report/wrap-text.ts";
import type { Rule } from "../../shared/rules/rule.ts";
import { exampleDiff } from "./example-diff.ts";
import { defaultColumns, type Terminal, wantsColours } from "./terminal.ts";

type Colors = ReturnType<typeof createColors>;

/** Beyond this a line of prose is hard to read. */
const maxProseColumns = 100;
const indent = "  ";

/** One rule for a person: what it says, why, what to do, and its example as a change of a document. */
export function ruleText(id: string, rule: Rule, terminal: Terminal): string {
  const colors = createColors(wantsColours(terminal));
  const width = Math.min(terminal.columns ?? defaultColumns, maxProseColumns) - indent.length;
  const section = (title: string, lines: readonly string[]) =>
    [colors.bold(title), ...lines.map((line) => `${indent}${line}`.trimEnd())].join("\n");
  const blocks = [
    `${colors.bold(id)}\n${levelColor(rule, colors)(rule.level)}${colors.dim(` · ${placeOf(rule)} · ${rule.action}`)}`,
    section("Says", wrapText(rule.message, width)),
    section("Why", wrapText(rule.why, width)),
    section("What to do", wrapText(rule.migration, width)),
    section("Example", exampleLines(rule, colors)),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** Area, and who sends the changed thing. */
function placeOf({ area, direction }: Rule): string {
  return direction === "none" ? area : `${area} · ${direction}`;
}

export function levelColor({ level }: Pick<Rule, "level">, colors: Colors): (text: string) => string {
  if (level === "breaking") return colors.red;
  return level === "risky" ? colors.yellow : colors.green;
}

function exampleLines({ example }: Rule, colors: Colors): string[] {
  const paint = { " ": colors.dim, "-": colors.red, "+": colors.green };
  return exampleDiff(example).map(({ sign, line }) => paint[sign](`${sign} ${line}`.trimEnd()));
}
