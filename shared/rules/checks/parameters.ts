import type { JsonValue } from "../../spec/model.ts";
import { documentWith, exampleOf, operationWith } from "../example-documents.ts";
import { sunsetState } from "../lifecycle.ts";
import { defineCheck } from "../rule.ts";

type Parameter = { [key: string]: JsonValue };

const schema = { type: "string" };
const limit: Parameter = { name: "limit", in: "query", schema };
const required: Parameter = { ...limit, required: true };
const list: Parameter = { name: "ids", in: "query", schema: { type: "array", items: schema } };
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
    "request-parameter-style-changed": {
      level: "breaking",
      direction: "request",
      area: "parameters",
      kind: "type",
      action: "change",
      message: "changed how {place} is written from the style {before} to {after}",
      why: "The same value is written differently in the request, and the old way is misread.",
      migration: "Change how your code writes the parameter.",
      example: exampleOf(
        withParameters,
        [{ ...list, explode: false }],
        [{ ...list, explode: false, style: "pipeDelimited" }],
      ),
    },
    "request-parameter-explode-changed": {
      level: "breaking",
      direction: "request",
      area: "parameters",
      kind: "type",
      action: "change",
      message: "changed explode of {place} from {before} to {after}",
      why: "Lists and objects are written differently in the request, and the old way is misread.",
      migration: "Change how your code writes lists and objects in this parameter.",
      example: exampleOf(withParameters, [{ ...list, explode: true }], [{ ...list, explode: false }]),
    },
    "request-parameter-media-type-changed": {
      level: "breaking",
      direction: "request",
      area: "parameters",
      kind: "type",
      action: "change",
      message: "changed how {place} is written from {before} to {after}",
      why: "The same value is written differently in the request (a JSON text has quotes), and the old way is misread.",
      migration: "Change how your code writes the parameter.",
      example: exampleOf(
        withParameters,
        [limit],
        [{ name: "limit", in: "query", content: { "application/json": { schema } } }],
      ),
    },
    "request-parameter-reserved-characters-disallowed": {
      level: "breaking",
      direction: "request",
      area: "parameters",
      kind: "constraints",
      action: "remove",
      message: "no longer allows reserved characters unescaped in {place}",
      why: "Values with `/`, `?` or `&` have to be percent-encoded now.",
      migration: "Percent-encode the value.",
      example: exampleOf(withParameters, [{ ...limit, allowReserved: true }], [limit]),
    },
    "request-parameter-reserved-characters-allowed": {
      level: "safe",
      direction: "request",
      area: "parameters",
      kind: "constraints",
      action: "add",
      message: "allows reserved characters unescaped in {place}",
      why: "Encoded values are read as before.",
      migration: nothing,
      example: exampleOf(withParameters, [limit], [{ ...limit, allowReserved: true }]),
    },
    "request-parameter-empty-value-disallowed": {
      level: "breaking",
      direction: "request",
      area: "parameters",
      kind: "constraints",
      action: "remove",
      message: "no longer allows {place} without a value",
      why: "Requests that name the parameter and give it no value are refused.",
      migration: "Send a value, or leave the parameter out.",
      example: exampleOf(withParameters, [{ ...limit, allowEmptyValue: true }], [limit]),
    },
    "request-parameter-empty-value-allowed": {
      level: "safe",
      direction: "request",
      area: "parameters",
      kind: "constraints",
      action: "add",
      message: "allows {place} without a value",
      why: "Requests with a value are read as before.",
      migration: nothing,
      example: exampleOf(withParameters, [limit], [{ ...limit, allowEmptyValue: true }]),
    },
  },
  run(facts, report, { today }) {
    for (const fact of facts.parameter) {
      if (fact.direction !== "request") continue;
      const { before, after } = fact;
      if (fact.action === "renamed") {
        report("request-path-parameter-renamed", fact, { before: before?.name ?? "", after: after?.name ?? "" });
      } else if (fact.action === "moved") {
        const args = { name: after?.name ?? "", before: before?.in ?? "", after: after?.in ?? "" };
        report("request-parameter-moved", fact, args);
      } else if (fact.action === "added") {
        if (after?.in === "path") report("new-request-path-parameter", fact, {});
        else report(after?.required ? "new-required-request-parameter" : "new-optional-request-parameter", fact, {});
      } else if (before?.in === "path") {
        report("request-path-parameter-removed", fact, {});
      } else {
        const state = before?.deprecated ? sunsetState(before.sunset, today) : "none";
        if (state === "passed") report("request-parameter-removed-with-deprecation", fact, {});
        else if (state === "ahead") {
          report("request-parameter-removed-before-sunset", fact, { sunset: before?.sunset ?? "" });
        } else report("request-parameter-removed", fact, {});
      }
    }
    for (const fact of facts["parameter-aspect"]) {
      if (fact.direction !== "request") continue;
      if (fact.aspect === "mediaType") {
        const args = { before: fact.before ?? "plain text", after: fact.after ?? "plain text" };
        report("request-parameter-media-type-changed", fact, args);
        continue;
      }
      const isAllowed = fact.after === true;
      const args = { before: fact.before ?? "", after: fact.after ?? "" };
      if (fact.aspect === "required") {
        report(isAllowed ? "request-parameter-became-required" : "request-parameter-became-optional", fact, {});
      } else if (fact.aspect === "style") report("request-parameter-style-changed", fact, args);
      else if (fact.aspect === "explode") report("request-parameter-explode-changed", fact, args);
      else if (fact.aspect === "allowReserved") {
        report(`request-parameter-reserved-characters-${isAllowed ? "allowed" : "disallowed"}`, fact, {});
      } else report(`request-parameter-empty-value-${isAllowed ? "allowed" : "disallowed"}`, fact, {});
    }
  },
});
