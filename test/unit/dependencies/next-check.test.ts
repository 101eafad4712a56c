import { describe, expect, it } from "vitest";
import {
  beatCadencesMs,
  beatOf,
  nextCheckAt,
  nextCheckMs,
  offBeat,
  phasesBetween,
} from "../../../shared/dependencies/next-check.ts";

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

describe("a beat", () => {
  const target = { id: "d1", cadence: "1h", health: healthy };

  it("is kept by every next check of a cadence that people take, and by no other", () => {
    const planned = nextCheckAt(target, nowMs);
    expect(beatOf({ ...target, nextCheckAt: planned })).toEqual({
      everyMs: hourMs,
      phaseMs: Date.parse(planned) % hourMs,
    });
    expect(beatOf({ ...target, nextCheckAt: new Date(nowMs).toISOString() })).toBeUndefined();
    expect(beatOf({ ...target, nextCheckAt: undefined })).toBeUndefined();
    expect(beatOf({ ...target, cadence: "61m", nextCheckAt: planned })).toBeUndefined();
    const week = { ...target, cadence: "7d" };
    expect(beatOf({ ...week, nextCheckAt: nextCheckAt(week, nowMs) })).toBeUndefined();
  });

  it("is left by a millisecond, and what is off it stays where it is", () => {
    const planned = nextCheckAt(target, nowMs);
    const off = offBeat(target, planned);
    expect(Date.parse(off) - Date.parse(planned)).toBe(1);
    expect(offBeat(target, off)).toBe(off);
  });

  it.each([...beatCadencesMs])(
    "of %i ms comes up exactly once in the windows of one run after the other",
    (everyMs) => {
      const phaseMs = 123_456 % everyMs;
      const cameUp: number[] = [];
      let afterMs = nowMs + 17;
      for (let step = 1; afterMs < nowMs + 2 * everyMs; step += 1) {
        const untilMs = afterMs + ((step * 7_919) % Math.ceil(everyMs / 3)) + 1;
        for (const { cycleMs, fromMs, toMs } of phasesBetween(everyMs, afterMs, untilMs))
          if (phaseMs >= fromMs && phaseMs <= toMs) cameUp.push(cycleMs + phaseMs);
        afterMs = untilMs;
      }
      const first = Math.ceil((nowMs + 18 - phaseMs) / everyMs) * everyMs + phaseMs;
      const expected: number[] = [];
      for (let atMs = first; atMs <= afterMs; atMs += everyMs) expected.push(atMs);
      expect(cameUp).toEqual(expected);
    },
  );

  it("comes up once in a window of more than its cadence, the last time", () => {
    const cycleMs = Math.floor(nowMs / hourMs) * hourMs;
    expect(phasesBetween(hourMs, undefined, cycleMs + 5)).toEqual([
      { cycleMs: cycleMs - hourMs, fromMs: 6, toMs: hourMs - 1 },
      { cycleMs, fromMs: 0, toMs: 5 },
    ]);
  });
});
