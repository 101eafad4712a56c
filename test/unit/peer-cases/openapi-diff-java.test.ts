import { describe, expect, it } from "vitest";
import { javaDifferences } from "./differences.ts";
import { javaCases, judgementOf, type Verdict } from "./peer-cases.ts";

/** Our verdicts that agree with each of the other engine's. */
const agreeing: Record<(typeof javaCases)[number]["expect"], readonly Verdict[]> = {
  unchanged: ["unchanged"],
  changed: ["safe", "risky", "breaking"],
  compatible: ["unchanged", "safe"],
  "changed-compatible": ["safe"],
  breaking: ["breaking"],
};

describe("the cases of openapi-diff-java", () => {
  it.each(javaCases.map((one) => [one.test, one] as const))("%s", (test, one) => {
    const ours = judgementOf("openapi-diff-java", one.base, one.revision).verdict;
    const difference = agreeing[one.expect].includes(ours) ? undefined : ours;
    expect(difference).toBe(javaDifferences[test]?.ours);
  });

  it("are 142, and only they have differences", () => {
    expect(javaCases.length).toBe(142);
    const tests = new Set(javaCases.map(({ test }) => test));
    expect(Object.keys(javaDifferences).filter((test) => !tests.has(test))).toEqual([]);
  });
});
