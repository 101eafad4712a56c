import type { Cause, Level } from "../diff/change-set.ts";
import type { AdjustedChangeSet } from "../rules/adjust-change-set.ts";
import { adjustmentTexts, findingsOf, headlineText, operationsText, placesText, summaryText } from "./phrases.ts";
import { wrapText } from "./wrap-text.ts";

type Paint = (text: string) => string;

/** What picocolors' `createColors()` gives, as far as it is used here. */
export type ReportColors = { bold: Paint; dim: Paint; red: Paint; yellow: Paint; green: Paint };

export type TextReportOptions = {
  /** Characters in a line. @default 100 */
  width?: number | undefined;
  /** @default none */
  colors?: ReportColors | undefined;
};

const asIs: Paint = (text) => text;
const noColors: ReportColors = { bold: asIs, dim: asIs, red: asIs, yellow: asIs, green: asIs };

/** Line length where output goes to a file or a pipe. */
const defaultWidth = 100;
/** Under this a terminal is too narrow to indent in; lines are then as long as this. */
const minWidth = 40;

const levelWords: Record<Level, string> = { breaking: "BREAKING", risky: "RISKY", safe: "SAFE" };
/** Width of the longest level word and a gap. */
const indent = " ".repeat(10);

/** The change set for a person: grouped by cause, worst first, with the lines of both documents. */
export function renderText(changes: AdjustedChangeSet, options: TextReportOptions = {}): string {
  const { colors = noColors } = options;
  const width = Math.max(minWidth, options.width ?? defaultWidth);
  const { before, after } = changes;
  const head = [
    ...wrapText(printable(headlineText(changes)), width).map((line) => colors.bold(line)),
    colors.dim(`${before.operations} operations before, ${after.operations} after`),
  ];
  const blocks = changes.causes.map((cause) =>
    causeBlock(changes, cause, { width, isTerminal: options.width !== undefined }, colors),
  );
  const summary = summaryText(changes, (level, text) => painterOf(level, colors)(text));
  const notes = adjustmentTexts(changes).flatMap((text) => wrapText(printable(text), width));
  const foot = [summary, ...notes.map((line) => colors.dim(line))];
  return [head.join("\n"), ...blocks, foot.join("\n")].join("\n\n").concat("\n");
}

function causeBlock(
  changes: AdjustedChangeSet,
  cause: Cause,
  { width, isTerminal }: { width: number; isTerminal: boolean },
  colors: ReportColors,
): string {
  const placesWidth = isTerminal ? width - indent.length : Number.POSITIVE_INFINITY;
  const wrap = (text: string) => wrapWhole(printable(text), width - indent.length);
  const [first = "", ...rest] = wrap(cause.summary);
  const lines = [`${painterOf(cause.level, colors)(levelWords[cause.level].padEnd(indent.length))}${first}`];
  for (const line of rest) lines.push(indent + line);
  const findings = findingsOf(changes, cause);
  for (const finding of findings) {
    if (findings.length > 1) {
      for (const line of wrap(`- ${finding.message}`)) lines.push(indent + line);
    }
    for (const line of placeLines(finding.ruleId, placesText(changes, finding), placesWidth)) {
      lines.push(indent + colors.dim(line));
    }
  }
  if (cause.affectedOperations.length > 1) {
    for (const line of wrap(operationsText(cause.affectedOperations))) lines.push(indent + colors.dim(line));
  }
  return lines.join("\n");
}

/** Rule and places on one line where they fit or nobody looks (a program finds them there), else one below the other. */
function placeLines(ruleId: string, places: string, width: number): string[] {
  const line = printable(`${ruleId}  ${places}`.trimEnd());
  return line.length <= width ? [line] : [printable(ruleId), ...wrapText(printable(places), width)];
}

/** Wraps without parting a method from its path. */
function wrapWhole(text: string, width: number): string[] {
  const joined = text.replaceAll(/\b([A-Z]+) (?=\/)/g, "$1\u00a0");
  return wrapText(joined, width).map((line) => line.replaceAll("\u00a0", " "));
}

/** Names and values come from others: nothing of them may steer the terminal. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ");
}

function painterOf(level: Level, colors: ReportColors): Paint {
  if (level === "breaking") return colors.red;
  return level === "risky" ? colors.yellow : colors.green;
}
