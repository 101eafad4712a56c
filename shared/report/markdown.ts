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
  /** Rows beyond this are counted and left out. @default 60000 (a comment on GitHub holds 65,536) */
  maxCharacters?: number | undefined;
};

const defaultMaxCharacters = 60_000;

const headings: Record<Level, string> = { breaking: "Breaking", risky: "Risky", safe: "Safe" };

/** The change set as GitHub-flavoured Markdown: one table a level, one row a cause. */
export function renderMarkdown(changes: AdjustedChangeSet, options: MarkdownReportOptions = {}): string {
  const maxCharacters = options.maxCharacters ?? defaultMaxCharacters;
  const blocks = [`## ${escapeText(headlineText(changes))}`, escapeText(summaryText(changes))];
  let length = 0;
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
  if (leftOut > 0) blocks.push(`_${countText(leftOut, "edit")} more, left out here because the report is long._`);
  const notes = adjustmentTexts(changes).map((text) => `- ${escapeText(text)}`);
  if (notes.length > 0) blocks.push(notes.join("\n"));
  return `${blocks.join("\n\n")}\n`;
}

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
