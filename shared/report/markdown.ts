import type { Cause, Level } from "../diff/change-set.ts";
import type { AdjustedChangeSet } from "../rules/adjust-change-set.ts";
import {
  adjustmentTexts,
  countText,
  findingsOf,
  headlineText,
  operationsText,
  placesText,
  reportedLevels,
  summaryText,
} from "./phrases.ts";
import { wellFormed } from "./well-formed.ts";

export type MarkdownReportOptions = {
  /** Of the whole report: rows beyond it are counted and left out. @default 65000 (a comment on GitHub holds 65,536) */
  maxCharacters?: number | undefined;
};

const defaultMaxCharacters = 65_000;
/** Of the rest that is always said: both headlines, three headings with their tables' heads, and the tail. */
const frameCharacters = 500;
/** Notes of what was done after judgement; more are counted. */
const maxNotes = 20;

const headings: Record<Level, string> = { breaking: "Breaking", risky: "Risky", safe: "Safe" };

/** The change set as GitHub-flavoured Markdown: one table a level, one row a cause. */
export function renderMarkdown(changes: AdjustedChangeSet, options: MarkdownReportOptions = {}): string {
  const maxCharacters = options.maxCharacters ?? defaultMaxCharacters;
  const blocks = [`## ${escapeText(shortened(headlineText(changes)))}`, escapeText(summaryText(changes))];
  const notes = notesOf(changes);
  let length = [...blocks, notes].join("").length + frameCharacters;
  let leftOut = 0;
  for (const level of reportedLevels) {
    const rows: string[] = [];
    for (const cause of changes.causes) {
      if (cause.level !== level) continue;
      const row = rowOf(changes, cause);
      if (length + row.length > maxCharacters) leftOut += 1;
      else rows.push(row);
      length += row.length + 1;
    }
    if (rows.length === 0) continue;
    blocks.push(`### ${headings[level]}`);
    blocks.push(["| Change | Rule | Operations | Where |", "| --- | --- | --- | --- |", ...rows].join("\n"));
  }
  if (leftOut > 0) blocks.push(tailText(leftOut));
  if (notes !== "") blocks.push(notes);
  return `${blocks.join("\n\n")}\n`;
}

function tailText(leftOut: number): string {
  const verb = leftOut === 1 ? "is" : "are";
  return `_${countText(leftOut, "more edit")} ${verb} left out here: a comment holds no more. \`forewarn diff\` has all, worst first._`;
}

/** Ignore files may be long, and their reasons too. */
function notesOf(changes: AdjustedChangeSet): string {
  const texts = adjustmentTexts(changes);
  const more = texts.length - maxNotes;
  const notes = texts.slice(0, maxNotes).map((text) => `- ${escapeText(shortened(text))}`);
  return [...notes, ...(more > 0 ? [`- and ${countText(more, "more note")}`] : [])].join("\n");
}

function shortened(text: string): string {
  return text.length > maxLineLength ? `${text.slice(0, maxLineLength)}…` : text;
}

/** Characters of a headline or a note. */
const maxLineLength = 500;

function rowOf(changes: AdjustedChangeSet, cause: Cause): string {
  const findings = findingsOf(changes, cause);
  const details = findings.length > 1 ? findings.map(({ message }) => `• ${escapeText(message)}`) : [];
  const rules = [...new Set(findings.map(({ ruleId }) => codeSpan(ruleId)))];
  const places = [...new Set(findings.map((finding) => escapeText(placesText(changes, finding))))];
  const cells = [
    [escapeText(cause.summary), ...details].join("<br>"),
    rules.join("<br>"),
    escapeText(operationsText(cause.affectedOperations)),
    places.join("<br>"),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Text for one line or table cell. What messages put into backticks stays code; nothing else is markup or a mention. */
function escapeText(text: string): string {
  return oneLine(text)
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part.slice(1, -1)) : escapeProse(part)))
    .join("");
}

function escapeProse(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]~#|{}]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("@", "@<!-- -->");
}

/** In a table, a pipe ends the cell even within code. */
function codeSpan(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}

function oneLine(text: string): string {
  return wellFormed(text).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}
