import { defineCheck } from "../rule.ts";
import { siteRules } from "../site-rules.ts";

const none = { type: "integer" };
const ten = { type: "integer", default: 10 };
const twenty = { type: "integer", default: 20 };

export const defaultCheck = defineCheck({
  rules: {
    ...siteRules("default-value-added", {
      effect: "notes",
      kind: "values",
      action: "add",
      message: "added the default {value} to {place}",
      what: "What happens when the value is left out is written down now.",
      example: { before: none, after: ten },
    }),
    ...siteRules("default-value-changed", {
      effect: "notes",
      kind: "values",
      action: "change",
      message: "changed the default of {place} from {before} to {after}",
      what: "Leaving the value out means something else than before.",
      level: { request: "breaking" },
      migration: { request: "Where your code relies on the default, send the old default explicitly." },
      example: { before: ten, after: twenty },
    }),
    ...siteRules("default-value-removed", {
      effect: "notes",
      kind: "values",
      action: "remove",
      message: "removed the default {value} from {place}",
      what: "It is not said any more what happens when the value is left out.",
      level: { request: "risky" },
      migration: { request: "Where your code relies on the default, send it explicitly." },
      example: { before: ten, after: none },
    }),
  },
  run(facts, report) {
    for (const fact of facts.keyword) {
      if (fact.keyword !== "default") continue;
      const { site } = fact.location;
      const [before, after] = [fact.before ?? null, fact.after ?? null];
      if (fact.action === "added") report(`${site}-default-value-added`, fact, { value: after });
      else if (fact.action === "removed") report(`${site}-default-value-removed`, fact, { value: before });
      else report(`${site}-default-value-changed`, fact, { before, after });
    }
  },
});
