import type { Choices } from "./choices.ts";

/** Whoever runs: a function's process, or a service that never dies. A dead one never goes on. */
export type Strand = {
  name: string;
  isDead: boolean;
  /** Until then nothing of it goes on, its timers included: a machine that stands still. */
  frozenUntilMs: number;
};

export type Scheduler = {
  /** True time in epoch milliseconds; processes have clocks of their own. */
  nowMs(): number;
  /** Stops `strand` here until the scheduler lets it go on; never again when it died meanwhile. */
  gate(strand: Strand): Promise<void>;
  /** An abort ends it early. */
  sleep(strand: Strand, durationMs: number, signal?: AbortSignal): Promise<void>;
  /** Lets everything go on, one at a time, until `untilMs` or until nothing is left to happen. */
  run(untilMs: number, afterStep: () => void): Promise<void>;
};

/** How often, of 1,000 steps, time passes though somebody could go on. */
const pausesPerMille = 8;
const longestPauseMs = 20_000;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * One world on one thread: the engine's code runs until it waits, then the seed decides who goes on, and how much time
 * has passed. Everything that the code under test waits for is a gate or a sleep, so that a schedule is its decisions.
 */
export const createScheduler = (startMs: number, choices: Choices): Scheduler => {
  let nowMs = startMs;
  let waiting: { strand: Strand; open(): void }[] = [];
  let sleepers: { strand: Strand; wakeAtMs: number; wake(): void }[] = [];

  /** When a sleeper can go on. */
  const wakeMsOf = ({ strand, wakeAtMs }: { strand: Strand; wakeAtMs: number }): number =>
    Math.max(wakeAtMs, strand.frozenUntilMs);

  const wakeUntil = (untilMs: number): void => {
    const due = sleepers.filter((one) => wakeMsOf(one) <= untilMs).sort((a, b) => wakeMsOf(a) - wakeMsOf(b));
    sleepers = sleepers.filter((one) => wakeMsOf(one) > untilMs);
    nowMs = Math.max(nowMs, untilMs);
    for (const { strand, wake } of due) if (!strand.isDead) wake();
  };

  return {
    nowMs: () => nowMs,
    gate: (strand) => new Promise((open) => waiting.push({ strand, open })),
    sleep: (strand, durationMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = {
          strand,
          wakeAtMs: nowMs + Math.ceil(Math.max(0, durationMs)),
          wake() {
            signal?.removeEventListener("abort", leave);
            resolve();
          },
        };
        const leave = (): void => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          resolve();
        };
        signal?.addEventListener("abort", leave, { once: true });
        sleepers.push(sleeper);
      }),
    async run(untilMs, afterStep) {
      for (;;) {
        await nextTurn();
        afterStep();
        waiting = waiting.filter(({ strand }) => !strand.isDead);
        sleepers = sleepers.filter(({ strand }) => !strand.isDead);
        const ready = waiting.filter(({ strand }) => strand.frozenUntilMs <= nowMs);
        const frozen = waiting.filter(({ strand }) => strand.frozenUntilMs > nowMs);
        if (ready.length === 0 || choices.happens(pausesPerMille)) {
          const wakesMs = [...sleepers.map(wakeMsOf), ...frozen.map(({ strand }) => strand.frozenUntilMs)];
          const nextMs = ready.length === 0 ? Math.min(...wakesMs) : nowMs + 1 + choices.pick(longestPauseMs);
          if (nextMs > untilMs) return;
          wakeUntil(nextMs);
          continue;
        }
        const next = ready[choices.pick(ready.length)];
        waiting = waiting.filter((other) => other !== next);
        next?.open();
      }
    },
  };
};
