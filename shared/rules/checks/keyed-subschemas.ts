import { defineCheck } from "../rule.ts";
import { siteRules } from "../site-rules.ts";

const thing = { type: "object" };
const closed = { type: "object", additionalProperties: false };
const list = { type: "array" };
const pair = { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }], items: false };
const single = { type: "array", prefixItems: [{ type: "string" }], items: false };
const card = { type: "object", properties: { card: { type: "string" }, owner: { type: "string" } } };

export const keyedSubschemaCheck = defineCheck({
  rules: {
    ...siteRules("pattern-property-added", {
      effect: "narrows",
      kind: "constraints",
      action: "add",
      message: "limited the properties of {place} whose name matches `{key}`",
      what: "Properties whose names match the pattern have to satisfy a schema now.",
      example: { before: thing, after: { ...thing, patternProperties: { "^x-": { type: "string" } } } },
    }),
    ...siteRules("pattern-property-removed", {
      effect: "widens",
      kind: "constraints",
      action: "remove",
      message: "no longer limits the properties of {place} whose name matches `{key}`",
      what: "Properties whose names match the pattern are free now.",
      example: { before: { ...thing, patternProperties: { "^x-": { type: "string" } } }, after: thing },
    }),
    ...siteRules("pattern-property-allowed", {
      effect: "widens",
      kind: "structure",
      action: "add",
      message: "{place} allows properties whose name matches `{key}`",
      what: "The object allowed no properties that it does not name; some may appear now.",
      level: { response: "risky" },
      example: { before: closed, after: { ...closed, patternProperties: { "^x-": { type: "string" } } } },
    }),
    ...siteRules("pattern-property-disallowed", {
      effect: "narrows",
      kind: "structure",
      action: "remove",
      message: "{place} no longer allows properties whose name matches `{key}`",
      what: "The object allows no properties that it does not name, and these are not among them any more.",
      example: { before: { ...closed, patternProperties: { "^x-": { type: "string" } } }, after: closed },
    }),
    ...siteRules("dependent-schema-added", {
      effect: "narrows",
      kind: "structure",
      action: "add",
      message: "{place} has to satisfy one more schema when it has `{key}`",
      what: "Having one property demands more of the object.",
      example: { before: card, after: { ...card, dependentSchemas: { card: { minProperties: 2 } } } },
    }),
    ...siteRules("dependent-schema-removed", {
      effect: "widens",
      kind: "structure",
      action: "remove",
      message: "{place} no longer has to satisfy a further schema when it has `{key}`",
      what: "Having one property demands nothing more of the object.",
      example: { before: { ...card, dependentSchemas: { card: { minProperties: 2 } } }, after: card },
    }),
    ...siteRules("dependent-required-added", {
      effect: "narrows",
      kind: "structure",
      action: "add",
      message: "{place} needs {names} when it has `{key}`",
      what: "Having one property makes others required.",
      example: { before: card, after: { ...card, dependentRequired: { card: ["owner"] } } },
    }),
    ...siteRules("dependent-required-removed", {
      effect: "widens",
      kind: "structure",
      action: "remove",
      message: "{place} no longer needs {names} when it has `{key}`",
      what: "Having one property does not make others required any more.",
      example: { before: { ...card, dependentRequired: { card: ["owner"] } }, after: card },
    }),
    ...siteRules("dependent-required-changed", {
      effect: "alters",
      kind: "structure",
      action: "change",
      message: "{place} needs {after} instead of {before} when it has `{key}`",
      what: "Having one property makes other properties required than before.",
      example: {
        before: { ...card, dependentRequired: { card: ["owner"] } },
        after: { ...card, dependentRequired: { card: ["name"] } },
      },
    }),
    ...siteRules("dependent-required-generalized", {
      effect: "widens",
      kind: "structure",
      action: "generalize",
      message: "{place} needs {after} instead of {before} when it has `{key}`",
      what: "Having one property makes fewer others required.",
      example: {
        before: { ...card, dependentRequired: { card: ["name", "owner"] } },
        after: { ...card, dependentRequired: { card: ["owner"] } },
      },
    }),
    ...siteRules("dependent-required-specialized", {
      effect: "narrows",
      kind: "structure",
      action: "specialize",
      message: "{place} needs {after} instead of {before} when it has `{key}`",
      what: "Having one property makes more others required.",
      example: {
        before: { ...card, dependentRequired: { card: ["owner"] } },
        after: { ...card, dependentRequired: { card: ["name", "owner"] } },
      },
    }),
    ...siteRules("prefix-items-added", {
      effect: "narrows",
      kind: "structure",
      action: "add",
      message: "item {key} of {place} has to satisfy a schema of its own",
      what: "The item at this position is limited by its own schema.",
      example: { before: list, after: { ...list, prefixItems: [{ type: "string" }] } },
    }),
    ...siteRules("prefix-items-removed", {
      effect: "widens",
      kind: "structure",
      action: "remove",
      message: "item {key} of {place} no longer has a schema of its own",
      what: "The item at this position is not limited by its own schema any more.",
      example: { before: { ...list, prefixItems: [{ type: "string" }] }, after: list },
    }),
    ...siteRules("prefix-items-allowed", {
      effect: "widens",
      kind: "structure",
      action: "add",
      message: "{place} allows one more item, at position {key}",
      what: "The list ended before this position and may go on now.",
      example: { before: single, after: pair },
    }),
    ...siteRules("prefix-items-disallowed", {
      effect: "narrows",
      kind: "structure",
      action: "remove",
      message: "{place} no longer allows an item at position {key}",
      what: "The list ends before this position now.",
      example: { before: pair, after: single },
    }),
  },
  run(facts, report) {
    for (const fact of facts["pattern-property"]) {
      report(`${fact.location.site}-pattern-property-${turnOf(fact)}`, fact, { key: fact.key });
    }
    for (const fact of facts["dependent-schema"]) {
      report(`${fact.location.site}-dependent-schema-${fact.action}`, fact, { key: fact.key });
    }
    for (const fact of facts["prefix-item"])
      report(`${fact.location.site}-prefix-items-${turnOf(fact)}`, fact, { key: fact.key });
    for (const fact of facts["dependent-required"]) {
      const { site } = fact.location;
      const { key } = fact;
      const [before, after] = [fact.before ?? [], fact.after ?? []];
      if (fact.action === "added") report(`${site}-dependent-required-added`, fact, { key, names: after });
      else if (fact.action === "removed") report(`${site}-dependent-required-removed`, fact, { key, names: before });
      else if (after.every((name) => before.includes(name))) {
        report(`${site}-dependent-required-generalized`, fact, { key, before, after });
      } else if (before.every((name) => after.includes(name))) {
        report(`${site}-dependent-required-specialized`, fact, { key, before, after });
      } else report(`${site}-dependent-required-changed`, fact, { key, before, after });
    }
  },
});

/** Where nothing else may be, a schema of its own lets something in. */
function turnOf({ action, otherIsClosed }: { action: "added" | "removed"; otherIsClosed: boolean }) {
  if (!otherIsClosed) return action;
  return action === "added" ? "allowed" : "disallowed";
}
