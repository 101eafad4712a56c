import { describe, expect, it } from "vitest";
import { bugs } from "./bugs.ts";
import { shrink } from "./shrink.ts";
import { simulate } from "./simulate.ts";

/** Within this many schedules each bug must be seen; most are within ten. */
const maxSchedules = 10_000;

describe("an engine with a bug", () => {
  it.each(Object.entries(bugs))("is seen: %s", { timeout: 900_000 }, async (_, bug) => {
    for (let seed = 1; seed <= maxSchedules; seed += 1) {
      if ((await simulate({ seed }, bug)).broken !== undefined) return;
    }
    expect.unreachable(`not seen in ${maxSchedules} schedules`);
  });

  it("gives a seed that replays exactly and a story that is shrunk", { timeout: 300_000 }, async () => {
    const bug = bugs["a release that does not look at the term"];
    // How far a story can be shortened depends on the seed: a bug that shows late keeps much of what led there.
    const lengths: { told: number; shrunk: number }[] = [];
    for (let seed = 1; lengths.length < 3; seed += 1) {
      const first = await simulate({ seed }, bug);
      if (first.broken === undefined) continue;
      expect(await simulate({ seed }, bug)).toEqual(first);
      const { schedule, outcome } = await shrink({ seed }, bug);
      expect(outcome.broken?.promise).toBe(first.broken.promise);
      expect(await simulate(schedule, bug, first.brokenAfterMs)).toEqual(outcome);
      lengths.push({ told: first.lively.length, shrunk: outcome.lively.length });
    }
    expect(lengths.every(({ told, shrunk }) => shrunk < told)).toBe(true);
    expect(lengths.filter(({ told, shrunk }) => shrunk < told / 2)).not.toEqual([]);
  });
});
