import { isMultipleOf } from "../../diff/decimals.ts";
import { defineCheck } from "../rule.ts";
import { siteRules } from "../site-rules.ts";

const whole = { type: "integer" };
const fives = { type: "integer", multipleOf: 5 };
const tens = { type: "integer", multipleOf: 10 };
const sevens = { type: "integer", multipleOf: 7 };
const list = { type: "array", items: { type: "string" } };
const set = { ...list, uniqueItems: true };

export const multipleCheck = defineCheck({
  rules: {
    ...siteRules("multiple-of-added", {
      effect: "narrows",
      kind: "constraints",
      action: "add",
      message: "limited {place} to multiples of {after}",
      what: "Only multiples of the number are valid now.",
      example: { before: whole, after: fives },
    }),
    ...siteRules("multiple-of-removed", {
      effect: "widens",
      kind: "constraints",
      action: "remove",
      message: "no longer limits {place} to multiples of {before}",
      what: "Numbers between the multiples are valid now.",
      example: { before: fives, after: whole },
    }),
    ...siteRules("multiple-of-generalized", {
      effect: "widens",
      kind: "constraints",
      action: "generalize",
      message: "limits {place} to multiples of {after} instead of {before}",
      what: "The new multiples include the old ones.",
      example: { before: tens, after: fives },
    }),
    ...siteRules("multiple-of-specialized", {
      effect: "narrows",
      kind: "constraints",
      action: "specialize",
      message: "limits {place} to multiples of {after} instead of {before}",
      what: "The new multiples are a part of the old ones.",
      example: { before: fives, after: tens },
    }),
    ...siteRules("multiple-of-changed", {
      effect: "alters",
      kind: "constraints",
      action: "change",
      message: "limits {place} to multiples of {after} instead of {before}",
      what: "Most old multiples are no multiples of the new number.",
      example: { before: fives, after: sevens },
    }),
    ...siteRules("unique-items-added", {
      effect: "narrows",
      kind: "constraints",
      action: "add",
      message: "no longer allows an item twice in {place}",
      what: "A list with equal items is not valid any more.",
      example: { before: list, after: set },
    }),
    ...siteRules("unique-items-removed", {
      effect: "widens",
      kind: "constraints",
      action: "remove",
      message: "allows an item twice in {place}",
      what: "A list may hold equal items now.",
      example: { before: set, after: list },
    }),
  },
  run(facts, report) {
    for (const fact of facts.keyword) {
      const { site } = fact.location;
      if (fact.keyword === "uniqueItems") {
        report(`${site}-unique-items-${fact.after === true ? "added" : "removed"}`, fact, {});
      } else if (fact.keyword === "multipleOf") {
        const [before, after] = [fact.before ?? null, fact.after ?? null];
        if (typeof before !== "number") report(`${site}-multiple-of-added`, fact, { after });
        else if (typeof after !== "number") report(`${site}-multiple-of-removed`, fact, { before });
        else if (isMultipleOf(before, after)) report(`${site}-multiple-of-generalized`, fact, { before, after });
        else if (isMultipleOf(after, before)) report(`${site}-multiple-of-specialized`, fact, { before, after });
        else report(`${site}-multiple-of-changed`, fact, { before, after });
      }
    }
  },
});
