import type { Level } from "../diff/change-set.ts";
import type { SchemaSite } from "../diff/facts.ts";
import type { JsonValue } from "../spec/model.ts";
import { schemaAt } from "./example-documents.ts";
import type { Effect, Rule, RuleAction, RuleArea, RuleKind } from "./rule.ts";

type Way = "request" | "response";

/**
 * Level by effect: narrowing what a request accepts breaks clients, narrowing what a response returns does not; widening
 * is the other way round.
 */
const levelOf: Record<Effect, Record<Way, Level>> = {
  narrows: { request: "breaking", response: "safe" },
  widens: { request: "safe", response: "breaking" },
  alters: { request: "breaking", response: "breaking" },
  notes: { request: "safe", response: "safe" },
};

const whyOf: Record<Effect, Record<Way, string>> = {
  narrows: {
    request: "Requests that were accepted before may be refused.",
    response: "A client that understood every answer before understands every answer now.",
  },
  widens: {
    request: "Every request that was accepted before still is.",
    response: "Clients may receive values that they were not written for.",
  },
  alters: {
    request: "Requests that were accepted before may be refused or understood differently.",
    response: "Clients may receive values that they were not written for.",
  },
  notes: {
    request: "What clients may send stays the same.",
    response: "What clients may receive stays the same.",
  },
};

const migrationOf: Record<Level, Record<Way, string>> = {
  breaking: {
    request: "Find where your code fills in this value and bring what it sends within the new contract first.",
    response: "Find where your code reads this value and teach it the new values before they arrive.",
  },
  risky: {
    request: "Compare what your code really sends with the new contract.",
    response: "Check that your code copes with what it may now receive.",
  },
  safe: {
    request: "Nothing has to be done; regenerate typed clients at leisure.",
    response: "Nothing has to be done; regenerate typed clients at leisure.",
  },
};

const areaOf: Record<SchemaSite, RuleArea> = {
  "request-body": "schema",
  "request-property": "schema",
  "request-parameter": "parameters",
  "request-parameter-property": "parameters",
  "response-body": "schema",
  "response-property": "schema",
  "response-header": "headers",
};

export const schemaSites = Object.keys(areaOf) as readonly SchemaSite[];

export type SiteRuleFamily<Message extends string> = {
  effect: Effect;
  kind: RuleKind;
  action: RuleAction;
  message: Message;
  /** What is true now that was not before; opens the rule's `why`. */
  what: string;
  /** Where the general level of the effect is wrong. */
  level?: Partial<Record<Way, Level>>;
  migration?: Partial<Record<Way, string>>;
  /** Two schemas; each site's example puts them there. */
  example: { before: JsonValue; after: JsonValue };
};

type SiteRules<Suffix extends string, Message extends string> = {
  [Id in `${SchemaSite}-${Suffix}`]: Rule<Message>;
};

/** The request's or the response's side of `site`. */
export function wayOf(site: SchemaSite): Way {
  return site.startsWith("request") ? "request" : "response";
}

/** One rule a site, `SITE-SUFFIX`: the same change of a schema, judged where it stands. */
export function siteRules<const Suffix extends string, const Message extends string>(
  suffix: Suffix,
  family: SiteRuleFamily<Message>,
): SiteRules<Suffix, Message> {
  const rules: Record<string, Rule<Message>> = {};
  for (const site of schemaSites) {
    const way = wayOf(site);
    const level = family.level?.[way] ?? levelOf[family.effect][way];
    rules[`${site}-${suffix}`] = {
      level,
      direction: way,
      area: areaOf[site],
      kind: family.kind,
      action: family.action,
      message: family.message,
      effect: family.effect,
      why: `${family.what} ${whyOf[family.effect][way]}`,
      migration: family.migration?.[way] ?? migrationOf[level][way],
      // Built when it is read: a comparison has a thousand rules to load and no use for their examples.
      get example() {
        return { before: schemaAt(site, family.example.before), after: schemaAt(site, family.example.after) };
      },
    };
  }
  return rules as SiteRules<Suffix, Message>;
}
