import type { JsonValue } from "../../spec/model.ts";
import { exampleOf, operationWith } from "../example-documents.ts";
import { sunsetState } from "../lifecycle.ts";
import { defineCheck } from "../rule.ts";

type Headers = { [name: string]: JsonValue };

const optional: Headers = { "x-rate-limit": { schema: { type: "integer" } } };
const required: Headers = { "x-rate-limit": { schema: { type: "integer" }, required: true } };
const deprecated = { "x-rate-limit": { schema: { type: "integer" }, deprecated: true } };
const limits = { type: "object", properties: { hour: { type: "integer" } } };
const flat: Headers = { "x-rate-limit": { schema: limits } };
const exploded: Headers = { "x-rate-limit": { schema: limits, explode: true } };
const retired: Headers = { "x-rate-limit": { ...deprecated["x-rate-limit"], "x-sunset": "2000-01-01" } };
const none: Headers = {};
const free: Headers = { "x-rate-limit": {} };
const listed = (collectionFormat: string): JsonValue => ({
  swagger: "2.0",
  info: { title: "Pets", version: "1" },
  paths: {
    "/pets": {
      get: {
        responses: {
          "200": {
            description: "Pets",
            headers: { "x-tags": { type: "array", items: { type: "string" }, collectionFormat } },
          },
        },
      },
    },
  },
});
const withHeaders = (headers: Headers) => operationWith({ responses: { "200": { description: "A pet", headers } } });

export const headerCheck = defineCheck({
  rules: {
    "response-header-added": {
      level: "safe",
      direction: "response",
      area: "headers",
      kind: "existence",
      action: "add",
      message: "added {place} ({status})",
      why: "Clients ignore headers that they do not know.",
      migration: "Nothing has to be done.",
      example: exampleOf(withHeaders, none, optional),
    },
    "required-response-header-removed": {
      level: "breaking",
      direction: "response",
      area: "headers",
      kind: "existence",
      action: "remove",
      message: "removed {place} ({status}), which was always sent",
      why: "Clients could rely on the header.",
      migration: "Stop reading the header before the change takes effect.",
      example: exampleOf(withHeaders, required, none),
    },
    "optional-response-header-removed": {
      level: "risky",
      direction: "response",
      area: "headers",
      kind: "existence",
      action: "remove",
      message: "removed {place} ({status})",
      why: "A correct client copes with its absence, but what it did with the value does not happen any more.",
      migration: "Find what your code does with the header.",
      example: exampleOf(withHeaders, optional, none),
    },
    "response-header-became-optional": {
      level: "breaking",
      direction: "response",
      area: "headers",
      kind: "requiredness",
      action: "change",
      message: "no longer always sends {place} ({status})",
      why: "Clients could rely on the header.",
      migration: "Handle the absence of the header.",
      example: exampleOf(withHeaders, required, optional),
    },
    "response-header-became-required": {
      level: "safe",
      direction: "response",
      area: "headers",
      kind: "requiredness",
      action: "change",
      message: "always sends {place} ({status})",
      why: "Clients that cope with its absence still work.",
      migration: "Nothing has to be done.",
      example: exampleOf(withHeaders, optional, required),
    },
    "response-header-deprecated": {
      level: "safe",
      direction: "response",
      area: "headers",
      kind: "lifecycle",
      action: "change",
      message: "deprecated {place} ({status})",
      why: "The header is still sent; its removal is announced.",
      migration: "Plan to do without the header: it may be removed.",
      example: exampleOf(withHeaders, optional, deprecated),
    },
    "response-header-reactivated": {
      level: "safe",
      direction: "response",
      area: "headers",
      kind: "lifecycle",
      action: "change",
      message: "{place} is no longer deprecated ({status})",
      why: "The announced removal is called off.",
      migration: "Nothing has to be done.",
      example: exampleOf(withHeaders, deprecated, optional),
    },
    "response-header-schema-added": {
      level: "safe",
      direction: "response",
      area: "headers",
      kind: "existence",
      action: "add",
      message: "describes {place} by a schema ({status})",
      why: "The value could be anything before; now there is a promise.",
      migration: "Nothing has to be done.",
      example: exampleOf(withHeaders, free, optional),
    },
    "response-header-schema-removed": {
      level: "risky",
      direction: "response",
      area: "headers",
      kind: "existence",
      action: "remove",
      message: "no longer describes {place} by a schema ({status})",
      why: "Nothing promises any more what the value is.",
      migration: "Ask the owner whether the header still holds what it did.",
      example: exampleOf(withHeaders, optional, free),
    },
    "response-header-removed-with-deprecation": {
      level: "safe",
      direction: "response",
      area: "headers",
      kind: "existence",
      action: "remove",
      message: "removed {place} ({status}), which was deprecated and whose sunset has passed",
      why: "The removal was announced and its date has passed.",
      migration: "Stop reading the header.",
      example: exampleOf(withHeaders, retired, none),
    },
    "response-header-style-changed": {
      level: "breaking",
      direction: "response",
      area: "headers",
      kind: "type",
      action: "change",
      message: "changed how {place} ({status}) is written from the style {before} to {after}",
      why: "The same list is written differently in the header, and code that reads the old way misreads it.",
      migration: "Change how your code takes the header apart.",
      example: { before: listed("csv"), after: listed("pipes") },
    },
    "response-header-media-type-changed": {
      level: "breaking",
      direction: "response",
      area: "headers",
      kind: "type",
      action: "change",
      message: "changed how {place} ({status}) is written from {before} to {after}",
      why: "The same value is written differently (a JSON text has quotes), and code that reads the old way misreads it.",
      migration: "Change how your code reads the header.",
      example: exampleOf(withHeaders, flat, {
        "x-rate-limit": { content: { "application/json": { schema: limits } } },
      }),
    },
    "response-header-explode-changed": {
      level: "breaking",
      direction: "response",
      area: "headers",
      kind: "type",
      action: "change",
      message: "changed explode of {place} ({status}) from {before} to {after}",
      why: "The same object is written differently in the header, and code that reads the old way misreads it.",
      migration: "Change how your code takes the header apart.",
      example: exampleOf(withHeaders, flat, exploded),
    },
  },
  run(facts, report, { today }) {
    for (const fact of facts.header) {
      const status = fact.location.status ?? "";
      if (fact.action === "added") report("response-header-added", fact, { status });
      else {
        const isRetired = fact.before?.deprecated === true && sunsetState(fact.before.sunset, today) === "passed";
        const need = fact.before?.required ? "required" : "optional";
        if (isRetired) report("response-header-removed-with-deprecation", fact, { status });
        else report(`${need}-response-header-removed`, fact, { status });
      }
    }
    for (const fact of facts["value-schema"]) {
      const status = fact.location.status ?? "sent";
      if (fact.direction === "response") report(`response-header-schema-${fact.action}`, fact, { status });
    }
    for (const fact of facts["header-required"]) {
      report(`response-header-${fact.action}`, fact, { status: fact.location.status ?? "" });
    }
    for (const fact of facts["header-aspect"]) {
      const status = fact.location.status ?? "";
      const args = { status, before: fact.before ?? "plain text", after: fact.after ?? "plain text" };
      if (fact.aspect === "explode") report("response-header-explode-changed", fact, args);
      else if (fact.aspect === "style") report("response-header-style-changed", fact, args);
      else if (fact.aspect === "mediaType") report("response-header-media-type-changed", fact, args);
      else report(`response-header-${fact.after ? "deprecated" : "reactivated"}`, fact, { status });
    }
  },
});
