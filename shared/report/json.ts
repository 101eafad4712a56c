import type { AdjustedChangeSet } from "../rules/adjust-change-set.ts";

/** The whole change set for a program. */
export function renderJson(changes: AdjustedChangeSet): string {
  return `${JSON.stringify(changes, null, 2)}\n`;
}
