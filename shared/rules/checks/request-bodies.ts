import type { JsonValue } from "../../spec/model.ts";
import { exampleOf, operationWith } from "../example-documents.ts";
import { defineCheck } from "../rule.ts";

type Part = { [key: string]: JsonValue };

const schema = { type: "string" };
const json: Part = { "application/json": { schema } };
const both: Part = { ...json, "application/xml": { schema } };
const free: Part = { "application/json": {} };
const nothing: Part = {};
const body = (content: Part, required = true): Part => ({ requestBody: { content, required } });

export const requestBodyCheck = defineCheck({
  rules: {
    "request-body-added-required": {
      level: "breaking",
      direction: "request",
      area: "requestBody",
      kind: "existence",
      action: "add",
      message: "added a required request body",
      why: "Requests without a body were complete before and are refused now.",
      migration: "Send the body in every request before the change takes effect.",
      example: exampleOf(operationWith, nothing, body(json)),
    },
    "request-body-added-optional": {
      level: "safe",
      direction: "request",
      area: "requestBody",
      kind: "existence",
      action: "add",
      message: "added an optional request body",
      why: "Requests without a body are as good as before.",
      migration: "Nothing has to be done.",
      example: exampleOf(operationWith, nothing, body(json, false)),
    },
    "request-body-removed": {
      level: "breaking",
      direction: "request",
      area: "requestBody",
      kind: "existence",
      action: "remove",
      message: "removed the request body",
      why: "What clients send in the body is ignored or refused.",
      migration: "Find out where the values of the body go now.",
      example: exampleOf(operationWith, body(json), nothing),
    },
    "request-body-became-required": {
      level: "breaking",
      direction: "request",
      area: "requestBody",
      kind: "requiredness",
      action: "change",
      message: "made the request body required",
      why: "Requests without a body were complete before and are refused now.",
      migration: "Send the body in every request before the change takes effect.",
      example: exampleOf(operationWith, body(json, false), body(json)),
    },
    "request-body-became-optional": {
      level: "safe",
      direction: "request",
      area: "requestBody",
      kind: "requiredness",
      action: "change",
      message: "made the request body optional",
      why: "Requests with a body are as good as before.",
      migration: "Nothing has to be done.",
      example: exampleOf(operationWith, body(json), body(json, false)),
    },
    "request-body-media-type-added": {
      level: "safe",
      direction: "request",
      area: "requestBody",
      kind: "existence",
      action: "add",
      message: "accepts {place} as {mediaType}",
      why: "The media types that clients send already are accepted as before.",
      migration: "Nothing has to be done.",
      example: exampleOf(operationWith, body(json), body(both)),
    },
    "request-body-media-type-removed": {
      level: "breaking",
      direction: "request",
      area: "requestBody",
      kind: "existence",
      action: "remove",
      message: "no longer accepts {place} as {mediaType}",
      why: "Requests of that media type are refused, usually with 415.",
      migration: "Send one of the media types that are left.",
      example: exampleOf(operationWith, body(both), body(json)),
    },
    "request-body-media-type-schema-added": {
      level: "breaking",
      direction: "request",
      area: "requestBody",
      kind: "existence",
      action: "add",
      message: "limited what {place} may hold as {mediaType}",
      why: "The body could be anything before and has to satisfy a schema now.",
      migration: "Compare what your code sends with the schema.",
      example: exampleOf(operationWith, body(free), body(json)),
    },
    "request-body-media-type-schema-removed": {
      level: "safe",
      direction: "request",
      area: "requestBody",
      kind: "existence",
      action: "remove",
      message: "no longer limits what {place} may hold as {mediaType}",
      why: "Every body that was accepted before still is.",
      migration: "Nothing has to be done.",
      example: exampleOf(operationWith, body(json), body(free)),
    },
  },
  run(facts, report) {
    for (const fact of facts["request-body"]) {
      if (fact.direction !== "request") continue;
      if (fact.action === "removed") report("request-body-removed", fact, {});
      else report(fact.after?.required ? "request-body-added-required" : "request-body-added-optional", fact, {});
    }
    for (const fact of facts["request-body-required"]) {
      if (fact.direction === "request") report(`request-body-${fact.action}`, fact, {});
    }
    for (const fact of facts["media-type"]) {
      const mediaType = fact.location.mediaType ?? "";
      if (fact.direction === "request") report(`request-body-media-type-${fact.action}`, fact, { mediaType });
    }
    for (const fact of facts["media-type-schema"]) {
      const mediaType = fact.location.mediaType ?? "";
      if (fact.direction === "request") report(`request-body-media-type-schema-${fact.action}`, fact, { mediaType });
    }
  },
});
