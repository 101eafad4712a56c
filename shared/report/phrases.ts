import type { Cause, ChangeSet, DocumentSummary, Finding, Level, OperationRef } from "../diff/change-set.ts";

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
export function headlineText({ before, after }: ChangeSet): string {
  return `${documentName(before)} → ${documentName(after)}`;
}

/** How many changes of which level, in one sentence. `paint` colours the count of one level. */
export function summaryText({ counts }: ChangeSet, paint: (level: Level, text: string) => string = plain): string {
  if (counts.total === 0) return "No changes: both documents describe the same API.";
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
export function findingsOf({ findings }: ChangeSet, cause: Cause): Finding[] {
  return cause.findings.flatMap((index) => findings[index] ?? []);
}

/** The first operations by name and the number of the others. */
export function operationsText(operations: readonly OperationRef[]): string {
  const named = operations.slice(0, maxNamedOperations).map(({ method, path }) => `${method} ${path}`);
  const hidden = operations.length - named.length;
  return hidden > 0 ? `${named.join(", ")} and ${hidden} more` : named.join(", ");
}

/** Lines in both documents: `old.yaml:4 → new.yaml:5`; empty where no lines are known. */
export function placesText({ before, after }: ChangeSet, finding: Finding): string {
  const places = [placeText(before.source, finding.before?.line), placeText(after.source, finding.after?.line)];
  return places.filter((text) => text !== undefined).join(" → ");
}

function placeText(source: string | undefined, line: number | undefined): string | undefined {
  if (line === undefined) return undefined;
  return source === undefined || source === "-" ? `line ${line}` : `${source}:${line}`;
}
