import { defineCheck } from "../rule.ts";
import { siteRules } from "../site-rules.ts";

export const nullabilityCheck = defineCheck({
  rules: {
    ...siteRules("became-nullable", {
      effect: "widens",
      kind: "requiredness",
      action: "change",
      message: "allowed null for {place}",
      what: "The value may be null now.",
      migration: { response: "Handle null wherever your code reads this value." },
      example: { before: { type: "string" }, after: { type: ["string", "null"] } },
    }),
    ...siteRules("became-not-nullable", {
      effect: "narrows",
      kind: "requiredness",
      action: "change",
      message: "no longer allows null for {place}",
      what: "The value cannot be null any more.",
      migration: { request: "Send a value, or leave the value out, where your code sends null." },
      example: { before: { type: ["string", "null"] }, after: { type: "string" } },
    }),
  },
  run(facts, report) {
    for (const fact of facts.nullability) {
      const suffix = fact.action === "added" ? "became-nullable" : "became-not-nullable";
      report(`${fact.location.site}-${suffix}`, fact, {});
    }
  },
});
