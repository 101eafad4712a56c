/** Stability levels, from the one that promises nothing to the one that promises all. */
export const stabilityLevels: readonly string[] = ["draft", "alpha", "beta", "stable"];

/** Whether `stability` (`x-stability-level`) promises nothing. Unknown and absent levels count as stable. */
export function isUnstable(stability: string | undefined): boolean {
  return stability === "draft" || stability === "alpha";
}

/** Position of `stability` in `stabilityLevels`; absent and unknown levels count as stable. */
export function stabilityRank(stability: string | undefined): number {
  const rank = stability === undefined ? -1 : stabilityLevels.indexOf(stability);
  return rank === -1 ? stabilityLevels.length - 1 : rank;
}

/** `open`: deprecated without a date. `unreadable`: a date that is not RFC 3339. */
export type SunsetState = "open" | "passed" | "ahead" | "unreadable";

/** Where `sunset` (`x-sunset`, RFC 3339 date or date-time) lies relative to `today`. The day itself has passed. */
export function sunsetState(sunset: string | undefined, today: string): SunsetState {
  if (sunset === undefined) return "open";
  const day = dayOf(sunset);
  if (day === undefined) return "unreadable";
  return day <= today.slice(0, 10) ? "passed" : "ahead";
}

/** The day of an RFC 3339 date or date-time, `undefined` where there is none. */
export function dayOf(date: string): string | undefined {
  const day = /^\d{4}-\d{2}-\d{2}(?=$|[Tt ])/.exec(date)?.[0];
  return day !== undefined && !Number.isNaN(Date.parse(day)) ? day : undefined;
}
