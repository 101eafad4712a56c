import { exampleOf, requestWith, responseWith } from "../example-documents.ts";
import { defineCheck } from "../rule.ts";

const live = { type: "object", properties: { tag: { type: "string" } } };
const deprecated = { type: "object", properties: { tag: { type: "string", deprecated: true } } };
const leave = "Plan to do without the property: it may be removed.";

export const propertyLifecycleCheck = defineCheck({
  rules: {
    "request-property-deprecated": {
      level: "safe",
      direction: "request",
      area: "schema",
      kind: "lifecycle",
      action: "change",
      message: "deprecated {place}",
      why: "The property still works; its removal is announced.",
      migration: leave,
      example: exampleOf(requestWith, live, deprecated),
    },
    "request-property-reactivated": {
      level: "safe",
      direction: "request",
      area: "schema",
      kind: "lifecycle",
      action: "change",
      message: "{place} is no longer deprecated",
      why: "The announced removal is called off.",
      migration: "Nothing has to be done.",
      example: exampleOf(requestWith, deprecated, live),
    },
    "response-property-deprecated": {
      level: "safe",
      direction: "response",
      area: "schema",
      kind: "lifecycle",
      action: "change",
      message: "deprecated {place}",
      why: "The property is still returned; its removal is announced.",
      migration: leave,
      example: exampleOf(responseWith, live, deprecated),
    },
    "response-property-reactivated": {
      level: "safe",
      direction: "response",
      area: "schema",
      kind: "lifecycle",
      action: "change",
      message: "{place} is no longer deprecated",
      why: "The announced removal is called off.",
      migration: "Nothing has to be done.",
      example: exampleOf(responseWith, deprecated, live),
    },
  },
  run(facts, report) {
    for (const fact of facts["property-lifecycle"]) {
      const way = fact.location.site.startsWith("request") ? "request" : "response";
      report(`${way}-property-${fact.action}`, fact, {});
    }
  },
});
