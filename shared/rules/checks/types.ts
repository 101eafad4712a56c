import { defineCheck } from "../rule.ts";
import { siteRules } from "../site-rules.ts";
import { type TypeRelation, typeRelationOf, typeText } from "../type-relation.ts";

const suffixOf = {
  changed: "type-changed",
  generalized: "type-generalized",
  specialized: "type-specialized",
  compatible: "type-compatible",
  "list-widened": "list-of-types-widened",
  "list-narrowed": "list-of-types-narrowed",
} as const satisfies Record<TypeRelation, string>;

const message = "changed the type of {place} from {before} to {after}";

export const typeCheck = defineCheck({
  rules: {
    ...siteRules("type-changed", {
      effect: "alters",
      kind: "type",
      action: "change",
      message,
      what: "The value has another type or format, and neither includes the other.",
      example: { before: { type: "string" }, after: { type: "object" } },
    }),
    ...siteRules("type-generalized", {
      effect: "widens",
      kind: "type",
      action: "generalize",
      message,
      what: "The new type includes the old one and more.",
      example: { before: { type: "integer" }, after: { type: "number" } },
    }),
    ...siteRules("type-specialized", {
      effect: "narrows",
      kind: "type",
      action: "specialize",
      message,
      what: "The new type is a part of the old one.",
      example: { before: { type: "number" }, after: { type: "integer" } },
    }),
    ...siteRules("type-compatible", {
      effect: "notes",
      kind: "type",
      action: "change",
      message,
      what: "The type is said differently; the valid values are the same.",
      example: { before: { type: "integer" }, after: { type: "integer", format: "int64" } },
    }),
    ...siteRules("list-of-types-widened", {
      effect: "widens",
      kind: "type",
      action: "generalize",
      message,
      what: "The value may have a type that it could not have before.",
      example: { before: { type: "string" }, after: { type: ["integer", "string"] } },
    }),
    ...siteRules("list-of-types-narrowed", {
      effect: "narrows",
      kind: "type",
      action: "specialize",
      message,
      what: "The value cannot have a type that it could have before.",
      example: { before: { type: ["integer", "string"] }, after: { type: "string" } },
    }),
  },
  run(facts, report) {
    for (const fact of facts.type) {
      const [before, after] = [fact.before ?? {}, fact.after ?? {}];
      const { site, mediaType } = fact.location;
      // What a style writes is text; what a media type writes, and what is inside, has types of its own.
      const isText = mediaType === undefined && site.startsWith("request-parameter");
      const written = isText ? "request-parameter" : site === "request-parameter" ? "request-body" : site;
      const suffix = suffixOf[typeRelationOf(before, after, written)];
      report(`${site}-${suffix}`, fact, { before: typeText(before), after: typeText(after) });
    }
  },
});
