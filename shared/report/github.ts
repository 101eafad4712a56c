import type { Cause, Level } from "../diff/change-set.ts";
import type { AdjustedChangeSet } from "../rules/adjust-change-set.ts";
import {
  adjustmentTexts,
  countText,
  findingsOf,
  placesText,
  reportedLevels,
  sourceOf,
  summaryText,
} from "./phrases.ts";

const commands: Record<Level, string> = { breaking: "error", risky: "warning", safe: "notice" };

/** Annotations of one command that GitHub shows for a step; the others stand in the step's log alone. */
const maxShownAnnotations = 10;

/**
 * Workflow commands that annotate the new document, one for each cause, then the summary. What was removed has no line
 * there and is annotated at the head of the file. Of each level the edits that reach most operations come first, since
 * GitHub shows only the first ten.
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function renderGithub(changes: AdjustedChangeSet): string {
  const ordered = reportedLevels.flatMap((level) =>
    changes.causes
      .filter((cause) => cause.level === level)
      .sort((left, right) => right.affectedOperations.length - left.affectedOperations.length),
  );
  const lines = ordered.map((cause) => annotationOf(changes, cause));
  const notes = [...hiddenTexts(changes), ...adjustmentTexts(changes)].map(oneLine);
  return `${[...lines, summaryText(changes), ...notes].join("\n")}\n`;
}

function hiddenTexts({ causes }: AdjustedChangeSet): string[] {
  const hidden = reportedLevels
    .map((level) => causes.filter((cause) => cause.level === level).length - maxShownAnnotations)
    .reduce((sum, surplus) => sum + Math.max(0, surplus), 0);
  if (hidden === 0) return [];
  const shown = `GitHub shows the first ${maxShownAnnotations} annotations of each level`;
  return [`${shown}; ${countText(hidden, "more edit")} ${hidden === 1 ? "is" : "are"} in this log.`];
}

function annotationOf(changes: AdjustedChangeSet, cause: Cause): string {
  const findings = findingsOf(changes, cause);
  const [lead] = findings;
  const file = fileOf(sourceOf(changes.after, lead?.after));
  const properties = [
    ...(file === undefined ? [] : [["file", file]]),
    ...(file === undefined || lead?.after?.line === undefined ? [] : [["line", String(lead.after.line)]]),
    ...(file === undefined || lead?.after?.column === undefined ? [] : [["col", String(lead.after.column)]]),
    ["title", lead?.ruleId ?? cause.level],
  ];
  const details = findings.length > 1 ? findings.map(({ message }) => `- ${message}`) : [];
  const places = lead === undefined ? "" : placesText(changes, lead);
  const message = [cause.summary, ...details, ...(places === "" ? [] : [places])].join("\n");
  const written = properties.map(([name = "", value = ""]) => `${name}=${escapeProperty(value)}`).join(",");
  return `::${commands[cause.level]} ${written}::${escapeData(message)}`;
}

/** A line of its own could be taken for a command. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}

/** A path in the repository; what came from elsewhere cannot be annotated. */
function fileOf(source: string | undefined): string | undefined {
  return source === undefined || source === "-" || /^https?:\/\//i.test(source) ? undefined : source;
}

/** As the runner's own toolkit escapes what follows `::`. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
