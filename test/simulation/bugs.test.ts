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

  it("gives a seed that replays exactly and a story that is shrunk", { timeout: 120_000 }, async () => {
    const bug = bugs["a release that does not look at the term"];
    let seed = 1;
    while ((await simulate({ seed }, bug)).broken === undefined) seed += 1;
    const first = await simulate({ seed }, bug);
    expect(await simulate({ seed }, bug)).toEqual(first);

    const { schedule, outcome } = await shrink({ seed }, bug);
    expect(outcome.broken?.promise).toBe(first.broken?.promise);
    // How far depends on the first seed that shows the bug: a late one keeps more of what led there.
    expect(outcome.lively.length).toBeLessThan((first.lively.length * 2) / 3);
    expect(await simulate(schedule, bug, first.brokenAfterMs)).toEqual(outcome);
  });
});
