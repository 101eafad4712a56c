import { expect, it } from "vitest";
import { unknownRuleText } from "../../../shared/rules/unknown-rule.ts";

it.each([
  ["endpoint-added", undefined],
  ["endpoint-addedd", "there is no rule endpoint-addedd; did you mean endpoint-added or endpoint-moved?"],
  [
    "min-length-increased",
    "there is no rule min-length-increased; did you mean request-body-min-length-increased or " +
      "request-parameter-min-length-increased or request-parameter-property-min-length-increased?",
  ],
  ["qqqqqqqqqq", "there is no rule qqqqqqqqqq; see forewarn rules"],
])("the rule id %s is answered with at most three that may be meant", (id, text) => {
  expect(unknownRuleText(id)).toBe(text);
});
