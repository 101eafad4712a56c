import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { functionRuns } from "../../../cost/assumptions.ts";
import { costPage, verdicts } from "../../../cost/cost-page.ts";
import { readCounts } from "../../../cost/counts.ts";

describe("docs/cost.md", () => {
  it("is what `npm run docs` writes of the counts and prices that are checked in", () => {
    expect(readFileSync("docs/cost.md", "utf8")).toBe(costPage(readCounts()));
  });

  it("keeps its three limits", () => {
    expect(verdicts(readCounts()).filter(({ limit, found }) => found > limit)).toEqual([]);
  });

  it("says of a count that grew too far that the limit is not kept", () => {
    const counts = readCounts();
    const grown = { ...counts.changedSyncFromCheck, transitions: counts.changedSyncFromCheck.transitions + 2 };
    const page = costPage({ ...counts, changedSyncFromCheck: grown });
    expect(page).toMatch(/\| a million changed syncs, found by checks \| 350 \| \d+\.\d\d \| \*\*no\*\* \|/);
    expect(page).toMatch(/\| a million unchanged checks \| 3 \| \d\.\d\d \| yes \|/);
  });

  it("knows how long a call takes of every function that was counted", () => {
    const { changedSyncFromCheck, changedSyncByHand } = readCounts();
    const counted = [changedSyncFromCheck, changedSyncByHand].flatMap(({ functions }) => Object.keys(functions));
    expect(counted.filter((name) => functionRuns[name] === undefined)).toEqual([]);
  });
});
