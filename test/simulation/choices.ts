import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/**
 * Every decision of a schedule, drawn from one seed. A decision of 0 is the dull one: no fault, the first in the queue. A
 * schedule replays from its seed and the set of decisions that were made dull when it was shrunk.
 */
export type Choices = {
  /** A whole number from 0 to `count - 1`. */
  pick(count: number): number;
  /** `true` about `perMille` times of 1,000. */
  happens(perMille: number): boolean;
  /** Decisions made so far. */
  made(): number;
  /** Numbers of those that were not dull. */
  lively(): number[];
};

/** @param dulled numbers of decisions that are 0 whatever the seed says */
export const createChoices = (seed: number, dulled: ReadonlySet<number> = new Set()): Choices => {
  const random = xoroshiro128plus(seed);
  const lively: number[] = [];
  let made = 0;
  const draw = (count: number): number => {
    const number = made;
    made += 1;
    const drawn = count > 1 ? uniformInt(random, 0, count - 1) : 0;
    if (drawn === 0 || dulled.has(number)) return 0;
    lively.push(number);
    return drawn;
  };
  return {
    pick: draw,
    // The last of the thousand, so that a dulled decision means that nothing happens.
    happens: (perMille) => {
      const number = made;
      made += 1;
      const isDrawn = uniformInt(random, 0, 999) >= 1000 - perMille;
      if (!isDrawn || dulled.has(number)) return false;
      lively.push(number);
      return true;
    },
    made: () => made,
    lively: () => lively,
  };
};
