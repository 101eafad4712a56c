import type { Counts, Level } from "../diff/change-set.ts";

/** From which level on a gate closes. */
const levelsByFailOn = {
  breaking: ["breaking"],
  risky: ["breaking", "risky"],
  safe: ["breaking", "risky", "safe"],
  none: [],
} as const satisfies Record<string, readonly Level[]>;

export type FailOn = keyof typeof levelsByFailOn;

export const failOnNames = Object.keys(levelsByFailOn);

export function isFailOn(name: string): name is FailOn {
  return Object.hasOwn(levelsByFailOn, name);
}

/** The levels that meet `failOn`. */
export function failingLevelsOf(failOn: FailOn): readonly Level[] {
  return levelsByFailOn[failOn];
}

/** Whether a change is at least as bad as `failOn`; never for `none`. */
export function isFailOnMet(counts: Counts, failOn: FailOn): boolean {
  return levelsByFailOn[failOn].some((level) => counts[level] > 0);
}
