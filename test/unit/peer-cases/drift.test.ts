import { describe, expect, it } from "vitest";
import { driftDifferences } from "./differences.ts";
import { driftCases, judgementOf, type Verdict } from "./peer-cases.ts";

/** Our verdicts that agree with each of the other engine's; `unhandled` is a change that it cannot judge. */
const agreeing: Record<(typeof driftCases)[number]["verdict"], readonly Verdict[]> = {
  none: ["unchanged"],
  compatible: ["unchanged", "safe"],
  breaking: ["breaking"],
  unhandled: ["safe", "risky", "breaking"],
};

describe("the cases of drift", () => {
  it.each(driftCases.map((one) => [one.case, one] as const))("%s", (name, { base, revision, verdict }) => {
    const ours = judgementOf("drift", base, revision).verdict;
    const difference = agreeing[verdict].includes(ours) ? undefined : ours;
    expect(difference).toBe(driftDifferences[name]?.ours);
  });

  it("are 79, and only they have differences", () => {
    expect(driftCases.length).toBe(79);
    const names = new Set(driftCases.map((one) => one.case));
    expect(Object.keys(driftDifferences).filter((name) => !names.has(name))).toEqual([]);
  });
});
