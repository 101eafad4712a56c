import type {
  DependencyFailure,
  DependencyHealth,
  HealthStatus,
  HealthThresholds,
} from "../dependencies/dependency.ts";

/** Consecutive failures of a dependency at which its status changes (`seeds/0`: 3, 5 and 10). */
export const defaultHealthThresholds: HealthThresholds = { degraded: 3, unhealthy: 5, paused: 10 };

/**
 * The circuit breaker: status of a dependency after so many failed syncs in a row.
 * @example assessFailures(4, defaultHealthThresholds) → "degraded"
 */
export const assessFailures = (consecutiveFailures: number, thresholds: HealthThresholds): HealthStatus => {
  if (consecutiveFailures >= thresholds.paused) return "paused";
  if (consecutiveFailures >= thresholds.unhealthy) return "unhealthy";
  if (consecutiveFailures >= thresholds.degraded) return "degraded";
  return "healthy";
};

/** Health after one more failed sync. */
export const healthAfterFailure = (health: DependencyHealth, failure: DependencyFailure): DependencyHealth => {
  const consecutiveFailures = health.consecutiveFailures + 1;
  return {
    ...health,
    status: assessFailures(consecutiveFailures, failure.thresholds),
    consecutiveFailures,
    lastFailureAt: new Date(failure.atMs).toISOString(),
    lastError: { name: failure.name, message: failure.message },
  };
};

/** Health after a finished sync: the counter starts anew, the time of the last failure is kept for the record. */
export const healthAfterSuccess = (health: DependencyHealth, atMs: number): DependencyHealth => {
  const { lastError: _, ...kept } = health;
  return { ...kept, status: "healthy", consecutiveFailures: 0, lastSuccessAt: new Date(atMs).toISOString() };
};
