import { expect, it } from "vitest";
import { failingLevelsOf, failOnNames, isFailOn, isFailOnMet } from "../../../shared/rules/fail-on.ts";

const counts = { breaking: 0, risky: 0, safe: 0, total: 0, causes: 0 };

it("names the levels from which a gate may close, and knows no others", () => {
  expect(failOnNames).toEqual(["breaking", "risky", "safe", "none"]);
  expect(["risky", "toString", ""].map(isFailOn)).toEqual([true, false, false]);
});

it.each([
  ["breaking", ["breaking"], [true, false, false, false]],
  ["risky", ["breaking", "risky"], [true, true, false, false]],
  ["safe", ["breaking", "risky", "safe"], [true, true, true, false]],
  ["none", [], [false, false, false, false]],
] as const)("a gate at %s closes on what is as bad or worse", (failOn, levels, closed) => {
  expect(failingLevelsOf(failOn)).toEqual(levels);
  const changes = [{ ...counts, breaking: 1 }, { ...counts, risky: 2 }, { ...counts, safe: 1 }, counts];
  expect(changes.map((one) => isFailOnMet(one, failOn))).toEqual(closed);
});
