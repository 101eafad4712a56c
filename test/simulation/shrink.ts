import { type Outcome, type Schedule, simulate } from "./simulate.ts";
import type { Bug } from "./world.ts";

/** A story that takes longer to shorten is read as it is. */
const maxTries = 1_000;

/**
 * Makes as many decisions of a failing schedule dull as it can while the same promise is still broken (delta debugging:
 * halves, then smaller and smaller parts), so that the story of what is left is short.
 */
export const shrink = async (schedule: Schedule, bug?: Bug): Promise<{ schedule: Schedule; outcome: Outcome }> => {
  let outcome = await simulate(schedule, bug);
  let dulled = new Set(schedule.dulled);
  const promise = outcome.broken?.promise;
  let tries = 0;
  for (let parts = 2; outcome.lively.length > 0 && tries < maxTries; ) {
    const { lively } = outcome;
    const size = Math.ceil(lively.length / parts);
    let isShorter = false;
    for (let from = 0; from < lively.length; from += size) {
      const tried = new Set([...dulled, ...lively.slice(from, from + size)]);
      tries += 1;
      const candidate = await simulate({ ...schedule, dulled: tried }, bug, outcome.brokenAfterMs);
      if (candidate.broken?.promise !== promise || candidate.lively.length >= lively.length) continue;
      [dulled, outcome, isShorter] = [tried, candidate, true];
      break;
    }
    if (isShorter) parts = Math.max(2, parts - 1);
    else if (size === 1) break;
    else parts *= 2;
  }
  return { schedule: { ...schedule, dulled }, outcome };
};

/** The story of a failing schedule, and how to see it again. */
export const describeFailure = ({ schedule, outcome }: Awaited<ReturnType<typeof shrink>>): string =>
  [
    `seed ${schedule.seed} breaks a promise; shrunk to ${outcome.lively.length} decisions:`,
    ...outcome.story.map((line) => `  ${line}`),
    `replay: npm run simulate -- --seed ${schedule.seed} --schedules 1`,
  ].join("\n");
