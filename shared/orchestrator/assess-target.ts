import type { Dependency } from "../dependencies/dependency.ts";
import { isSurface } from "../providers/catalog-tenant.ts";

/** Which targets the schedule looks after. */
export type OrchestratorPolicy = {
  /**
   * `opt-in`: those that are enabled, of tenants on the allowlist. `opt-out`: all that were not disabled, whoever's they
   * are.
   */
  mode: "opt-in" | "opt-out";
  /** Tenants of the opt-in mode; empty means all. */
  allowedTenants: readonly string[];
};

/**
 * What the schedule does about one target, and why.
 * - `submit`: it needs a look. `due` by its cadence; `probe`: paused, and looked at once a day.
 * - `healthy`: it was looked at since it fell due, by hand or by an earlier run.
 * - `skip`: not now; `follows_provider`: its provider surface is checked instead; `until` says when, where that is known.
 */
export type Decision =
  | { action: "submit"; reason: "due" | "probe" }
  | { action: "healthy"; reason: "checked_since" }
  | { action: "skip"; reason: "opted_out" | "follows_provider" | "not_allowed" | "syncing" }
  | { action: "skip"; reason: "not_due" | "paused" | "rate_limited"; until?: string };

/**
 * Judges one target at a moment. The same judgement serves the run, the dry run and the preview. Provider surfaces are everyone's,
 * so that no allowlist leaves them out.
 */
export const assessTarget = (
  target: Dependency,
  { mode, allowedTenants }: OrchestratorPolicy,
  nowMs: number,
): Decision => {
  const { tenantId, enabled, activeJobId, nextCheckAt, lastCheckedAt, health, rateLimited } = target;
  if (!enabled) return { action: "skip", reason: "opted_out" };
  if (target.providerSurfaceId !== undefined) return { action: "skip", reason: "follows_provider" };
  const isListed = allowedTenants.length === 0 || allowedTenants.includes(tenantId) || isSurface(target);
  if (mode === "opt-in" && !isListed) return { action: "skip", reason: "not_allowed" };
  if (activeJobId !== undefined) return { action: "skip", reason: "syncing" };
  const isPaused = health.status === "paused";
  if (nextCheckAt === undefined || Date.parse(nextCheckAt) > nowMs) {
    const waits = rateLimited !== undefined && Date.parse(rateLimited.until) > nowMs;
    return { action: "skip", reason: waits ? "rate_limited" : isPaused ? "paused" : "not_due", until: nextCheckAt };
  }
  if (lastCheckedAt !== undefined && Date.parse(lastCheckedAt) >= Date.parse(nextCheckAt))
    return { action: "healthy", reason: "checked_since" };
  return { action: "submit", reason: isPaused ? "probe" : "due" };
};
