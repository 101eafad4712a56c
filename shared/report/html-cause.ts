import type { Cause, Finding } from "../diff/change-set.ts";
import type { AdjustedChangeSet } from "../rules/adjust-change-set.ts";
import type { JsonValue } from "../spec/model.ts";
import type { OperationBook } from "./html-operations.ts";
import { escapeHtml, proseHtml } from "./html-text.ts";
import { countText, findingsOf, placesText } from "./phrases.ts";

/** Characters of a value that are shown. */
const maxValueLength = 400;

/** One edit: a line that says it, and below it what follows from it, for whom and where. */
export function causeHtml(changes: AdjustedChangeSet, cause: Cause, isOpen: boolean, book: OperationBook): string {
  const findings = findingsOf(changes, cause);
  const { affectedOperations, level, key, summary } = cause;
  const reach = affectedOperations.length === 0 ? "whole document" : countText(affectedOperations.length, "operation");
  return `<details class="cause ${level}" id="edit-${escapeHtml(key)}" data-level="${level}"${isOpen ? " open" : ""}>
<summary><span class="says">${proseHtml(summary)}</span> <span class="reach">${reach}</span></summary>
<ul class="findings">
${findings.map((finding) => findingHtml(changes, finding, findings.length > 1)).join("")}</ul>
${book.listHtml(affectedOperations)}<a class="self" href="#edit-${escapeHtml(key)}">Link</a></details>
`;
}

function findingHtml(changes: AdjustedChangeSet, finding: Finding, showsMessage: boolean): string {
  const message = showsMessage ? `<p>${proseHtml(finding.message)}</p>` : "";
  const places = placesText(changes, finding);
  const where = places === "" ? "" : ` <span class="quiet">${escapeHtml(places)}</span>`;
  return `<li>${message}<code class="rule ${finding.level}">${escapeHtml(finding.ruleId)}</code>${where}${valuesHtml(finding)}
<p class="quiet"><code>${escapeHtml(finding.pointer)}</code></p></li>
`;
}

/** What was there before, and what is there now, where the finding says so. */
function valuesHtml({ kind, args }: Finding): string {
  const { before, after } = args;
  const added = args.values ?? args.value ?? args.pattern ?? args.branch ?? args.scopes;
  const rows =
    before !== undefined && after !== undefined
      ? [deletedHtml("before", before), insertedHtml("after", after)]
      : added === undefined || (kind !== "add" && kind !== "remove")
        ? []
        : [kind === "add" ? insertedHtml("added", added) : deletedHtml("removed", added)];
  return rows.length === 0 ? "" : `\n<div class="values">${rows.join("")}</div>`;
}

function deletedHtml(sign: string, value: JsonValue): string {
  return `<del><span class="sign">${sign}</span> ${valueHtml(value)}</del>`;
}

function insertedHtml(sign: string, value: JsonValue): string {
  return `<ins><span class="sign">${sign}</span> ${valueHtml(value)}</ins>`;
}

function valueHtml(value: JsonValue): string {
  const text = typeof value === "string" ? value : listText(value);
  const shown = text.length > maxValueLength ? `${text.slice(0, maxValueLength)}…` : text;
  return `<code>${escapeHtml(shown.replaceAll("`", ""))}</code>`;
}

function listText(value: JsonValue): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  return value.map((item) => (typeof item === "string" ? item : JSON.stringify(item))).join(", ");
}
