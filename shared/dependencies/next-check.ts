import { createHash } from "node:crypto";
import { cadenceMs } from "../contracts/api/cadence.ts";
import type { Dependency } from "./dependency.ts";

const dayMs = 86_400_000;

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
