import type { BoundKeyword, SchemaSite } from "../../diff/facts.ts";
import { defineCheck, type Rule } from "../rule.ts";
import { siteRules } from "../site-rules.ts";

const wordOf = {
  minimum: "min",
  maximum: "max",
  exclusiveMinimum: "exclusive-min",
  exclusiveMaximum: "exclusive-max",
  minLength: "min-length",
  maxLength: "max-length",
  minItems: "min-items",
  maxItems: "max-items",
  minProperties: "min-properties",
  maxProperties: "max-properties",
  minContains: "min-contains",
  maxContains: "max-contains",
} as const satisfies Record<BoundKeyword, string>;

type Word = (typeof wordOf)[BoundKeyword];
/** `minContains` is 1 where it is not written, so it is never set or unset. */
type SettableWord = Exclude<Word, "min-contains">;
type Bounds = { [Id in `${SchemaSite}-${SettableWord}-set`]: Rule<typeof setMessage> } & {
  [Id in `${SchemaSite}-${SettableWord}-unset`]: Rule<typeof unsetMessage>;
} & { [Id in `${SchemaSite}-${Word}-${"increased" | "decreased"}`]: Rule<typeof changedMessage> };

const setMessage = "set {keyword} of {place} to {after}";
const unsetMessage = "removed {keyword} {before} from {place}";
const changedMessage = "changed {keyword} of {place} from {before} to {after}";

/** A schema of the type that the keyword limits. */
const subjectOf: Record<BoundKeyword, { [key: string]: string | { [key: string]: string | number } }> = {
  minimum: { type: "number" },
  maximum: { type: "number" },
  exclusiveMinimum: { type: "number" },
  exclusiveMaximum: { type: "number" },
  minLength: { type: "string" },
  maxLength: { type: "string" },
  minItems: { type: "array", items: { type: "string" } },
  maxItems: { type: "array", items: { type: "string" } },
  minProperties: { type: "object" },
  maxProperties: { type: "object" },
  minContains: { type: "array", contains: { type: "string", minLength: 1 } },
  maxContains: { type: "array", contains: { type: "string", minLength: 1 } },
};

function boundRules(): Bounds {
  const rules: Record<string, Rule> = {};
  for (const keyword of Object.keys(wordOf) as BoundKeyword[]) {
    const word = wordOf[keyword];
    const isUpper = keyword.startsWith("max") || keyword === "exclusiveMaximum";
    const at = (limit?: number) => ({ ...subjectOf[keyword], ...(limit !== undefined && { [keyword]: limit }) });
    const raising = isUpper ? "widens" : "narrows";
    const lowering = isUpper ? "narrows" : "widens";
    const kind = "constraints";
    Object.assign(
      rules,
      siteRules(`${word}-increased`, {
        effect: raising,
        kind,
        action: "increase",
        message: changedMessage,
        what: `${keyword} is larger than before, so ${isUpper ? "more" : "fewer"} values are valid.`,
        example: { before: at(5), after: at(9) },
      }),
      siteRules(`${word}-decreased`, {
        effect: lowering,
        kind,
        action: "decrease",
        message: changedMessage,
        what: `${keyword} is smaller than before, so ${isUpper ? "fewer" : "more"} values are valid.`,
        example: { before: at(9), after: at(5) },
      }),
    );
    if (keyword === "minContains") continue;
    Object.assign(
      rules,
      siteRules(`${word}-set`, {
        effect: "narrows",
        kind,
        action: "set",
        message: setMessage,
        what: `${keyword} was not limited before. The limit may always have been there and be only written down now.`,
        example: { before: at(), after: at(5) },
      }),
      siteRules(`${word}-unset`, {
        effect: "widens",
        kind,
        action: "remove",
        message: unsetMessage,
        what: `${keyword} is not limited any more.`,
        example: { before: at(5), after: at() },
      }),
    );
  }
  return rules as Bounds;
}

export const boundCheck = defineCheck({
  rules: boundRules(),
  run(facts, report) {
    for (const fact of facts.bound) {
      const { keyword } = fact;
      const { site } = fact.location;
      const [before, after] = [fact.before ?? null, fact.after ?? null];
      if (fact.action === "increased" || fact.action === "decreased") {
        report(`${site}-${wordOf[keyword]}-${fact.action}`, fact, { keyword, before, after });
      } else if (keyword !== "minContains") {
        const word = wordOf[keyword];
        if (fact.action === "set") report(`${site}-${word}-set`, fact, { keyword, after });
        else report(`${site}-${word}-unset`, fact, { keyword, before });
      }
    }
  },
});
