import { patternCovers } from "../../diff/pattern-cover.ts";
import { defineCheck } from "../rule.ts";
import { siteRules } from "../site-rules.ts";

const free = { type: "string" };
const letters = { type: "string", pattern: "^[a-z]+$" };
const digits = { type: "string", pattern: "^[0-9]+$" };
const word = { type: "string", pattern: "^[a-z0-9]+$" };

export const patternCheck = defineCheck({
  rules: {
    ...siteRules("pattern-added", {
      effect: "narrows",
      kind: "constraints",
      action: "add",
      message: "added the pattern `{pattern}` to {place}",
      what: "Only strings that match the pattern are valid now.",
      example: { before: free, after: letters },
    }),
    ...siteRules("pattern-removed", {
      effect: "widens",
      kind: "constraints",
      action: "remove",
      message: "removed the pattern `{pattern}` from {place}",
      what: "Strings that do not match the old pattern are valid now.",
      example: { before: letters, after: free },
    }),
    ...siteRules("pattern-changed", {
      effect: "alters",
      kind: "constraints",
      action: "change",
      message: "changed the pattern of {place} from `{before}` to `{after}`",
      what: "Another pattern decides which strings are valid, and some that matched the old one may not match it.",
      example: { before: letters, after: digits },
    }),
    ...siteRules("pattern-generalized", {
      effect: "widens",
      kind: "constraints",
      action: "generalize",
      message: "widened the pattern of {place} from `{before}` to `{after}`",
      what: "Every string that matched the old pattern matches the new one, and more do.",
      example: { before: letters, after: word },
    }),
    ...siteRules("pattern-specialized", {
      effect: "narrows",
      kind: "constraints",
      action: "specialize",
      message: "narrowed the pattern of {place} from `{before}` to `{after}`",
      what: "Only a part of the strings that matched the old pattern match the new one.",
      example: { before: word, after: letters },
    }),
  },
  run(facts, report) {
    for (const fact of facts.keyword) {
      if (fact.keyword !== "pattern") continue;
      const { site } = fact.location;
      const [before, after] = [fact.before ?? null, fact.after ?? null];
      if (fact.action === "added") report(`${site}-pattern-added`, fact, { pattern: after });
      else if (fact.action === "removed") report(`${site}-pattern-removed`, fact, { pattern: before });
      else report(`${site}-pattern-${relationOf(String(before), String(after))}`, fact, { before, after });
    }
  },
});

/** How the strings that match `after` relate to those that match `before`; `changed` where neither has them all. */
function relationOf(before: string, after: string): "generalized" | "specialized" | "changed" {
  if (patternCovers(after, before) === true) return "generalized";
  return patternCovers(before, after) === true ? "specialized" : "changed";
}
