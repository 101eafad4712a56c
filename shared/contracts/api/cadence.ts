import * as z from "zod";

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Below this, a check could meet the one before it. */
const shortestCadenceMs = 5 * unitMs.m;
const longestCadenceMs = 31 * unitMs.d;

const isUnit = (text: string): text is keyof typeof unitMs => Object.hasOwn(unitMs, text);

/**
 * Milliseconds of a cadence; `NaN` for what is not one.
 * @example cadenceMs("15m") → 900000
 */
export const cadenceMs = (cadence: string): number => {
  const unit = cadence.slice(-1);
  return /^[1-9]\d{0,4}[mhd]$/.test(cadence) && isUnit(unit) ? Number(cadence.slice(0, -1)) * unitMs[unit] : Number.NaN;
};

const isAllowed = (cadence: string): boolean => {
  const ms = cadenceMs(cadence);
  return ms >= shortestCadenceMs && ms <= longestCadenceMs;
};

/** How often a dependency is checked. */
export const cadence = z
  .string()
  .refine(isAllowed, "must be a number with m, h or d between 5m and 31d, such as 15m, 1h or 1d")
  .meta({ id: "Cadence", pattern: "^[1-9][0-9]{0,4}[mhd]$", description: "From 5m to 31d.", example: "1h" });
