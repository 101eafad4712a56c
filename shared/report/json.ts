import type { ChangeSet } from "../diff/change-set.ts";

/** The whole change set for a program. */
export function renderJson(changes: ChangeSet): string {
  return `${JSON.stringify(changes, null, 2)}\n`;
}
