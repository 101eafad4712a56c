import { defineCheck } from "../rule.ts";
import { siteRules } from "../site-rules.ts";

export const fixedValueCheck = defineCheck({
  rules: {
    ...siteRules("const-added", {
      effect: "narrows",
      kind: "values",
      action: "add",
      message: "fixed {place} to {value}",
      what: "Exactly one value is valid now.",
      example: { before: { type: "string" }, after: { type: "string", const: "cat" } },
    }),
    ...siteRules("const-changed", {
      effect: "alters",
      kind: "values",
      action: "change",
      message: "changed the fixed value of {place} from {before} to {after}",
      what: "The one valid value is another one.",
      example: { before: { type: "string", const: "cat" }, after: { type: "string", const: "dog" } },
    }),
    ...siteRules("const-removed", {
      effect: "widens",
      kind: "values",
      action: "remove",
      message: "no longer fixes {place} to {value}",
      what: "Values other than the fixed one are valid now.",
      example: { before: { type: "string", const: "cat" }, after: { type: "string" } },
    }),
  },
  run(facts, report) {
    for (const fact of facts.keyword) {
      if (fact.keyword !== "const") continue;
      const { site } = fact.location;
      const [before, after] = [fact.before ?? null, fact.after ?? null];
      if (fact.action === "added") report(`${site}-const-added`, fact, { value: after });
      else if (fact.action === "removed") report(`${site}-const-removed`, fact, { value: before });
      else report(`${site}-const-changed`, fact, { before, after });
    }
  },
});
