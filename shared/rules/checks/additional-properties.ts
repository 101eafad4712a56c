import { defineCheck } from "../rule.ts";
import { siteRules } from "../site-rules.ts";

const open = { type: "object" };
const closed = { type: "object", additionalProperties: false };
const texts = { type: "object", additionalProperties: { type: "string" } };

export const additionalPropertiesCheck = defineCheck({
  rules: {
    ...siteRules("additional-properties-closed", {
      effect: "narrows",
      kind: "structure",
      action: "remove",
      message: "{place} no longer allows properties that it does not name",
      what: "A property that the schema does not name is an error now.",
      example: { before: open, after: closed },
    }),
    ...siteRules("additional-properties-opened", {
      effect: "widens",
      kind: "structure",
      action: "add",
      message: "{place} allows properties that it does not name",
      what: "Properties that the schema does not name may appear now.",
      level: { response: "risky" },
      example: { before: closed, after: open },
    }),
    ...siteRules("additional-properties-restricted", {
      effect: "narrows",
      kind: "structure",
      action: "specialize",
      message: "limited the values of the unnamed properties of {place}",
      what: "Unnamed properties have to satisfy a schema now.",
      example: { before: open, after: texts },
    }),
    ...siteRules("additional-properties-unrestricted", {
      effect: "widens",
      kind: "structure",
      action: "generalize",
      message: "no longer limits the values of the unnamed properties of {place}",
      what: "Unnamed properties may have any value now.",
      example: { before: texts, after: open },
    }),
  },
  run(facts, report) {
    for (const fact of facts["additional-properties"]) {
      report(`${fact.location.site}-additional-properties-${fact.action}`, fact, {});
    }
  },
});
