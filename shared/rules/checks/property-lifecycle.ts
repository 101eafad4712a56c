import type { Lifecycle } from "../../diff/facts.ts";
import type { JsonValue } from "../../spec/model.ts";
import { exampleOf, requestWith, responseWith } from "../example-documents.ts";
import { dayOf, stabilityRank } from "../lifecycle.ts";
import { defineCheck, type Rule } from "../rule.ts";

type Way = "request" | "response";
type Age = { [key: string]: JsonValue };

const live: Age = {};
const deprecated: Age = { deprecated: true };
const until = (sunset: string): Age => ({ deprecated: true, "x-sunset": sunset });
const leave = "Plan to do without the property: it may be removed.";
const note = "Plan to do without the property, and note the date.";
const nothing = "Nothing has to be done.";

type Turn = Pick<Rule, "level" | "action" | "message" | "why" | "migration"> & { from: Age; to: Age };

/** What may happen to the age of a property; the same in both directions. */
const turns = {
  deprecated: {
    level: "safe",
    action: "change",
    message: "deprecated {place}",
    why: "The property still works; its removal is announced.",
    migration: leave,
    from: live,
    to: deprecated,
  },
  "deprecated-with-sunset": {
    level: "safe",
    action: "change",
    message: "deprecated {place} with the sunset {sunset}",
    why: "The property still works until its sunset.",
    migration: note,
    from: live,
    to: until("2999-01-01"),
  },
  reactivated: {
    level: "safe",
    action: "change",
    message: "{place} is no longer deprecated",
    why: "The announced removal is called off.",
    migration: nothing,
    from: deprecated,
    to: live,
  },
  "sunset-added": {
    level: "safe",
    action: "add",
    message: "set the sunset {sunset} for {place}",
    why: "The announced removal has a date now.",
    migration: note,
    from: deprecated,
    to: until("2999-01-01"),
  },
  "sunset-deleted": {
    level: "risky",
    action: "remove",
    message: "took back the sunset {sunset} of {place}, which stays deprecated",
    why: "Clients planned by a date that does not hold any more; the removal may come earlier.",
    migration: "Ask the owner which date holds.",
    from: until("2999-01-01"),
    to: deprecated,
  },
  "sunset-date-changed-too-small": {
    level: "breaking",
    action: "decrease",
    message: "moved the sunset of {place} forward from {before} to {after}",
    why: "Clients have less time than they were promised.",
    migration: "Move your own plan to the new date.",
    from: until("2999-06-01"),
    to: until("2999-01-01"),
  },
  "sunset-date-postponed": {
    level: "safe",
    action: "increase",
    message: "postponed the sunset of {place} from {before} to {after}",
    why: "Clients have more time than they were promised.",
    migration: nothing,
    from: until("2999-01-01"),
    to: until("2999-06-01"),
  },
  "stability-decreased": {
    level: "breaking",
    action: "decrease",
    message: "lowered the stability level of {place} from {before} to {after}",
    why: "The property promises less than the one that clients chose to build on.",
    migration: "Decide whether your code may depend on a property of that level.",
    from: { "x-stability-level": "stable" },
    to: { "x-stability-level": "beta" },
  },
  "stability-increased": {
    level: "safe",
    action: "increase",
    message: "raised the stability level of {place} from {before} to {after}",
    why: "The property promises more than before.",
    migration: nothing,
    from: { "x-stability-level": "beta" },
    to: { "x-stability-level": "stable" },
  },
} as const satisfies Record<string, Turn>;

type Turns = typeof turns;
type TurnName = keyof Turns;
type LifecycleRules = { [Name in TurnName as `${Way}-property-${Name}`]: Rule<Turns[Name]["message"]> };

function lifecycleRules(): LifecycleRules {
  const rules: Record<string, Rule> = {};
  for (const way of ["request", "response"] as const) {
    const wrap = way === "request" ? requestWith : responseWith;
    const withAge = (age: Age) => wrap({ type: "object", properties: { tag: { type: "string", ...age } } });
    for (const [name, { from, to, ...turn }] of Object.entries(turns)) {
      const example = exampleOf(withAge, from, to);
      rules[`${way}-property-${name}`] = { ...turn, direction: way, area: "schema", kind: "lifecycle", example };
    }
  }
  return rules as LifecycleRules;
}

const unknown: Lifecycle = { deprecated: false };

export const propertyLifecycleCheck = defineCheck({
  rules: lifecycleRules(),
  run(facts, report) {
    for (const fact of facts["property-lifecycle"]) {
      const way = fact.location.site.startsWith("request") ? "request" : "response";
      const [was, is] = [fact.before ?? unknown, fact.after ?? unknown];
      const [before, after] = [was.sunset, is.sunset];
      if (was.deprecated && !is.deprecated) report(`${way}-property-reactivated`, fact, {});
      else if (!was.deprecated && is.deprecated) {
        if (after === undefined) report(`${way}-property-deprecated`, fact, {});
        else report(`${way}-property-deprecated-with-sunset`, fact, { sunset: after });
      } else if (before !== after && is.deprecated) {
        if (before === undefined) report(`${way}-property-sunset-added`, fact, { sunset: after ?? "" });
        else if (after === undefined) report(`${way}-property-sunset-deleted`, fact, { sunset: before });
        else if ((dayOf(after) ?? after) < (dayOf(before) ?? before)) {
          report(`${way}-property-sunset-date-changed-too-small`, fact, { before, after });
        } else report(`${way}-property-sunset-date-postponed`, fact, { before, after });
      }
      const levels = { before: was.stability ?? "stable", after: is.stability ?? "stable" };
      const rise = stabilityRank(is.stability) - stabilityRank(was.stability);
      if (rise < 0) report(`${way}-property-stability-decreased`, fact, levels);
      if (rise > 0) report(`${way}-property-stability-increased`, fact, levels);
    }
  },
});
