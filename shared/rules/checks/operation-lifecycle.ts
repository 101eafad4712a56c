import { exampleOf, operationWith } from "../example-documents.ts";
import { dayOf, stabilityRank } from "../lifecycle.ts";
import { defineCheck } from "../rule.ts";

const announced = (sunset: string) => ({ deprecated: true, "x-sunset": sunset });
const watch = "Plan to leave the operation, and note the date.";

export const operationLifecycleCheck = defineCheck({
  rules: {
    "endpoint-deprecated": {
      level: "safe",
      direction: "none",
      area: "paths",
      kind: "lifecycle",
      action: "change",
      message: "deprecated the operation",
      why: "The operation still works; its removal is announced without a date.",
      migration: "Plan to leave the operation, and ask its owner for the date.",
      example: exampleOf(operationWith, {}, { deprecated: true }),
    },
    "endpoint-deprecated-with-sunset": {
      level: "safe",
      direction: "none",
      area: "paths",
      kind: "lifecycle",
      action: "change",
      message: "deprecated the operation with the sunset {sunset}",
      why: "The operation still works until its sunset.",
      migration: watch,
      example: exampleOf(operationWith, {}, announced("2999-01-01")),
    },
    "endpoint-reactivated": {
      level: "safe",
      direction: "none",
      area: "paths",
      kind: "lifecycle",
      action: "change",
      message: "the operation is no longer deprecated",
      why: "The announced removal is called off.",
      migration: "Nothing has to be done.",
      example: exampleOf(operationWith, { deprecated: true }, {}),
    },
    "sunset-deleted": {
      level: "risky",
      direction: "none",
      area: "paths",
      kind: "lifecycle",
      action: "remove",
      message: "took back the sunset {sunset} while the operation stays deprecated",
      why: "Clients planned by a date that does not hold any more; the removal may come earlier.",
      migration: "Ask the owner which date holds.",
      example: exampleOf(operationWith, announced("2999-01-01"), { deprecated: true }),
    },
    "sunset-added": {
      level: "safe",
      direction: "none",
      area: "paths",
      kind: "lifecycle",
      action: "add",
      message: "set the sunset {sunset} for the deprecated operation",
      why: "The announced removal has a date now.",
      migration: watch,
      example: exampleOf(operationWith, { deprecated: true }, announced("2999-01-01")),
    },
    "api-sunset-date-changed-too-small": {
      level: "breaking",
      direction: "none",
      area: "paths",
      kind: "lifecycle",
      action: "decrease",
      message: "moved the sunset of the operation forward from {before} to {after}",
      why: "Clients have less time than they were promised.",
      migration: "Move your own plan to leave the operation to the new date.",
      example: exampleOf(operationWith, announced("2999-06-01"), announced("2999-01-01")),
    },
    "api-sunset-date-postponed": {
      level: "safe",
      direction: "none",
      area: "paths",
      kind: "lifecycle",
      action: "increase",
      message: "postponed the sunset of the operation from {before} to {after}",
      why: "Clients have more time than they were promised.",
      migration: "Nothing has to be done.",
      example: exampleOf(operationWith, announced("2999-01-01"), announced("2999-06-01")),
    },
    "api-stability-decreased": {
      level: "breaking",
      direction: "none",
      area: "paths",
      kind: "lifecycle",
      action: "decrease",
      message: "lowered the stability level of the operation from {before} to {after}",
      why: "The operation promises less than the one that clients chose to build on.",
      migration: "Decide whether your code may depend on an operation of that level.",
      example: exampleOf(operationWith, { "x-stability-level": "stable" }, { "x-stability-level": "beta" }),
    },
    "api-stability-increased": {
      level: "safe",
      direction: "none",
      area: "paths",
      kind: "lifecycle",
      action: "increase",
      message: "raised the stability level of the operation from {before} to {after}",
      why: "The operation promises more than before.",
      migration: "Nothing has to be done.",
      example: exampleOf(operationWith, { "x-stability-level": "beta" }, { "x-stability-level": "stable" }),
    },
  },
  run(facts, report) {
    for (const fact of facts.lifecycle) {
      const was = fact.before ?? { deprecated: false };
      const is = fact.after ?? { deprecated: false };
      if (was.deprecated && !is.deprecated) report("endpoint-reactivated", fact, {});
      else if (!was.deprecated && is.deprecated) {
        if (is.sunset === undefined) report("endpoint-deprecated", fact, {});
        else report("endpoint-deprecated-with-sunset", fact, { sunset: is.sunset });
      } else if (was.sunset !== is.sunset && is.deprecated) {
        const [before, after] = [was.sunset, is.sunset];
        if (before === undefined) report("sunset-added", fact, { sunset: after ?? "" });
        else if (after === undefined) report("sunset-deleted", fact, { sunset: before });
        else if ((dayOf(after) ?? after) < (dayOf(before) ?? before)) {
          report("api-sunset-date-changed-too-small", fact, { before, after });
        } else report("api-sunset-date-postponed", fact, { before, after });
      }
      const args = { before: was.stability ?? "stable", after: is.stability ?? "stable" };
      const rise = stabilityRank(is.stability) - stabilityRank(was.stability);
      if (rise < 0) report("api-stability-decreased", fact, args);
      if (rise > 0) report("api-stability-increased", fact, args);
    }
  },
});
