import type { JsonValue } from "../../spec/model.ts";
import { defineCheck } from "../rule.ts";
import { siteRules } from "../site-rules.ts";

const text = { type: "string" };
const open: JsonValue[] = [
  { type: "object", properties: { cat: { type: "string" } } },
  { type: "object", properties: { dog: { type: "string" } } },
];

export const validityCheck = defineCheck({
  rules: {
    ...siteRules("value-disallowed", {
      effect: "narrows",
      kind: "structure",
      action: "remove",
      message: "no longer allows any value for {place}",
      what: "The schema is `false`: nothing is valid there.",
      level: { response: "risky" },
      example: { before: text, after: false },
    }),
    ...siteRules("value-allowed", {
      effect: "widens",
      kind: "structure",
      action: "add",
      message: "allows a value for {place}, where none was valid",
      what: "The schema was `false`: nothing was valid there.",
      level: { response: "risky" },
      example: { before: false, after: text },
    }),
    ...siteRules("alternatives-became-exclusive", {
      effect: "narrows",
      kind: "structure",
      action: "specialize",
      message: "{place} has to fit exactly one of its alternatives, which overlap",
      what: "A value that fits two alternatives (`oneOf` instead of `anyOf`) is not valid any more.",
      example: { before: { anyOf: open }, after: { oneOf: open } },
    }),
    ...siteRules("alternatives-became-not-exclusive", {
      effect: "widens",
      kind: "structure",
      action: "generalize",
      message: "{place} may fit several of its alternatives",
      what: "A value that fits two alternatives (`anyOf` instead of `oneOf`) is valid now.",
      level: { response: "risky" },
      example: { before: { oneOf: open }, after: { anyOf: open } },
    }),
  },
  run(facts, report) {
    for (const fact of facts.validity) report(`${fact.location.site}-value-${fact.action}`, fact, {});
    for (const fact of facts.exclusivity) {
      const turn = fact.action === "added" ? "became" : "became-not";
      report(`${fact.location.site}-alternatives-${turn}-exclusive`, fact, {});
    }
  },
});
