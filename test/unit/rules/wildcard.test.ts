import { expect, it } from "vitest";
import { matchesWildcard } from "../../../shared/rules/wildcard.ts";

it.each([
  ["/v1/*", "/v1/pets/{id}", true],
  ["/v1/*", "/v1", false],
  ["*", "", true],
  ["*pets*{id}", "/v1/pets/a/{id}", true],
  ["a*b*c", "abcb", false],
  ["/pets", "/pets", true],
  ["/pets", "/pets/", false],
  ["/p.ts", "/pets", false],
  ["", "a", false],
  [`${"a*".repeat(2000)}b`, "a".repeat(4000), false],
])("the pattern %.20s on %.20s", (pattern, text, isMatch) => {
  expect(matchesWildcard(pattern, text)).toBe(isMatch);
});
