import { createHash } from "node:crypto";
import { cadenceMs } from "../contracts/api/cadence.ts";
import type { Dependency } from "./dependency.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * Cadences whose moments have a place in the index for good: a check by one of them moves nothing there, where any other one
 * costs three writes. Each is looked at by every run of the schedule, so these are the ones that people take.
 */
export const beatCadencesMs = [
  ...[5, 10, 15, 30].map((minutes) => minutes * minuteMs),
  ...[1, 2, 3, 4, 6, 8, 12, 24].map((hours) => hours * hourMs),
] as const;

/** Where in its cadence a dependency's checks fall: the same for good, and spread evenly over all dependencies. */
const phaseMs = (dependencyId: string, everyMs: number): number =>
  createHash("sha256").update(dependencyId).digest().readUInt32BE(0) % everyMs;

/**
 * When the schedule looks at a dependency next, in epoch milliseconds: its own moment of each cadence, so that a thousand
 * hourly dependencies that were added together are not checked together. A paused one is looked at a day later at the
 * earliest (the half-open probe).
 */
export const nextCheckMs = ({ id, cadence, health }: Pick<Dependency, "id" | "cadence" | "health">, nowMs: number) => {
  const everyMs = cadenceMs(cadence);
  if (health.status === "paused") return nowMs + Math.max(dayMs, everyMs);
  const phase = phaseMs(id, everyMs);
  return phase + (Math.floor((nowMs - phase) / everyMs) + 1) * everyMs;
};

/** The same as a time in ISO 8601. */
export const nextCheckAt = (dependency: Pick<Dependency, "id" | "cadence" | "health">, nowMs: number): string =>
  new Date(nextCheckMs(dependency, nowMs)).toISOString();

export type Beat = { everyMs: number; phaseMs: number };

/**
 * The beat that the next check keeps: its moment of the cadence, in one of `beatCadencesMs`. `undefined` when the check is
 * planned for any other moment.
 */
export const beatOf = ({ id, cadence, nextCheckAt: planned }: Pick<Dependency, "id" | "cadence" | "nextCheckAt">) => {
  const everyMs = cadenceMs(cadence);
  if (planned === undefined || !beatCadencesMs.includes(everyMs)) return undefined;
  const phase = phaseMs(id, everyMs);
  return (Date.parse(planned) - phase) % everyMs === 0 ? { everyMs, phaseMs: phase } : undefined;
};

/** `at`, or a millisecond later where that is on the dependency's beat: what waits there is looked at by every run. */
export const offBeat = (dependency: Pick<Dependency, "id" | "cadence">, at: string): string =>
  beatOf({ ...dependency, nextCheckAt: at }) === undefined ? at : new Date(Date.parse(at) + 1).toISOString();

/** Beats are looked at this much later, when the index shows whoever was given one just before it. */
const indexLagMs = 5_000;

/** Up to this moment a run looks at beats. */
export const beatsUntilMs = (nowMs: number): number => nowMs - indexLagMs;

/**
 * The phases of a beat that come up after `afterMs` and until `untilMs`, as one or two ranges of one cycle each: `fromMs` and
 * `toMs` are inclusive and count from `cycleMs`, in epoch milliseconds. Without `afterMs`: those of the whole last cycle.
 */
export const phasesBetween = (everyMs: number, afterMs: number | undefined, untilMs: number) => {
  const firstMs = Math.max((afterMs ?? 0) + 1, untilMs - everyMs + 1);
  const lastCycleMs = Math.floor(untilMs / everyMs) * everyMs;
  return [lastCycleMs - everyMs, lastCycleMs]
    .map((cycleMs) => ({
      cycleMs,
      fromMs: Math.max(firstMs - cycleMs, 0),
      toMs: Math.min(untilMs - cycleMs, everyMs - 1),
    }))
    .filter(({ fromMs, toMs }) => fromMs <= toMs);
};
