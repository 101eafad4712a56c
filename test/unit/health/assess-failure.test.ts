import { describe, expect, it } from "vitest";
import {
  assessFailures,
  defaultHealthThresholds,
  healthAfterFailure,
  healthAfterNotice,
  healthAfterSuccess,
  isNoticeDue,
} from "../../../shared/health/assess-failure.ts";

const at = (ms: number) => new Date(ms).toISOString();

describe("the circuit breaker of a dependency", () => {
  it("changes at 3, 5 and 10 failures in a row, unless configured", () => {
    const statuses = Array.from({ length: 12 }, (_, failures) => assessFailures(failures, defaultHealthThresholds));
    expect(statuses).toEqual([
      ...Array(3).fill("healthy"),
      ...Array(2).fill("degraded"),
      ...Array(5).fill("unhealthy"),
      ...Array(2).fill("paused"),
    ]);
  });

  it("takes the worst status when thresholds are equal", () => {
    expect(assessFailures(1, { degraded: 1, unhealthy: 1, paused: 1 })).toBe("paused");
  });

  it("counts a failure and says what it was", () => {
    const health = { status: "healthy", consecutiveFailures: 2, lastSuccessAt: at(0) } as const;
    const failure = { atMs: 60_000, name: "Timeout", message: "no answer", thresholds: defaultHealthThresholds };
    expect(healthAfterFailure(health, failure)).toEqual({
      status: "degraded",
      consecutiveFailures: 3,
      lastSuccessAt: at(0),
      lastFailureAt: at(60_000),
      lastError: { name: "Timeout", message: "no answer" },
    });
  });

  it("starts anew with a success and keeps the time of the last failure", () => {
    const paused = {
      status: "paused",
      consecutiveFailures: 11,
      lastFailureAt: at(0),
      lastError: { name: "Timeout", message: "no answer" },
    } as const;
    expect(healthAfterSuccess(paused, 60_000)).toEqual({
      status: "healthy",
      consecutiveFailures: 0,
      lastFailureAt: at(0),
      lastSuccessAt: at(60_000),
    });
  });

  it("remembers when it became unhealthy, until its recovery is told", () => {
    const bad = { status: "degraded", consecutiveFailures: 4 } as const;
    const failure = (atMs: number) => ({ atMs, name: "T", message: "m", thresholds: defaultHealthThresholds });
    const unhealthy = healthAfterFailure(bad, failure(1_000));
    expect([unhealthy.unhealthyAt, isNoticeDue(unhealthy)]).toEqual([at(1_000), true]);
    expect(healthAfterFailure(unhealthy, failure(2_000)).unhealthyAt).toBe(at(1_000));
    const told = healthAfterNotice(unhealthy, true);
    expect(isNoticeDue(told)).toBe(false);
    const recovered = healthAfterSuccess(told, 3_000);
    expect([recovered.unhealthyAt, isNoticeDue(recovered)]).toEqual([at(1_000), true]);
    expect(healthAfterNotice(recovered, false)).toMatchObject({ toldUnhealthy: undefined, unhealthyAt: undefined });
    expect(isNoticeDue(healthAfterSuccess(unhealthy, 3_000))).toBe(false);
  });
});
