import type { JsonValue } from "../../spec/model.ts";
import { exampleOf, parametersWith } from "../example-documents.ts";
import { ageChangeOf, stabilityRank } from "../lifecycle.ts";
import { defineCheck } from "../rule.ts";

type Age = { [key: string]: JsonValue };

const live: Age = {};
const deprecated: Age = { deprecated: true };
const until = (sunset: string): Age => ({ deprecated: true, "x-sunset": sunset });
const withAge = (age: Age) => parametersWith({ name: "limit", in: "query", schema: { type: "string" }, ...age });

const rule = { direction: "request", area: "parameters", kind: "lifecycle" } as const;
const leave = "Plan to do without the parameter, and note the date.";

export const parameterLifecycleCheck = defineCheck({
  rules: {
    "request-parameter-deprecated": {
      ...rule,
      level: "safe",
      action: "change",
      message: "deprecated {place}",
      why: "The parameter still works; its removal is announced.",
      migration: "Plan to do without the parameter.",
      example: exampleOf(withAge, live, deprecated),
    },
    "request-parameter-deprecated-with-sunset": {
      ...rule,
      level: "safe",
      action: "change",
      message: "deprecated {place} with the sunset {sunset}",
      why: "The parameter still works until its sunset.",
      migration: leave,
      example: exampleOf(withAge, live, until("2999-01-01")),
    },
    "request-parameter-reactivated": {
      ...rule,
      level: "safe",
      action: "change",
      message: "{place} is no longer deprecated",
      why: "The announced removal is called off.",
      migration: "Nothing has to be done.",
      example: exampleOf(withAge, deprecated, live),
    },
    "request-parameter-sunset-added": {
      ...rule,
      level: "safe",
      action: "add",
      message: "set the sunset {sunset} for {place}",
      why: "The announced removal has a date now.",
      migration: leave,
      example: exampleOf(withAge, deprecated, until("2999-01-01")),
    },
    "request-parameter-sunset-deleted": {
      ...rule,
      level: "risky",
      action: "remove",
      message: "took back the sunset {sunset} of {place}, which stays deprecated",
      why: "Clients planned by a date that does not hold any more; the removal may come earlier.",
      migration: "Ask the owner which date holds.",
      example: exampleOf(withAge, until("2999-01-01"), deprecated),
    },
    "request-parameter-sunset-date-changed-too-small": {
      ...rule,
      level: "breaking",
      action: "decrease",
      message: "moved the sunset of {place} forward from {before} to {after}",
      why: "Clients have less time than they were promised.",
      migration: "Move your own plan to the new date.",
      example: exampleOf(withAge, until("2999-06-01"), until("2999-01-01")),
    },
    "request-parameter-sunset-date-postponed": {
      ...rule,
      level: "safe",
      action: "increase",
      message: "postponed the sunset of {place} from {before} to {after}",
      why: "Clients have more time than they were promised.",
      migration: "Nothing has to be done.",
      example: exampleOf(withAge, until("2999-01-01"), until("2999-06-01")),
    },
    "request-parameter-sunset-date-too-small": {
      ...rule,
      level: "breaking",
      action: "change",
      message: "gave {place} the sunset {sunset}, which has already passed",
      why: "Clients are left no time at all to follow.",
      migration: "Do without the parameter now, or ask the owner for a date ahead.",
      example: exampleOf(withAge, deprecated, until("2000-01-01")),
    },
    "request-parameter-stability-decreased": {
      ...rule,
      level: "breaking",
      action: "decrease",
      message: "lowered the stability level of {place} from {before} to {after}",
      why: "The parameter promises less than the one that clients chose to build on.",
      migration: "Decide whether your code may depend on a parameter of that level.",
      example: exampleOf(withAge, { "x-stability-level": "stable" }, { "x-stability-level": "beta" }),
    },
    "request-parameter-stability-increased": {
      ...rule,
      level: "safe",
      action: "increase",
      message: "raised the stability level of {place} from {before} to {after}",
      why: "The parameter promises more than before.",
      migration: "Nothing has to be done.",
      example: exampleOf(withAge, { "x-stability-level": "beta" }, { "x-stability-level": "stable" }),
    },
  },
  run(facts, report, { today }) {
    for (const fact of facts["parameter-lifecycle"]) {
      if (fact.direction !== "request") continue;
      const was = fact.before ?? { deprecated: false };
      const is = fact.after ?? { deprecated: false };
      const change = ageChangeOf(was, is, today);
      const [before, after] = [was.sunset ?? "", is.sunset ?? ""];
      if (change === "reactivated") report("request-parameter-reactivated", fact, {});
      if (change === "deprecated") report("request-parameter-deprecated", fact, {});
      if (change === "deprecated-with-sunset") {
        report("request-parameter-deprecated-with-sunset", fact, { sunset: after });
      }
      if (change === "expired") report("request-parameter-sunset-date-too-small", fact, { sunset: after });
      if (change === "sunset-added") report("request-parameter-sunset-added", fact, { sunset: after });
      if (change === "sunset-deleted") report("request-parameter-sunset-deleted", fact, { sunset: before });
      if (change === "sunset-earlier") {
        report("request-parameter-sunset-date-changed-too-small", fact, { before, after });
      }
      if (change === "sunset-later") report("request-parameter-sunset-date-postponed", fact, { before, after });
      const levels = { before: was.stability ?? "stable", after: is.stability ?? "stable" };
      const rise = stabilityRank(is.stability) - stabilityRank(was.stability);
      if (rise < 0) report("request-parameter-stability-decreased", fact, levels);
      if (rise > 0) report("request-parameter-stability-increased", fact, levels);
    }
  },
});
