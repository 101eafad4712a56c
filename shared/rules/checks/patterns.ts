import { patternCovers } from "../../diff/pattern-cover.ts";
import { defineCheck } from "../rule.ts";
import { siteRules } from "../site-rules.ts";

const free = { type: "string" };
const letters = { type: "string", pattern: "^[a-z]+$" };
const digits = { type: "string", pattern: "^[0-9]+$" };
const word = { type: "string", pattern: "^[a-z0-9]+$" };
const twice = { type: "string", pattern: "^([a-z]+)\\1$" };
const twiceUpper = { type: "string", pattern: "^([A-Z]+)\\1$" };

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
      level: { response: "risky" },
      example: { before: letters, after: free },
    }),
    ...siteRules("pattern-changed", {
      effect: "alters",
      kind: "constraints",
      action: "change",
      message: "changed the pattern of {place} from `{before}` to `{after}`",
      what: "Another pattern decides which strings are valid; whether it is wider or narrower cannot be told from it.",
      level: { request: "risky", response: "risky" },
      example: { before: twice, after: twiceUpper },
    }),
    ...siteRules("pattern-replaced", {
      effect: "alters",
      kind: "constraints",
      action: "change",
      message: "changed the pattern of {place} from `{before}` to `{after}`, which refuses some strings that matched",
      what: "Some strings that matched the old pattern do not match the new one, and the other way round.",
      level: { response: "risky" },
      example: { before: letters, after: digits },
    }),
    ...siteRules("pattern-generalized", {
      effect: "widens",
      kind: "constraints",
      action: "generalize",
      message: "widened the pattern of {place} from `{before}` to `{after}`",
      what: "Every string that matched the old pattern matches the new one, and more do.",
      level: { response: "risky" },
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

/** How the strings that match `after` relate to those that match `before`; `changed` where it cannot be told. */
function relationOf(before: string, after: string): "generalized" | "specialized" | "replaced" | "changed" {
  const keepsAll = patternCovers(after, before);
  const addsNone = patternCovers(before, after);
  if (keepsAll) return "generalized";
  if (addsNone) return "specialized";
  return keepsAll === undefined ? "changed" : "replaced";
}
