import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../jobs/ports.ts";

export type VirtualClock = Clock & {
  /** Moves time on, waking sleepers at their moments in order, and lets each run on before time moves again. */
  advance(durationMs: number): Promise<void>;
};

/**
 * A clock that stands still until it is told to move. `startMs` is in epoch milliseconds.
 * @example const clock = createVirtualClock(Date.parse("2026-01-01T00:00:00Z")); await clock.advance(60_000);
 */
export const createVirtualClock = (startMs: number): VirtualClock => {
  let nowMs = startMs;
  const sleepers = new Set<{ wakeAtMs: number; wake(): void }>();

  const nextSleeper = (untilMs: number) =>
    [...sleepers].filter(({ wakeAtMs }) => wakeAtMs <= untilMs).sort((a, b) => a.wakeAtMs - b.wakeAtMs)[0];

  return {
    nowMs: () => nowMs,
    sleep: (durationMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = {
          wakeAtMs: nowMs + durationMs,
          wake() {
            sleepers.delete(sleeper);
            signal?.removeEventListener("abort", sleeper.wake);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", sleeper.wake, { once: true });
      }),
    async advance(durationMs) {
      const untilMs = nowMs + durationMs;
      await nextTurn();
      for (let next = nextSleeper(untilMs); next !== undefined; next = nextSleeper(untilMs)) {
        nowMs = Math.max(nowMs, next.wakeAtMs);
        next.wake();
        await nextTurn();
      }
      nowMs = untilMs;
    },
  };
};
