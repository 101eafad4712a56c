import { describe, expect, it } from "vitest";
import { nextCheckMs } from "../../../shared/dependencies/next-check.ts";

const hourMs = 3_600_000;
const nowMs = Date.parse("2026-01-01T00:00:00Z");
const healthy = { status: "healthy", consecutiveFailures: 0 } as const;

describe("the next check", () => {
  it("of a thousand hourly dependencies that were added at once is spread over the hour", () => {
    const perMinute = Array<number>(60).fill(0);
    for (let number = 0; number < 1_000; number += 1) {
      const delayMs = nextCheckMs({ id: `d${number}`, cadence: "1h", health: healthy }, nowMs) - nowMs;
      expect(delayMs).toBeGreaterThan(0);
      expect(delayMs).toBeLessThanOrEqual(hourMs);
      const minute = Math.floor((delayMs - 1) / 60_000);
      perMinute[minute] = (perMinute[minute] ?? 0) + 1;
    }
    // 17 a minute on average; more than 40 would be a burst.
    expect(Math.max(...perMinute)).toBeLessThan(40);
    expect(Math.min(...perMinute)).toBeGreaterThan(2);
  });

  it("comes at the same moment of each cadence, however late the run before it was", () => {
    const target = { id: "d1", cadence: "15m", health: healthy };
    const first = nextCheckMs(target, nowMs);
    expect(nextCheckMs(target, first)).toBe(first + hourMs / 4);
    expect(nextCheckMs(target, first + 7 * 60_000)).toBe(first + hourMs / 4);
    expect(nextCheckMs(target, first - 1)).toBe(first);
  });

  it("of a paused dependency comes a day later at the earliest", () => {
    const health = { status: "paused", consecutiveFailures: 10 } as const;
    expect(nextCheckMs({ id: "d1", cadence: "5m", health }, nowMs)).toBe(nowMs + 24 * hourMs);
    expect(nextCheckMs({ id: "d1", cadence: "7d", health }, nowMs)).toBe(nowMs + 7 * 24 * hourMs);
  });
});
