import type { createColors } from "picocolors";
import type { Cause, ChangeSet, Finding, Level, OperationRef } from "../../shared/diff/change-set.ts";
import { wrapText } from "./wrap-text.ts";

type Colors = ReturnType<typeof createColors>;

export type DiffTextOptions = {
  /** Characters in a line. */
  width: number;
  colors: Colors;
};

/** Under this a terminal is too narrow to indent in; lines are then as long as this. */
const minWidth = 40;
/** Operations that are named before the rest is counted. */
const maxNamedOperations = 3;

const levelWords: Record<Level, string> = { breaking: "BREAKING", risky: "RISKY", safe: "SAFE" };
/** Width of the longest level word and a gap. */
const indent = " ".repeat(10);

/** The change set for a person: grouped by cause, worst first, with the lines of both documents. */
export function renderDiffText(changes: ChangeSet, options: DiffTextOptions): string {
  const { colors } = options;
  const width = Math.max(minWidth, options.width);
  const blocks = changes.causes.map((cause) => causeBlock(changes, cause, width, colors));
  return [headline(changes, colors), ...blocks, summaryLine(changes, colors)].join("\n\n").concat("\n");
}

function headline({ before, after }: ChangeSet, colors: Colors): string {
  const name = (document: ChangeSet["before"]) => `${document.title || "Untitled"} ${document.version}`.trimEnd();
  const counts = `${before.operations} operations before, ${after.operations} after`;
  return `${colors.bold(`${name(before)} → ${name(after)}`)}\n${colors.dim(counts)}`;
}

function causeBlock(changes: ChangeSet, cause: Cause, width: number, colors: Colors): string {
  const paint = painterOf(cause.level, colors);
  const [first = "", ...rest] = wrapText(cause.summary, width - indent.length);
  const lines = [`${paint(levelWords[cause.level].padEnd(indent.length))}${first}`];
  for (const line of rest) lines.push(indent + line);
  const findings = cause.findings.flatMap((index) => changes.findings[index] ?? []);
  for (const finding of findings) {
    if (findings.length > 1) {
      for (const line of wrapText(`- ${finding.message}`, width - indent.length)) lines.push(indent + line);
    }
    lines.push(indent + colors.dim(`${finding.ruleId}  ${placesText(changes, finding)}`.trimEnd()));
  }
  if (cause.affectedOperations.length > 1) {
    for (const line of wrapText(operationsText(cause.affectedOperations), width - indent.length)) {
      lines.push(indent + colors.dim(line));
    }
  }
  return lines.join("\n");
}

function operationsText(operations: OperationRef[]): string {
  const named = operations.slice(0, maxNamedOperations).map(({ method, path }) => `${method} ${path}`);
  const hidden = operations.length - named.length;
  return hidden > 0 ? `${named.join(", ")} and ${hidden} more` : named.join(", ");
}

function placesText({ before, after }: ChangeSet, finding: Finding): string {
  const place = (source: string | undefined, line: number | undefined) =>
    line === undefined ? undefined : `${source === undefined || source === "-" ? "line " : `${source}:`}${line}`;
  const places = [place(before.source, finding.before?.line), place(after.source, finding.after?.line)];
  return places.filter((text) => text !== undefined).join(" → ");
}

function painterOf(level: Level, colors: Colors): (text: string) => string {
  if (level === "breaking") return colors.red;
  return level === "risky" ? colors.yellow : colors.green;
}

function summaryLine({ counts }: ChangeSet, colors: Colors): string {
  if (counts.total === 0) return "No changes: both documents describe the same API.";
  const parts = (["breaking", "risky", "safe"] as const).map((level) => {
    const text = `${counts[level]} ${level}`;
    return counts[level] > 0 ? painterOf(level, colors)(text) : text;
  });
  return `${countText(counts.total, "change")} from ${countText(counts.causes, "edit")}: ${parts.join(", ")}`;
}

function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
