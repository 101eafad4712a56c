import { exampleOf, operationWith } from "../example-documents.ts";
import { ageChangeOf, stabilityLevels, stabilityRank } from "../lifecycle.ts";
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
      message: "deprecated {place}",
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
      message: "deprecated {place} with the sunset {sunset}",
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
      message: "{place} is no longer deprecated",
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
      message: "took back the sunset {sunset} while {place} stays deprecated",
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
      message: "set the sunset {sunset} for {place}, which is deprecated",
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
      message: "moved the sunset of {place} forward from {before} to {after}",
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
      message: "postponed the sunset of {place} from {before} to {after}",
      why: "Clients have more time than they were promised.",
      migration: "Nothing has to be done.",
      example: exampleOf(operationWith, announced("2999-01-01"), announced("2999-06-01")),
    },
    "api-sunset-date-too-small": {
      level: "breaking",
      direction: "none",
      area: "paths",
      kind: "lifecycle",
      action: "change",
      message: "gave {place} the sunset {sunset}, which has already passed",
      why: "Clients are left no time at all to follow.",
      migration: "Leave the operation now, or ask its owner for a date ahead.",
      example: exampleOf(operationWith, { deprecated: true }, announced("2000-01-01")),
    },
    "api-invalid-stability-level": {
      level: "risky",
      direction: "none",
      area: "paths",
      kind: "lifecycle",
      action: "change",
      message: "gave {place} the stability level {stability}, which is none",
      why: "Nobody can tell from it what the operation promises; draft, alpha, beta and stable are the levels.",
      migration: "Ask the owner which level is meant.",
      example: exampleOf(operationWith, { "x-stability-level": "beta" }, { "x-stability-level": "gold" }),
    },
    "api-stability-decreased": {
      level: "breaking",
      direction: "none",
      area: "paths",
      kind: "lifecycle",
      action: "decrease",
      message: "lowered the stability level of {place} from {before} to {after}",
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
      message: "raised the stability level of {place} from {before} to {after}",
      why: "The operation promises more than before.",
      migration: "Nothing has to be done.",
      example: exampleOf(operationWith, { "x-stability-level": "beta" }, { "x-stability-level": "stable" }),
    },
  },
  run(facts, report, { today }) {
    for (const fact of facts.lifecycle) {
      const was = fact.before ?? { deprecated: false };
      const is = fact.after ?? { deprecated: false };
      const change = ageChangeOf(was, is, today);
      const [before, after] = [was.sunset ?? "", is.sunset ?? ""];
      if (change === "reactivated") report("endpoint-reactivated", fact, {});
      if (change === "deprecated") report("endpoint-deprecated", fact, {});
      if (change === "deprecated-with-sunset") report("endpoint-deprecated-with-sunset", fact, { sunset: after });
      if (change === "expired") report("api-sunset-date-too-small", fact, { sunset: after });
      if (change === "sunset-added") report("sunset-added", fact, { sunset: after });
      if (change === "sunset-deleted") report("sunset-deleted", fact, { sunset: before });
      if (change === "sunset-earlier") report("api-sunset-date-changed-too-small", fact, { before, after });
      if (change === "sunset-later") report("api-sunset-date-postponed", fact, { before, after });
      if (is.stability !== was.stability && is.stability !== undefined && !stabilityLevels.includes(is.stability)) {
        report("api-invalid-stability-level", fact, { stability: is.stability });
        continue;
      }
      const args = { before: was.stability ?? "stable", after: is.stability ?? "stable" };
      const rise = stabilityRank(is.stability) - stabilityRank(was.stability);
      if (rise < 0) report("api-stability-decreased", fact, args);
      if (rise > 0) report("api-stability-increased", fact, args);
    }
  },
});
