import { defineCheck } from "../rule.ts";
import { siteRules } from "../site-rules.ts";

const pet = { type: "object", title: "Pet", properties: { kind: { type: "string" }, sort: { type: "string" } } };
const house = { type: "object", title: "House", properties: { street: { type: "string" }, kind: { type: "string" } } };
const union = { oneOf: [pet, house] };
const by = (propertyName: string, mapping?: Record<string, string>) => ({
  ...union,
  discriminator: { propertyName, ...(mapping !== undefined && { mapping }) },
});

export const discriminatorCheck = defineCheck({
  rules: {
    ...siteRules("discriminator-added", {
      effect: "narrows",
      kind: "structure",
      action: "add",
      message: "the property {name} tells the alternatives of {place} apart now",
      what: "The alternatives are chosen by one property.",
      level: { request: "risky" },
      example: { before: union, after: by("kind") },
    }),
    ...siteRules("discriminator-removed", {
      effect: "widens",
      kind: "structure",
      action: "remove",
      message: "no property tells the alternatives of {place} apart any more (it was {name})",
      what: "The alternatives are not chosen by a property any more.",
      level: { response: "risky" },
      example: { before: by("kind"), after: union },
    }),
    ...siteRules("discriminator-property-name-changed", {
      effect: "alters",
      kind: "structure",
      action: "change",
      message: "another property tells the alternatives of {place} apart: {after} instead of {before}",
      what: "The alternatives are chosen by another property.",
      example: { before: by("kind"), after: by("sort") },
    }),
    ...siteRules("discriminator-mapping-added", {
      effect: "widens",
      kind: "structure",
      action: "add",
      message: "added the value {value} to the discriminator of {place}",
      what: "One more value chooses an alternative.",
      level: { response: "risky" },
      example: { before: by("kind", { cat: "cat.json" }), after: by("kind", { cat: "cat.json", dog: "dog.json" }) },
    }),
    ...siteRules("discriminator-mapping-deleted", {
      effect: "narrows",
      kind: "structure",
      action: "remove",
      message: "removed the value {value} from the discriminator of {place}",
      what: "A value that chose an alternative does not any more.",
      example: { before: by("kind", { cat: "cat.json", dog: "dog.json" }), after: by("kind", { cat: "cat.json" }) },
    }),
    ...siteRules("discriminator-mapping-changed", {
      effect: "alters",
      kind: "structure",
      action: "change",
      message: "the value {value} of the discriminator of {place} chooses another alternative",
      what: "A value means another alternative than before.",
      example: { before: by("kind", { cat: "cat.json" }), after: by("kind", { cat: "dog.json" }) },
    }),
  },
  run(facts, report) {
    for (const fact of facts.discriminator) {
      const { site } = fact.location;
      const [before, after] = [fact.before ?? "", fact.after ?? ""];
      if (fact.action === "added") report(`${site}-discriminator-added`, fact, { name: after });
      else if (fact.action === "removed") report(`${site}-discriminator-removed`, fact, { name: before });
      else if (fact.action === "property-changed") {
        report(`${site}-discriminator-property-name-changed`, fact, { before, after });
      } else if (fact.action === "mapping-added") {
        report(`${site}-discriminator-mapping-added`, fact, { value: after });
      } else if (fact.action === "mapping-removed") {
        report(`${site}-discriminator-mapping-deleted`, fact, { value: before });
      } else report(`${site}-discriminator-mapping-changed`, fact, { value: after });
    }
  },
});
