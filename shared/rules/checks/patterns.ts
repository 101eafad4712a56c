import { defineCheck } from "../rule.ts";
import { siteRules } from "../site-rules.ts";

const free = { type: "string" };
const letters = { type: "string", pattern: "^[a-z]+$" };
const digits = { type: "string", pattern: "^[0-9]+$" };
const anything = { type: "string", pattern: ".*" };

/** Patterns that every string matches. */
const matchAll = new Set([".*", "^.*$", "^.*", ".*$", ""]);

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
      what: "Another pattern decides which strings are valid; whether it is wider or narrower cannot be told from it.",
      example: { before: letters, after: digits },
    }),
    ...siteRules("pattern-generalized", {
      effect: "widens",
      kind: "constraints",
      action: "generalize",
      message: "changed the pattern of {place} from `{before}` to `{after}`, which every string matches",
      what: "Every string is valid now.",
      example: { before: letters, after: anything },
    }),
  },
  run(facts, report) {
    for (const fact of facts.keyword) {
      if (fact.keyword !== "pattern") continue;
      const { site } = fact.location;
      const [before, after] = [fact.before ?? null, fact.after ?? null];
      if (fact.action === "added") report(`${site}-pattern-added`, fact, { pattern: after });
      else if (fact.action === "removed") report(`${site}-pattern-removed`, fact, { pattern: before });
      else if (typeof after === "string" && matchAll.has(after)) {
        report(`${site}-pattern-generalized`, fact, { before, after });
      } else report(`${site}-pattern-changed`, fact, { before, after });
    }
  },
});
