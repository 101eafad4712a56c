import type { JsonValue } from "../../spec/model.ts";
import { documentWith, exampleOf, operationWith } from "../example-documents.ts";
import { isUnstable, sunsetState } from "../lifecycle.ts";
import { defineCheck } from "../rule.ts";

type Parameter = { [key: string]: JsonValue };

const schema = { type: "string" };
const limit: Parameter = { name: "limit", in: "query", schema };
const free: Parameter = { name: "limit", in: "query" };
const required: Parameter = { ...limit, required: true };
const withParameters = (parameters: Parameter[]) => operationWith({ parameters });
const atPath = (path: string) => {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const parameters = names.map((name) => ({ name, in: "path", required: true, schema }));
  return documentWith({ paths: { [path]: { get: { parameters, responses: { "204": { description: "Done" } } } } } });
};
const withUndeclared = (parameters: Parameter[]) =>
  documentWith({
    paths: { "/pets/{id}": { get: { parameters, responses: { "204": { description: "Done" } } } } },
  });

const sendIt = "Send the parameter in every request before the change takes effect.";
const nothing = "Nothing has to be done.";

export const parameterCheck = defineCheck({
  rules: {
    "new-required-request-parameter": {
      level: "breaking",
      direction: "request",
      area: "parameters",
      kind: "existence",
      action: "add",
      message: "added {place}, which is required",
      why: "Requests without the parameter were complete before and are refused now.",
      migration: sendIt,
      example: exampleOf(withParameters, [], [required]),
    },
    "new-optional-request-parameter": {
      level: "safe",
      direction: "request",
      area: "parameters",
      kind: "existence",
      action: "add",
      message: "added {place}, which is optional",
      why: "Requests without the parameter are as good as before.",
      migration: nothing,
      example: exampleOf(withParameters, [], [limit]),
    },
    "new-request-path-parameter": {
      level: "breaking",
      direction: "request",
      area: "parameters",
      kind: "existence",
      action: "add",
      message: "added {place}",
      why: "The path has a part that clients have to fill in now.",
      migration: "Fill in the parameter when your code builds the path.",
      example: exampleOf(withUndeclared, [], [{ name: "id", in: "path", required: true, schema: { type: "string" } }]),
    },
    "request-path-parameter-removed": {
      level: "risky",
      direction: "request",
      area: "parameters",
      kind: "existence",
      action: "remove",
      message: "no longer declares {place}",
      why: "The path still has the part, but nothing says any more what may stand in it.",
      migration: "Ask the owner what the path expects.",
      example: exampleOf(withUndeclared, [{ name: "id", in: "path", required: true, schema: { type: "string" } }], []),
    },
    "request-path-parameter-renamed": {
      level: "safe",
      direction: "request",
      area: "parameters",
      kind: "existence",
      action: "change",
      message: "renamed the path parameter `{before}` to `{after}`",
      why: "The name of a path parameter is not sent; only generated clients show it.",
      migration: "When you regenerate your client, rename the argument.",
      example: exampleOf(atPath, "/pets/{id}", "/pets/{petId}"),
    },
    "request-parameter-renamed": {
      level: "breaking",
      direction: "request",
      area: "parameters",
      kind: "existence",
      action: "change",
      message: "renamed the {in} parameter `{before}` to `{after}`",
      why: "A value under the old name is not read any more.",
      migration: "Send the value under the new name.",
      example: exampleOf(withParameters, [limit], [{ ...limit, name: "pageSize" }]),
    },
    "request-parameter-moved": {
      level: "breaking",
      direction: "request",
      area: "parameters",
      kind: "existence",
      action: "change",
      message: "moved the parameter `{name}` from {before} to {after}",
      why: "A value in the old place is not read any more.",
      migration: "Send the value in the new place.",
      example: exampleOf(withParameters, [limit], [{ name: "limit", in: "header", schema }]),
    },
    "request-parameter-removed": {
      level: "breaking",
      direction: "request",
      area: "parameters",
      kind: "existence",
      action: "remove",
      message: "removed {place}",
      why: "Most servers ignore the parameter now, so what it asked for does not happen; a strict one refuses it.",
      migration: "Stop sending the parameter, and find out what takes its place.",
      example: exampleOf(withParameters, [limit], []),
    },
    "request-parameter-removed-before-sunset": {
      level: "breaking",
      direction: "request",
      area: "parameters",
      kind: "existence",
      action: "remove",
      message: "removed {place} before its sunset {sunset}",
      why: "Clients were told that they may send it until the sunset.",
      migration: "Stop sending the parameter now.",
      example: exampleOf(withParameters, [{ ...limit, deprecated: true, "x-sunset": "2999-01-01" }], []),
    },
    "request-parameter-removed-with-deprecation": {
      level: "safe",
      direction: "request",
      area: "parameters",
      kind: "existence",
      action: "remove",
      message: "removed {place}, which was deprecated and whose sunset has passed",
      why: "The removal was announced and its date has passed.",
      migration: "Stop sending the parameter.",
      example: exampleOf(withParameters, [{ ...limit, deprecated: true, "x-sunset": "2000-01-01" }], []),
    },
    "deprecated-request-parameter-removed-without-sunset": {
      level: "risky",
      direction: "request",
      area: "parameters",
      kind: "existence",
      action: "remove",
      message: "removed {place}, which was deprecated without a date for its end",
      why: "The removal was announced, but nobody could know when it would come.",
      migration: "Stop sending the parameter, and find out what takes its place.",
      example: exampleOf(withParameters, [{ ...limit, deprecated: true }], []),
    },
    "unstable-request-parameter-removed": {
      level: "safe",
      direction: "request",
      area: "parameters",
      kind: "existence",
      action: "remove",
      message: "removed {place}, whose stability level was {stability}",
      why: "A draft or alpha parameter promises nothing, its own existence included.",
      migration: "Stop sending the parameter, and find out what takes its place.",
      example: exampleOf(withParameters, [{ ...limit, "x-stability-level": "alpha" }], []),
    },
    "request-parameter-became-required": {
      level: "breaking",
      direction: "request",
      area: "parameters",
      kind: "requiredness",
      action: "change",
      message: "made {place} required",
      why: "Requests without the parameter were complete before and are refused now.",
      migration: sendIt,
      example: exampleOf(withParameters, [limit], [required]),
    },
    "request-parameter-became-optional": {
      level: "safe",
      direction: "request",
      area: "parameters",
      kind: "requiredness",
      action: "change",
      message: "made {place} optional",
      why: "Requests with the parameter are as good as before.",
      migration: nothing,
      example: exampleOf(withParameters, [required], [limit]),
    },
    "request-parameter-schema-added": {
      level: "breaking",
      direction: "request",
      area: "parameters",
      kind: "existence",
      action: "add",
      message: "limited what {place} may hold",
      why: "The value could be anything before and has to satisfy a schema now.",
      migration: "Compare what your code sends with the schema.",
      example: exampleOf(withParameters, [free], [limit]),
    },
    "request-parameter-schema-removed": {
      level: "safe",
      direction: "request",
      area: "parameters",
      kind: "existence",
      action: "remove",
      message: "no longer limits what {place} may hold",
      why: "Every value that was accepted before still is.",
      migration: nothing,
      example: exampleOf(withParameters, [limit], [free]),
    },
  },
  run(facts, report, { today }) {
    for (const fact of facts.parameter) {
      if (fact.direction !== "request") continue;
      const { before, after } = fact;
      if (fact.action === "renamed") {
        const names = { before: before?.name ?? "", after: after?.name ?? "" };
        if (after?.in === "path") report("request-path-parameter-renamed", fact, names);
        else report("request-parameter-renamed", fact, { in: after?.in ?? "", ...names });
      } else if (fact.action === "moved") {
        const args = { name: after?.name ?? "", before: before?.in ?? "", after: after?.in ?? "" };
        report("request-parameter-moved", fact, args);
      } else if (fact.action === "added") {
        if (after?.in === "path") report("new-request-path-parameter", fact, {});
        else report(after?.required ? "new-required-request-parameter" : "new-optional-request-parameter", fact, {});
      } else if (before?.in === "path") {
        report("request-path-parameter-removed", fact, {});
      } else {
        const stability = before?.stability ?? "stable";
        const state = before?.deprecated ? sunsetState(before.sunset, today) : "none";
        if (isUnstable(stability)) report("unstable-request-parameter-removed", fact, { stability });
        else if (state === "passed") report("request-parameter-removed-with-deprecation", fact, {});
        else if (state === "ahead") {
          report("request-parameter-removed-before-sunset", fact, { sunset: before?.sunset ?? "" });
        } else if (before?.deprecated) report("deprecated-request-parameter-removed-without-sunset", fact, {});
        else report("request-parameter-removed", fact, {});
      }
    }
    for (const fact of facts["value-schema"]) {
      if (fact.direction === "request") report(`request-parameter-schema-${fact.action}`, fact, {});
    }
    for (const fact of facts["parameter-aspect"]) {
      if (fact.direction !== "request" || fact.aspect !== "required") continue;
      report(fact.after === true ? "request-parameter-became-required" : "request-parameter-became-optional", fact, {});
    }
  },
});
