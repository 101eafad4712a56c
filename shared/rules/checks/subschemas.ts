import type { SchemaSite, SubschemaKeyword, WholeSubschemaKeyword } from "../../diff/facts.ts";
import type { JsonValue } from "../../spec/model.ts";
import { defineCheck, type Rule } from "../rule.ts";
import { siteRules } from "../site-rules.ts";

const wordOf = {
  alternatives: "alternatives",
  not: "not",
  if: "if",
  // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword; the object is never awaited
  then: "then",
  else: "else",
  items: "items",
  contains: "contains",
  propertyNames: "property-names",
  unevaluatedProperties: "unevaluated-properties",
  unevaluatedItems: "unevaluated-items",
  contentSchema: "content-schema",
} as const satisfies Record<SubschemaKeyword, string>;

const addedMessage = "added {keyword} to {place}";
const removedMessage = "removed {keyword} from {place}";

type Word = (typeof wordOf)[SubschemaKeyword];
type Subschemas = { [Id in `${SchemaSite}-${Word}-added`]: Rule<typeof addedMessage> } & {
  [Id in `${SchemaSite}-${Word}-removed`]: Rule<typeof removedMessage>;
};

const changedMessage = "changed {keyword} of {place}";

type Fragment = { [key: string]: JsonValue };

/** A schema without the keyword, and what the keyword adds to it. */
const exampleOf: Record<SubschemaKeyword, [without: Fragment, added: Fragment]> = {
  alternatives: [{ type: "object" }, { anyOf: [{ minProperties: 2 }, { maxProperties: 5 }] }],
  not: [{ type: "string" }, { not: { const: "cat" } }],
  // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword; the object is never awaited
  if: [{ type: "object" }, { if: { minProperties: 2 }, then: { maxProperties: 5 } }],
  // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword; the object is never awaited
  then: [{ type: "object", if: { minProperties: 2 } }, { then: { maxProperties: 5 } }],
  else: [{ type: "object", if: { minProperties: 2 } }, { else: { maxProperties: 5 } }],
  items: [{ type: "array" }, { items: { type: "string" } }],
  contains: [{ type: "array" }, { contains: { type: "string" } }],
  propertyNames: [{ type: "object" }, { propertyNames: { maxLength: 9 } }],
  unevaluatedProperties: [{ type: "object" }, { unevaluatedProperties: false }],
  unevaluatedItems: [{ type: "array" }, { unevaluatedItems: false }],
  contentSchema: [{ type: "string", contentMediaType: "application/json" }, { contentSchema: { type: "object" } }],
};

function subschemaRules(): Subschemas {
  const rules: Record<string, Rule> = {};
  for (const keyword of Object.keys(wordOf) as SubschemaKeyword[]) {
    const [without, added] = exampleOf[keyword];
    const having = { ...without, ...added };
    const name = keyword === "alternatives" ? "Alternatives (`anyOf`, `oneOf`)" : `The keyword \`${keyword}\``;
    Object.assign(
      rules,
      siteRules(`${wordOf[keyword]}-added`, {
        effect: "narrows",
        kind: "structure",
        action: "add",
        message: addedMessage,
        what: `${name} demands something of the value that was not demanded before.`,
        example: { before: without, after: having },
      }),
      siteRules(`${wordOf[keyword]}-removed`, {
        effect: "widens",
        kind: "structure",
        action: "remove",
        message: removedMessage,
        what: `${name} does not demand anything of the value any more.`,
        example: { before: having, after: without },
      }),
    );
  }
  return rules as Subschemas;
}

/** What `not` or `if` says turns round what is inside, so the edit may narrow as well as widen. */
const changedRules = {
  ...siteRules("not-changed", {
    effect: "alters",
    kind: "structure",
    action: "change",
    message: changedMessage,
    what: "The keyword `not` rules out other values than before.",
    example: {
      before: { type: "string", not: { const: "cat" } },
      after: { type: "string", not: { const: "dog" } },
    },
  }),
  ...siteRules("if-changed", {
    effect: "alters",
    kind: "structure",
    action: "change",
    message: changedMessage,
    what: "The keyword `if` chooses other values for `then` and `else` than before.",
    example: {
      // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword; the object is never awaited
      before: { type: "object", if: { minProperties: 2 }, then: { maxProperties: 5 } },
      // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword; the object is never awaited
      after: { type: "object", if: { minProperties: 3 }, then: { maxProperties: 5 } },
    },
  }),
  ...siteRules("not-generalized", {
    effect: "widens",
    kind: "structure",
    action: "generalize",
    message: "{place} rules out fewer values by {keyword}",
    what: "The keyword `not` rules out a part of what it ruled out before.",
    example: {
      before: { type: "string", not: { enum: ["cat", "dog"] } },
      after: { type: "string", not: { enum: ["cat"] } },
    },
  }),
  ...siteRules("not-specialized", {
    effect: "narrows",
    kind: "structure",
    action: "specialize",
    message: "{place} rules out more values by {keyword}",
    what: "The keyword `not` rules out all that it ruled out before, and more.",
    example: {
      before: { type: "string", not: { enum: ["cat"] } },
      after: { type: "string", not: { enum: ["cat", "dog"] } },
    },
  }),
} satisfies { [Id in `${SchemaSite}-${WholeSubschemaKeyword}-changed`]: Rule<typeof changedMessage> };

export const subschemaCheck = defineCheck({
  rules: { ...subschemaRules(), ...changedRules },
  run(facts, report) {
    for (const fact of facts.subschema) {
      const { keyword } = fact;
      const { site } = fact.location;
      const text = keyword === "alternatives" ? "alternatives" : `\`${keyword}\``;
      if (fact.action === "changed" && fact.keyword === "not" && fact.relation === "widened") {
        report(`${site}-not-generalized`, fact, { keyword: text });
      } else if (fact.action === "changed" && fact.keyword === "not" && fact.relation === "narrowed") {
        report(`${site}-not-specialized`, fact, { keyword: text });
      } else if (fact.action === "changed") report(`${site}-${fact.keyword}-changed`, fact, { keyword: text });
      else report(`${site}-${wordOf[keyword]}-${fact.action}`, fact, { keyword: text });
    }
  },
});
