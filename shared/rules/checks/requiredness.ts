import { exampleOf, requestWith, responseWith, schemaAt } from "../example-documents.ts";
import { defineCheck } from "../rule.ts";

const optional = { type: "object", properties: { tag: { type: "string" } } };
const required = { ...optional, required: ["tag"] };
const defaulted = { type: "object", properties: { tag: { type: "string", default: "none" } } };
const requiredDefaulted = { ...defaulted, required: ["tag"] };
const asFilter = (schema: typeof optional) => schemaAt("request-parameter", schema);
const asHeader = (schema: typeof optional) => schemaAt("response-header", schema);

export const requirednessCheck = defineCheck({
  rules: {
    "request-property-became-required": {
      level: "breaking",
      direction: "request",
      area: "schema",
      kind: "requiredness",
      action: "change",
      message: "made {place} required",
      why: "Requests without the property were complete before and are refused now.",
      migration: "Send the property in every request before the change takes effect.",
      example: exampleOf(requestWith, optional, required),
    },
    "request-property-became-required-with-default": {
      level: "breaking",
      direction: "request",
      area: "schema",
      kind: "requiredness",
      action: "change",
      message: "made {place} required, although it has a default",
      why: "A required property has to be sent whatever its default is; a validator refuses requests without it.",
      migration: "Send the property in every request, with its default where nothing else is known.",
      example: exampleOf(requestWith, defaulted, requiredDefaulted),
    },
    "request-property-became-optional": {
      level: "safe",
      direction: "request",
      area: "schema",
      kind: "requiredness",
      action: "change",
      message: "made {place} optional",
      why: "Requests with the property are as good as before.",
      migration: "Nothing has to be done.",
      example: exampleOf(requestWith, required, optional),
    },
    "response-property-became-optional": {
      level: "breaking",
      direction: "response",
      area: "schema",
      kind: "requiredness",
      action: "change",
      message: "made {place} optional",
      why: "Clients could read the property without a check; now it may be missing.",
      migration: "Handle the absence of the property wherever your code reads it.",
      example: exampleOf(responseWith, required, optional),
    },
    "response-property-became-required": {
      level: "safe",
      direction: "response",
      area: "schema",
      kind: "requiredness",
      action: "change",
      message: "made {place} required",
      why: "The property is always there now; clients that cope with its absence still work.",
      migration: "Nothing has to be done.",
      example: exampleOf(responseWith, optional, required),
    },
    "request-parameter-property-became-required": {
      level: "breaking",
      direction: "request",
      area: "parameters",
      kind: "requiredness",
      action: "change",
      message: "made {place} required",
      why: "Requests without the property were complete before and are refused now.",
      migration: "Send the property in every request before the change takes effect.",
      example: exampleOf(asFilter, optional, required),
    },
    "request-parameter-property-became-optional": {
      level: "safe",
      direction: "request",
      area: "parameters",
      kind: "requiredness",
      action: "change",
      message: "made {place} optional",
      why: "Requests with the property are as good as before.",
      migration: "Nothing has to be done.",
      example: exampleOf(asFilter, required, optional),
    },
    "response-header-property-became-optional": {
      level: "breaking",
      direction: "response",
      area: "headers",
      kind: "requiredness",
      action: "change",
      message: "made {place} optional",
      why: "Clients could read the property without a check; now it may be missing.",
      migration: "Handle the absence of the property wherever your code reads it.",
      example: exampleOf(asHeader, required, optional),
    },
    "response-header-property-became-required": {
      level: "safe",
      direction: "response",
      area: "headers",
      kind: "requiredness",
      action: "change",
      message: "made {place} required",
      why: "The property is always there now; clients that cope with its absence still work.",
      migration: "Nothing has to be done.",
      example: exampleOf(asHeader, optional, required),
    },
  },
  run(facts, report) {
    for (const fact of facts.requiredness) {
      switch (fact.location.site) {
        case "request-body":
        case "request-property":
          if (fact.action === "became-required" && fact.after?.default !== undefined) {
            report("request-property-became-required-with-default", fact, {});
          } else report(`request-property-${fact.action}`, fact, {});
          break;
        case "request-parameter":
        case "request-parameter-property":
          report(`request-parameter-property-${fact.action}`, fact, {});
          break;
        case "response-header":
          report(`response-header-property-${fact.action}`, fact, {});
          break;
        default:
          report(`response-property-${fact.action}`, fact, {});
      }
    }
  },
});
