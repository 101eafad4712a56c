import type { OperationFact } from "../../diff/facts.ts";
import type { JsonValue } from "../../spec/model.ts";
import { documentWith, exampleOf } from "../example-documents.ts";
import { isUnstable, sunsetState } from "../lifecycle.ts";
import { defineCheck } from "../rule.ts";

const answers = { "200": { description: "Pets" } };
const pets = { "200": { description: "Pets", content: { "application/json": { schema: { type: "string" } } } } };
const kept = { "/health": { get: { responses: answers } } };
const withPaths = (paths: { [path: string]: JsonValue }) => documentWith({ paths });

const live = { get: { responses: answers } };
const retired = { get: { responses: answers, deprecated: true, "x-sunset": "2000-01-01" } };
const retiring = { get: { responses: answers, deprecated: true, "x-sunset": "2999-01-01" } };
const deprecated = { get: { responses: answers, deprecated: true } };
const draft = { get: { responses: answers, "x-stability-level": "draft" } };
const post = { post: { responses: answers } };

const leave = "Stop calling the operation, and move to its replacement where there is one.";

export const operationCheck = defineCheck({
  rules: {
    "endpoint-added": {
      level: "safe",
      direction: "none",
      area: "paths",
      kind: "existence",
      action: "add",
      message: "added the operation {operation}",
      why: "No client calls it yet.",
      migration: "Nothing has to be done.",
      example: exampleOf(withPaths, kept, { ...kept, "/pets": live }),
    },
    "endpoint-moved": {
      level: "breaking",
      direction: "none",
      area: "paths",
      kind: "existence",
      action: "change",
      message: "moved the operation {before} to {after}",
      why: "The operation is at a new address, and calls to the old one find nothing.",
      migration: "Change the path that your code calls, and compare what the operation takes there.",
      example: exampleOf(
        withPaths,
        { "/pets": { get: { responses: pets } } },
        { "/animals": { get: { responses: pets } } },
      ),
    },
    "endpoint-method-changed": {
      level: "breaking",
      direction: "none",
      area: "paths",
      kind: "existence",
      action: "change",
      message: "changed the method of {before}: it is {after} now",
      why: "Calls with the old method are refused, usually with 405.",
      migration: "Change the method that your code calls with.",
      example: exampleOf(
        withPaths,
        { "/pets": { get: { responses: pets } } },
        { "/pets": { post: { responses: pets } } },
      ),
    },
    "api-path-removed-without-deprecation": {
      level: "breaking",
      direction: "none",
      area: "paths",
      kind: "existence",
      action: "remove",
      message: "removed the path of {operation} without deprecating it first",
      why: "Every call to the path fails, and nothing announced it.",
      migration: leave,
      example: exampleOf(withPaths, { ...kept, "/pets": live }, kept),
    },
    "api-path-removed-before-sunset": {
      level: "breaking",
      direction: "none",
      area: "paths",
      kind: "existence",
      action: "remove",
      message: "removed the path of {operation} before its sunset {sunset}",
      why: "Clients were told that they may call it until the sunset.",
      migration: leave,
      example: exampleOf(withPaths, { ...kept, "/pets": retiring }, kept),
    },
    "api-path-removed-with-deprecation": {
      level: "safe",
      direction: "none",
      area: "paths",
      kind: "existence",
      action: "remove",
      message: "removed the path of {operation}, which was deprecated and whose sunset has passed",
      why: "The removal was announced and its date has passed.",
      migration: leave,
      example: exampleOf(withPaths, { ...kept, "/pets": retired }, kept),
    },
    "api-removed-without-deprecation": {
      level: "breaking",
      direction: "none",
      area: "paths",
      kind: "existence",
      action: "remove",
      message: "removed the operation {operation} without deprecating it first",
      why: "Every call to the operation fails, and nothing announced it.",
      migration: leave,
      example: exampleOf(withPaths, { "/pets": { ...live, ...post } }, { "/pets": post }),
    },
    "api-removed-before-sunset": {
      level: "breaking",
      direction: "none",
      area: "paths",
      kind: "existence",
      action: "remove",
      message: "removed the operation {operation} before its sunset {sunset}",
      why: "Clients were told that they may call it until the sunset.",
      migration: leave,
      example: exampleOf(withPaths, { "/pets": { ...retiring, ...post } }, { "/pets": post }),
    },
    "api-removed-with-deprecation": {
      level: "safe",
      direction: "none",
      area: "paths",
      kind: "existence",
      action: "remove",
      message: "removed the operation {operation}, which was deprecated and whose sunset has passed",
      why: "The removal was announced and its date has passed.",
      migration: leave,
      example: exampleOf(withPaths, { "/pets": { ...retired, ...post } }, { "/pets": post }),
    },
    "deprecated-endpoint-removed-without-sunset": {
      level: "risky",
      direction: "none",
      area: "paths",
      kind: "existence",
      action: "remove",
      message: "removed the operation {operation}, which was deprecated without a date for its end",
      why: "The removal was announced, but nobody could know when it would come; calls fail from now on.",
      migration: leave,
      example: exampleOf(withPaths, { ...kept, "/pets": deprecated }, kept),
    },
    "unstable-endpoint-removed": {
      level: "safe",
      direction: "none",
      area: "paths",
      kind: "existence",
      action: "remove",
      message: "removed the operation {operation}, whose stability level was {stability}",
      why: "A draft or alpha operation promises nothing, its own existence included.",
      migration: leave,
      example: exampleOf(withPaths, { ...kept, "/pets": draft }, kept),
    },
  },
  run(facts, report, { today }) {
    for (const fact of facts.operation) {
      if (fact.action === "added") report("endpoint-added", fact, { operation: nameOf(fact.after) });
      else if (fact.action === "moved" || fact.action === "method-changed") {
        const id = fact.action === "moved" ? "endpoint-moved" : "endpoint-method-changed";
        report(id, fact, { before: nameOf(fact.before), after: nameOf(fact.after) });
      } else {
        const operation = nameOf(fact.before);
        const { stability, sunset, deprecated } = fact.before ?? { deprecated: false };
        if (isUnstable(stability)) report("unstable-endpoint-removed", fact, { operation, stability: stability ?? "" });
        else {
          const what = fact.wholePath ? "api-path" : "api";
          const state = deprecated ? sunsetState(sunset, today) : "none";
          if (state === "passed") report(`${what}-removed-with-deprecation`, fact, { operation });
          else if (state === "ahead")
            report(`${what}-removed-before-sunset`, fact, { operation, sunset: sunset ?? "" });
          else if (deprecated) report("deprecated-endpoint-removed-without-sunset", fact, { operation });
          else report(`${what}-removed-without-deprecation`, fact, { operation });
        }
      }
    }
  },
});

function nameOf(operation: OperationFact["before"]): string {
  return operation === undefined ? "" : `${operation.method} ${operation.path}`;
}
