import type { JsonValue } from "../../spec/model.ts";
import { exampleOf, operationWith } from "../example-documents.ts";
import { defineCheck } from "../rule.ts";

type Parameter = { [key: string]: JsonValue };

const schema = { type: "string" };
const limit: Parameter = { name: "limit", in: "query", schema };
const list: Parameter = { name: "ids", in: "query", schema: { type: "array", items: schema } };
const withParameters = (parameters: Parameter[]) => operationWith({ parameters });
const nothing = "Nothing has to be done.";

/** How the value of a parameter is written into the request. */
export const parameterWritingCheck = defineCheck({
  rules: {
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
  run(facts, report) {
    for (const fact of facts["parameter-aspect"]) {
      if (fact.direction !== "request" || fact.aspect === "required") continue;
      const isAllowed = fact.after === true;
      const args = { before: fact.before ?? "plain text", after: fact.after ?? "plain text" };
      if (fact.aspect === "mediaType") report("request-parameter-media-type-changed", fact, args);
      else if (fact.aspect === "style") report("request-parameter-style-changed", fact, args);
      else if (fact.aspect === "explode") report("request-parameter-explode-changed", fact, args);
      else if (fact.aspect === "allowReserved") {
        report(`request-parameter-reserved-characters-${isAllowed ? "allowed" : "disallowed"}`, fact, {});
      } else report(`request-parameter-empty-value-${isAllowed ? "allowed" : "disallowed"}`, fact, {});
    }
  },
});
