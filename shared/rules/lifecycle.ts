import type { Lifecycle } from "../diff/facts.ts";

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

/** `open`: deprecated without a date. `unreadable`: a date that is none. */
export type SunsetState = "open" | "passed" | "ahead" | "unreadable";

/** Where `sunset` (`x-sunset`, RFC 3339 date or date-time) lies relative to `today`. The day itself has passed. */
export function sunsetState(sunset: string | undefined, today: string): SunsetState {
  if (sunset === undefined) return "open";
  const day = dayOf(sunset);
  if (day === undefined) return "unreadable";
  return day <= today.slice(0, 10) ? "passed" : "ahead";
}

const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * The day of an RFC 3339 date or date-time, or of the HTTP date that the header `Sunset` has (RFC 8594); `undefined` where
 * there is none.
 */
export function dayOf(date: string): string | undefined {
  if (httpDate.test(date) && !Number.isNaN(Date.parse(date))) return new Date(date).toISOString().slice(0, 10);
  const day = /^\d{4}-\d{2}-\d{2}(?=$|[Tt ])/.exec(date)?.[0];
  if (day === undefined || Number.isNaN(Date.parse(day))) return undefined;
  return new Date(day).toISOString().startsWith(day) ? day : undefined; // 30 February is read as a day of March
}

/** What happened to the age that something says it has. `expired`: it has a new sunset, which has passed already. */
export type AgeChange =
  | "none"
  | "reactivated"
  | "deprecated"
  | "deprecated-with-sunset"
  | "expired"
  | "sunset-added"
  | "sunset-deleted"
  | "sunset-earlier"
  | "sunset-later";

/** Compares two ages. A sunset that cannot be read is none. */
export function ageChangeOf(was: Lifecycle, is: Lifecycle, today: string): AgeChange {
  if (!is.deprecated) return was.deprecated ? "reactivated" : "none";
  const before = was.sunset === undefined ? undefined : dayOf(was.sunset);
  const after = is.sunset === undefined ? undefined : dayOf(is.sunset);
  const hasPassed = sunsetState(after, today) === "passed";
  if (!was.deprecated) return after === undefined ? "deprecated" : hasPassed ? "expired" : "deprecated-with-sunset";
  if (before === after) return "none";
  if (before === undefined) return hasPassed ? "expired" : "sunset-added";
  if (after === undefined) return "sunset-deleted";
  return after < before ? "sunset-earlier" : "sunset-later";
}
