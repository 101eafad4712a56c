import { createChoices } from "./choices.ts";
import { checkFinalState } from "./final-state.ts";
import { BrokenPromise } from "./promises.ts";
import { type Bug, createWorld } from "./world.ts";

const minuteMs = 60_000;
/** With faults, people and changing hosts. */
const wildMs = 25 * minuteMs;
/** Longer than the engine leaves anything to itself: a job that nobody works on is ended after two hours. */
const calmMs = 200 * minuteMs;

export type Schedule = { seed: number; dulled?: ReadonlySet<number> };

export type Outcome = {
  broken: BrokenPromise | undefined;
  /** What happened, a line each. */
  story: string[];
  /** Numbers of the decisions that were not dull. */
  lively: number[];
  steps: number;
  /** Milliseconds from the first moment until the promise was broken; `undefined` at the end of all time. */
  brokenAfterMs: number | undefined;
};

/**
 * Runs one schedule from its first moment until everything must have settled, or until a promise is broken.
 * @param stopAfterMs looks no further than this moment of the wild part
 */
export const simulate = async ({ seed, dulled }: Schedule, bug: Bug = {}, stopAfterMs?: number): Promise<Outcome> => {
  const choices = createChoices(seed, dulled);
  const story: string[] = [];
  let steps = 0;
  let broken: BrokenPromise | undefined;
  let isOver = false;
  const world = await createWorld(choices, (line) => story.push(line), bug);
  const startMs = world.scheduler.nowMs();
  const look = (): void => {
    steps += 1;
    world.watch.look();
  };
  try {
    await world.scheduler.run(startMs + (stopAfterMs ?? wildMs), look);
    if (stopAfterMs === undefined) {
      world.calm();
      await world.scheduler.run(startMs + wildMs + calmMs, look);
      isOver = true;
      await checkFinalState(world);
      look();
    }
  } catch (error) {
    if (!(error instanceof BrokenPromise)) throw error;
    broken = error;
    story.push(`BROKEN: ${error.message}`);
  }
  const brokenAfterMs = broken === undefined || isOver ? undefined : world.scheduler.nowMs() - startMs;
  return { broken, story, lively: choices.lively(), steps, brokenAfterMs };
};
