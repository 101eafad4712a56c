import type { Cause, DocumentSummary, Finding, Level, OperationRef, SourcePlace } from "../diff/change-set.ts";
import type { AdjustedChangeSet, IgnoreEntry } from "../rules/adjust-change-set.ts";

/** Levels from the worst to the mildest: the order of every report. */
export const reportedLevels = ["breaking", "risky", "safe"] as const satisfies readonly Level[];

/** Operations that are named before the rest is counted. */
const maxNamedOperations = 3;

/** @example countText(1, "change") // "1 change" */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Title and version: `Pets 1.2.0`. */
export function documentName({ title, version }: DocumentSummary): string {
  return `${title || "Untitled"} ${version}`.trimEnd();
}

/** Both documents: `Pets 1 → Pets 2`. */
export function headlineText({ before, after }: AdjustedChangeSet): string {
  return `${documentName(before)} → ${documentName(after)}`;
}

/** How many changes of which level, in one sentence. `paint` colours the count of one level. */
export function summaryText(
  { counts, adjustments }: AdjustedChangeSet,
  paint: (level: Level, text: string) => string = plain,
): string {
  if (counts.total === 0) {
    return adjustments === undefined ? "No changes: both documents describe the same API." : "No changes are left.";
  }
  const parts = reportedLevels.map((level) => {
    const text = `${counts[level]} ${level}`;
    return counts[level] > 0 ? paint(level, text) : text;
  });
  return `${countText(counts.total, "change")} from ${countText(counts.causes, "edit")}: ${parts.join(", ")}`;
}

function plain(_: Level, text: string): string {
  return text;
}

/** The findings of `cause`, in the order of the change set. */
export function findingsOf({ findings }: AdjustedChangeSet, cause: Cause): Finding[] {
  return cause.findings.flatMap((index) => findings[index] ?? []);
}

/** The first operations by name and the number of the others. */
export function operationsText(operations: readonly OperationRef[]): string {
  const named = operations.slice(0, maxNamedOperations).map(({ method, path }) => `${method} ${path}`);
  const hidden = operations.length - named.length;
  return hidden > 0 ? `${named.join(", ")} and ${hidden} more` : named.join(", ");
}

/** Lines in both documents: `old.yaml:4 → new.yaml:5`; empty where no lines are known. */
export function placesText({ before, after }: AdjustedChangeSet, finding: Finding): string {
  const places = [placeText(before, finding.before), placeText(after, finding.after)];
  return places.filter((text) => text !== undefined).join(" → ");
}

/**
 * The file or URL of a place: that of its part, where the document has several. What has no place in an API of several
 * documents is shown at the first of them, since tools want a file.
 */
export function sourceOf(document: DocumentSummary, place: SourcePlace | null | undefined): string | undefined {
  return place?.source ?? document.files?.[0] ?? document.source;
}

function placeText(document: DocumentSummary, place: SourcePlace | null): string | undefined {
  const line = place?.line;
  if (line === undefined) return undefined;
  const source = sourceOf(document, place);
  return source === undefined || source === "-" ? `line ${line}` : `${source}:${line}`;
}

/** A sentence for everything that was done to the change set after judgement; none when nothing was. */
export function adjustmentTexts({ adjustments }: AdjustedChangeSet): string[] {
  if (adjustments === undefined) return [];
  const { severities, ignored, expired, filters } = adjustments;
  const wanted = [...filters.include, ...filters.exclude.map((filter) => `not ${filter}`)];
  return [
    ...(wanted.length === 0
      ? []
      : [`Filtered by ${wanted.join(", ")}: ${countText(filters.findings, "change")} left out.`]),
    ...ignored.map(
      (entry) =>
        `Ignored ${countText(entry.findings, "change")} by ${entryText(entry)}, until ${entry.until}: ${entry.reason}`,
    ),
    ...expired.map((entry) => `Ignored nothing by ${entryText(entry)}: it expired after ${entry.until}.`),
    ...severities.map(
      ({ rule, level, findings }) => `Set ${rule} to ${level}: ${countText(findings, "change")} moved.`,
    ),
  ];
}

function entryText({ rule, operation, pointer, owner }: IgnoreEntry): string {
  const parts = [rule, operation, pointer].filter((part) => part !== undefined);
  return `${parts.join(" at ")} (${owner})`;
}
