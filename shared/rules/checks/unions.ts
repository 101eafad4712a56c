import type { SchemaNode } from "../../spec/model.ts";
import { defineCheck } from "../rule.ts";
import { siteRules } from "../site-rules.ts";

const text = { type: "string" };
const pet = { type: "object", title: "Pet", properties: { kind: { type: "string" } }, required: ["kind"] };
const house = { type: "object", title: "House", properties: { street: { type: "string" } }, required: ["street"] };
const notEmpty = { title: "NotEmpty", minProperties: 1 };
const short = { title: "Short", maxProperties: 9 };

const wordOf = { allOf: "all-of", anyOf: "any-of", oneOf: "one-of" } as const;

export const unionCheck = defineCheck({
  rules: {
    ...siteRules("one-of-added", {
      effect: "widens",
      kind: "structure",
      action: "add",
      message: "added {branch} to the oneOf of {place}",
      what: "The value may have a shape that it could not have before.",
      example: { before: { oneOf: [text, pet] }, after: { oneOf: [text, pet, house] } },
    }),
    ...siteRules("one-of-removed", {
      effect: "narrows",
      kind: "structure",
      action: "remove",
      message: "removed {branch} from the oneOf of {place}",
      what: "The value cannot have a shape that it could have before.",
      example: { before: { oneOf: [text, pet, house] }, after: { oneOf: [text, pet] } },
    }),
    ...siteRules("any-of-added", {
      effect: "widens",
      kind: "structure",
      action: "add",
      message: "added {branch} to the anyOf of {place}",
      what: "The value may have a shape that it could not have before.",
      example: { before: { anyOf: [text, pet] }, after: { anyOf: [text, pet, house] } },
    }),
    ...siteRules("any-of-removed", {
      effect: "narrows",
      kind: "structure",
      action: "remove",
      message: "removed {branch} from the anyOf of {place}",
      what: "The value cannot have a shape that it could have before.",
      example: { before: { anyOf: [text, pet, house] }, after: { anyOf: [text, pet] } },
    }),
    ...siteRules("all-of-added", {
      effect: "narrows",
      kind: "structure",
      action: "add",
      message: "added {branch} to the allOf of {place}",
      what: "The value has to satisfy one more schema.",
      example: { before: { allOf: [pet, notEmpty] }, after: { allOf: [pet, notEmpty, short] } },
    }),
    ...siteRules("all-of-removed", {
      effect: "widens",
      kind: "structure",
      action: "remove",
      message: "removed {branch} from the allOf of {place}",
      what: "The value has to satisfy one schema less.",
      example: { before: { allOf: [pet, notEmpty, short] }, after: { allOf: [pet, notEmpty] } },
    }),
    ...siteRules("wrapped-in-one-of", {
      effect: "widens",
      kind: "structure",
      action: "generalize",
      message: "made {place} one of several alternatives",
      what: "What was the only shape is one of several now.",
      example: { before: pet, after: { oneOf: [pet, house] } },
    }),
    ...siteRules("unwrapped-from-one-of", {
      effect: "narrows",
      kind: "structure",
      action: "specialize",
      message: "reduced the alternatives of {place} to one",
      what: "What was one of several shapes is the only one now.",
      example: { before: { oneOf: [pet, house] }, after: pet },
    }),
  },
  run(facts, report) {
    for (const fact of facts.branch) {
      const args = { branch: branchText(fact.after ?? fact.before) };
      report(`${fact.location.site}-${wordOf[fact.combinator]}-${fact.action}`, fact, args);
    }
    for (const fact of facts.wrapping) {
      const suffix = fact.action === "wrapped" ? "wrapped-in-one-of" : "unwrapped-from-one-of";
      report(`${fact.location.site}-${suffix}`, fact, {});
    }
  },
});

/** The branch by its component name, title or type. */
function branchText(branch: SchemaNode | undefined): string {
  const name = branch?.name ?? branch?.title;
  if (name !== undefined) return `\`${name}\``;
  return branch?.types === undefined ? "a branch" : `a branch of type ${branch.types.join(" or ")}`;
}
