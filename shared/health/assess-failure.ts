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

/** Whether people are told: what is paused was unhealthy before. */
export const isUnhealthy = (status: HealthStatus): boolean => status === "unhealthy" || status === "paused";

/** Health after one more failed sync. */
export const healthAfterFailure = (health: DependencyHealth, failure: DependencyFailure): DependencyHealth => {
  const consecutiveFailures = health.consecutiveFailures + 1;
  const status = assessFailures(consecutiveFailures, failure.thresholds);
  const at = new Date(failure.atMs).toISOString();
  return {
    ...health,
    status,
    consecutiveFailures,
    ...(isUnhealthy(status) ? { unhealthyAt: health.unhealthyAt ?? at } : {}),
    lastFailureAt: at,
    lastError: { name: failure.name, message: failure.message },
  };
};

/** Health after a finished sync: the counter starts anew, the time of the last failure is kept for the record. */
export const healthAfterSuccess = (health: DependencyHealth, atMs: number): DependencyHealth => {
  const { lastError: _, unhealthyAt, ...kept } = health;
  return {
    ...kept,
    status: "healthy",
    consecutiveFailures: 0,
    // Who was told of it will be told of its recovery, under the same time.
    ...(health.toldUnhealthy ? { unhealthyAt } : {}),
    lastSuccessAt: new Date(atMs).toISOString(),
  };
};

/**
 * Whether its people believe something else than what is: that it is well while it is unhealthy, or the reverse. One that
 * recovered before anybody was told is told of by nobody.
 */
export const isNoticeDue = ({ status, toldUnhealthy = false }: DependencyHealth): boolean =>
  isUnhealthy(status) !== toldUnhealthy;

/** Health once its people were told that it is, or is no longer, unhealthy. */
export const healthAfterNotice = (health: DependencyHealth, toldUnhealthy: boolean): DependencyHealth => ({
  ...health,
  toldUnhealthy: toldUnhealthy ? true : undefined,
  unhealthyAt: toldUnhealthy || isUnhealthy(health.status) ? health.unhealthyAt : undefined,
});
