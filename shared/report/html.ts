import type { Cause, DocumentSummary, Finding, Level } from "../diff/change-set.ts";
import type { AdjustedChangeSet } from "../rules/adjust-change-set.ts";
import { htmlStyle } from "./html-style.ts";
import {
  adjustmentTexts,
  countText,
  documentName,
  findingsOf,
  headlineText,
  placesText,
  reportedLevels,
  summaryText,
} from "./phrases.ts";
import { escapeXml } from "./xml.ts";

const headings: Record<Level, string> = { breaking: "Breaking", risky: "Risky", safe: "Safe" };
/** Causes of a level that stand open when the page is opened. */
const maxOpenCauses = 20;

/**
 * One page that needs nothing else: no script, no picture, no font; light or dark as the reader's system is. Its own policy
 * forbids whatever a document might try to bring in.
 */
export function renderHtml(changes: AdjustedChangeSet): string {
  const { counts } = changes;
  const tiles = reportedLevels.map(
    (level) => `<a class="tile ${level}" href="#${level}"><b>${counts[level]}</b> ${level}</a>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(headlineText(changes))}</title>
<style>
${htmlStyle}
</style>
</head>
<body>
<header>
<h1>${escapeHtml(documentName(changes.before))} <span class="arrow">→</span> ${escapeHtml(documentName(changes.after))}</h1>
<p class="quiet">${documentHtml(changes.before)} → ${documentHtml(changes.after)}</p>
<p>${escapeHtml(summaryText(changes))}</p>
<nav>${tiles.join("")}</nav>
</header>
<main>
${reportedLevels.map((level) => levelHtml(changes, level)).join("")}${adjustmentsHtml(changes)}</main>
<footer class="quiet">Made by Forewarn</footer>
</body>
</html>
`;
}

function documentHtml({ source, operations }: DocumentSummary): string {
  const name = source === undefined || source === "-" ? "" : `<code>${escapeHtml(source)}</code>, `;
  return `${name}${countText(operations, "operation")}`;
}

function levelHtml(changes: AdjustedChangeSet, level: Level): string {
  const causes = changes.causes.filter((cause) => cause.level === level);
  if (causes.length === 0) return "";
  const isOpen = (index: number) => level !== "safe" && index < maxOpenCauses;
  return `<section id="${level}">
<h2>${headings[level]} <span class="quiet">${countText(causes.length, "edit")}</span></h2>
${causes.map((cause, index) => causeHtml(changes, cause, isOpen(index))).join("")}</section>
`;
}

function adjustmentsHtml(changes: AdjustedChangeSet): string {
  const items = adjustmentTexts(changes).map((text) => `<li>${escapeHtml(text)}</li>`);
  return items.length === 0 ? "" : `<section>\n<h2>Adjusted</h2>\n<ul>${items.join("")}</ul>\n</section>\n`;
}

function causeHtml(changes: AdjustedChangeSet, cause: Cause, isOpen: boolean): string {
  const findings = findingsOf(changes, cause);
  return `<details class="${cause.level}"${isOpen ? " open" : ""}>
<summary>${proseHtml(cause.summary)}</summary>
<ul>
${findings.map((finding) => findingHtml(changes, finding, findings.length > 1)).join("")}</ul>
${operationsHtml(cause)}</details>
`;
}

function findingHtml(changes: AdjustedChangeSet, finding: Finding, showsMessage: boolean): string {
  const message = showsMessage ? `${proseHtml(finding.message)}<br>` : "";
  const places = placesText(changes, finding);
  const where = places === "" ? "" : ` <span class="quiet">${escapeHtml(places)}</span>`;
  return `<li>${message}<code class="rule ${finding.level}">${escapeHtml(finding.ruleId)}</code>${where}<br><code class="quiet">${escapeHtml(finding.pointer)}</code></li>
`;
}

function operationsHtml({ affectedOperations }: Cause): string {
  if (affectedOperations.length < 2) return "";
  const items = affectedOperations.map(
    ({ method, path }) => `<li><code><b>${escapeHtml(method)}</b> ${escapeHtml(path)}</code></li>`,
  );
  return `<details class="operations"><summary>${countText(items.length, "operation")}</summary>
<ul>${items.join("")}</ul></details>
`;
}

/** Escaped, with what stands in backticks as code. */
function proseHtml(text: string): string {
  return text
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? `<code>${escapeHtml(part)}</code>` : escapeHtml(part)))
    .join("");
}

/** A line end says nothing in a sentence. */
function escapeHtml(text: string): string {
  return escapeXml(text.replaceAll(/[\t\r\n]+/g, " "));
}
