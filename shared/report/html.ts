import type { DocumentSummary, Level } from "../diff/change-set.ts";
import type { AdjustedChangeSet } from "../rules/adjust-change-set.ts";
import { causeHtml } from "./html-cause.ts";
import { createOperationBook, type OperationBook } from "./html-operations.ts";
import { htmlMetaPolicy } from "./html-policy.ts";
import { htmlScript } from "./html-script.ts";
import { htmlStyle } from "./html-style.ts";
import { escapeHtml } from "./html-text.ts";
import { adjustmentTexts, countText, documentName, headlineText, reportedLevels, summaryText } from "./phrases.ts";

const headings: Record<Level, string> = { breaking: "Breaking", risky: "Risky", safe: "Safe" };
/** Causes of a level that stand open when the page is opened. */
const maxOpenCauses = 10;

/**
 * One page that needs nothing else: no picture, no font, nothing fetched; light or dark as the reader's system is, and
 * readable without its script, which only filters. Its own policy forbids whatever a document might try to bring in.
 */
export function renderHtml(changes: AdjustedChangeSet): string {
  const book = createOperationBook();
  const levels = reportedLevels.map((level) => levelHtml(changes, level, book)).join("");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${htmlMetaPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(headlineText(changes))}</title>
<style>
${htmlStyle}
</style>
</head>
<body>
<a class="skip" href="#changes">To the changes</a>
<header>
${titleHtml(changes)}
<p class="quiet">${documentHtml(changes.before)} → ${documentHtml(changes.after)}</p>
<p>${escapeHtml(summaryText(changes))}</p>
<nav aria-label="Levels">${reportedLevels.map((level) => tileHtml(changes, level)).join("")}</nav>
</header>
${filterHtml(changes)}<main id="changes">
${levels}${adjustmentsHtml(changes)}${book.appendixHtml()}</main>
<footer class="quiet">Made by Forewarn</footer>
<script>${htmlScript}</script>
</body>
</html>
`;
}

function titleHtml({ before, after }: AdjustedChangeSet): string {
  const [old, fresh] = [documentName(before), documentName(after)];
  if (before.title === after.title && before.version !== after.version) {
    const version = `${escapeHtml(before.version)} <span class="arrow">→</span> ${escapeHtml(after.version)}`;
    return `<h1>${escapeHtml(before.title || "Untitled")} <span class="version">${version}</span></h1>`;
  }
  if (old === fresh) return `<h1>${escapeHtml(old)}</h1>`;
  return `<h1>${escapeHtml(old)} <span class="arrow">→</span> ${escapeHtml(fresh)}</h1>`;
}

function documentHtml({ source, operations }: DocumentSummary): string {
  const name = source === undefined || source === "-" ? "" : `<code>${escapeHtml(source)}</code>, `;
  return `${name}${countText(operations, "operation")}`;
}

function tileHtml({ counts }: AdjustedChangeSet, level: Level): string {
  const content = `<b>${counts[level]}</b> ${level}`;
  if (counts[level] === 0) return `<span class="tile none">${content}</span>`;
  return `<a class="tile ${level}" href="#${level}">${content}</a>`;
}

/** Shown by the script, without which it would do nothing. */
function filterHtml({ causes }: AdjustedChangeSet): string {
  if (causes.length === 0) return "";
  const boxes = reportedLevels.map((level) => {
    const count = causes.filter((cause) => cause.level === level).length;
    const state = count === 0 ? " disabled" : " checked";
    return `<label class="${level}"><input type="checkbox" value="${level}"${state}> ${level}</label>`;
  });
  return `<form id="filter" role="search" aria-label="Filter the changes" hidden>
<input id="words" type="search" aria-label="Words to look for" placeholder="Operation, path, property, rule … ( / )" autocomplete="off">
<fieldset><legend class="unseen">Levels</legend>${boxes.join("")}</fieldset>
<button type="button" id="open">Open all</button><button type="button" id="close">Close all</button>
<output id="shown" aria-live="polite"></output>
</form>
`;
}

function levelHtml(changes: AdjustedChangeSet, level: Level, book: OperationBook): string {
  const causes = changes.causes.filter((cause) => cause.level === level);
  if (causes.length === 0) return "";
  const isOpen = (index: number) => level !== "safe" && index < maxOpenCauses;
  return `<section id="${level}" class="level" aria-labelledby="heading-${level}">
<h2 id="heading-${level}">${headings[level]} <span class="quiet">${countText(causes.length, "edit")}</span></h2>
${causes.map((cause, index) => causeHtml(changes, cause, isOpen(index), book)).join("")}</section>
`;
}

function adjustmentsHtml(changes: AdjustedChangeSet): string {
  const items = adjustmentTexts(changes).map((text) => `<li>${escapeHtml(text)}</li>`);
  return items.length === 0 ? "" : `<section>\n<h2>Adjusted</h2>\n<ul>${items.join("")}</ul>\n</section>\n`;
}
