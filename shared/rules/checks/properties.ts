import type { PropertyFact } from "../../diff/facts.ts";
import { exampleOf, requestWith, responseWith, schemaAt } from "../example-documents.ts";
import { isUnstable, sunsetState } from "../lifecycle.ts";
import { defineCheck } from "../rule.ts";
import { removalRules } from "./property-removals.ts";

const name = { type: "string" };
const bare = { type: "object", properties: { name } };
const withTag = { type: "object", properties: { name, tag: { type: "string" } } };
const withRequiredTag = { ...withTag, required: ["tag"] };
const withDefaultedTag = {
  type: "object",
  properties: { name, tag: { type: "string", default: "none" } },
  required: ["tag"],
};
const closedBare = { ...bare, additionalProperties: false };
const closedWithTag = { ...withTag, additionalProperties: false };
const asFilter = (schema: typeof bare) => schemaAt("request-parameter", schema);
const asHeader = (schema: typeof bare) => schemaAt("response-header", schema);

export const propertyCheck = defineCheck({
  rules: {
    ...removalRules(),
    "new-required-request-property": {
      level: "breaking",
      direction: "request",
      area: "schema",
      kind: "existence",
      action: "add",
      message: "added {place}, which is required",
      why: "Requests without the property were complete before and are refused now.",
      migration: "Send the property before the change takes effect; servers usually ignore what they do not know yet.",
      example: exampleOf(requestWith, bare, withRequiredTag),
    },
    "new-required-request-property-with-default": {
      level: "breaking",
      direction: "request",
      area: "schema",
      kind: "existence",
      action: "add",
      message: "added {place}, which is required although it has a default",
      why: "A required property has to be sent whatever its default is; a validator refuses requests without it.",
      migration: "Send the property, with its default where nothing else is known.",
      example: exampleOf(requestWith, bare, withDefaultedTag),
    },
    "new-optional-request-property": {
      level: "safe",
      direction: "request",
      area: "schema",
      kind: "existence",
      action: "add",
      message: "added {place}, which is optional",
      why: "Requests without the property are as good as before.",
      migration: "Nothing has to be done; send the property where it helps.",
      example: exampleOf(requestWith, bare, withTag),
    },
    "request-property-removed": {
      level: "risky",
      direction: "request",
      area: "schema",
      kind: "existence",
      action: "remove",
      message: "removed {place}",
      why: "A server that ignores unknown properties drops the value without a word; a strict one refuses the request.",
      migration: "Stop sending the property, and find out what takes its place.",
      example: exampleOf(requestWith, withTag, bare),
    },
    "request-property-removed-from-closed-object": {
      level: "breaking",
      direction: "request",
      area: "schema",
      kind: "existence",
      action: "remove",
      message: "removed {place}, and its object allows no others",
      why: "The object allows only the properties that it names, so a request that still sends this one is refused.",
      migration: "Stop sending the property before the change takes effect.",
      example: exampleOf(requestWith, closedWithTag, closedBare),
    },
    "response-required-property-removed": {
      level: "breaking",
      direction: "response",
      area: "schema",
      kind: "existence",
      action: "remove",
      message: "removed {place}, which was required",
      why: "Clients could rely on the property and read it without a check.",
      migration: "Stop reading the property, or treat it as absent, before the change takes effect.",
      example: exampleOf(responseWith, withRequiredTag, bare),
    },
    "response-optional-property-removed": {
      level: "risky",
      direction: "response",
      area: "schema",
      kind: "existence",
      action: "remove",
      message: "removed {place}, which was optional",
      why: "A correct client copes with its absence, but what it did with the value does not happen any more.",
      migration: "Find what your code does with the property and where that information comes from now.",
      example: exampleOf(responseWith, withTag, bare),
    },
    "response-required-property-added": {
      level: "safe",
      direction: "response",
      area: "schema",
      kind: "existence",
      action: "add",
      message: "added {place}, which is required",
      why: "Clients ignore properties that they do not know.",
      migration: "Nothing has to be done; read the property where it helps.",
      example: exampleOf(responseWith, bare, withRequiredTag),
    },
    "response-optional-property-added": {
      level: "safe",
      direction: "response",
      area: "schema",
      kind: "existence",
      action: "add",
      message: "added {place}, which is optional",
      why: "Clients ignore properties that they do not know.",
      migration: "Nothing has to be done; read the property where it helps.",
      example: exampleOf(responseWith, bare, withTag),
    },
    "response-property-added-to-closed-object": {
      level: "risky",
      direction: "response",
      area: "schema",
      kind: "existence",
      action: "add",
      message: "added {place}, whose object allowed no others",
      why: "The object promised to hold only the properties that it names; a client that validates refuses the new one.",
      migration: "Update the schema that your client validates with, or let it allow unknown properties.",
      example: exampleOf(responseWith, closedBare, closedWithTag),
    },
    "new-required-request-parameter-property": {
      level: "breaking",
      direction: "request",
      area: "parameters",
      kind: "existence",
      action: "add",
      message: "added {place}, which is required",
      why: "Requests without the property were complete before and are refused now.",
      migration: "Send the property before the change takes effect.",
      example: exampleOf(asFilter, bare, withRequiredTag),
    },
    "new-optional-request-parameter-property": {
      level: "safe",
      direction: "request",
      area: "parameters",
      kind: "existence",
      action: "add",
      message: "added {place}",
      why: "Requests without the property are as good as before.",
      migration: "Nothing has to be done; send the property where it helps.",
      example: exampleOf(asFilter, bare, withTag),
    },
    "request-parameter-property-removed": {
      level: "risky",
      direction: "request",
      area: "parameters",
      kind: "existence",
      action: "remove",
      message: "removed {place}",
      why: "A server that ignores unknown properties drops the value without a word; a strict one refuses the request.",
      migration: "Stop sending the property, and find out what takes its place.",
      example: exampleOf(asFilter, withTag, bare),
    },
    "request-parameter-property-removed-from-closed-object": {
      level: "breaking",
      direction: "request",
      area: "parameters",
      kind: "existence",
      action: "remove",
      message: "removed {place}, and its object allows no others",
      why: "The object allows only the properties that it names, so a request that still sends this one is refused.",
      migration: "Stop sending the property before the change takes effect.",
      example: exampleOf(asFilter, closedWithTag, closedBare),
    },
    "response-header-property-added": {
      level: "safe",
      direction: "response",
      area: "headers",
      kind: "existence",
      action: "add",
      message: "added {place}",
      why: "Clients ignore properties that they do not know.",
      migration: "Nothing has to be done; read the property where it helps.",
      example: exampleOf(asHeader, bare, withTag),
    },
    "response-header-property-removed": {
      level: "risky",
      direction: "response",
      area: "headers",
      kind: "existence",
      action: "remove",
      message: "removed {place}",
      why: "What clients did with the value does not happen any more.",
      migration: "Find what your code does with the property and where that information comes from now.",
      example: exampleOf(asHeader, withTag, bare),
    },
  },
  run(facts, report, { today }) {
    for (const fact of facts.property) {
      const { site } = fact.location;
      const { deprecated, sunset, stability } = fact.before ?? {};
      const travels = site.endsWith("-body") || site === "request-property" || site === "response-property";
      if (fact.action !== "removed" || !travels) {
        report(ruleOf(fact), fact, {});
        continue;
      }
      const way = site.startsWith("request") ? "request" : "response";
      const state = deprecated === true ? sunsetState(sunset, today) : "open";
      if (isUnstable(stability)) report(`unstable-${way}-property-removed`, fact, { stability: stability ?? "" });
      else if (state === "passed") report(`${way}-property-removed-with-deprecation`, fact, {});
      else if (state === "ahead") report(`${way}-property-removed-before-sunset`, fact, { sunset: sunset ?? "" });
      else report(ruleOf(fact), fact, {});
    }
  },
});

function ruleOf(fact: PropertyFact) {
  const wasAdded = fact.action === "added";
  switch (fact.location.site) {
    case "request-body":
    case "request-property":
      if (wasAdded) return addedToRequest(fact);
      return fact.otherIsClosed ? "request-property-removed-from-closed-object" : "request-property-removed";
    case "request-parameter":
    case "request-parameter-property":
      if (!wasAdded && fact.otherIsClosed) return "request-parameter-property-removed-from-closed-object";
      if (!wasAdded) return "request-parameter-property-removed";
      return fact.required ? "new-required-request-parameter-property" : "new-optional-request-parameter-property";
    case "response-header":
      return wasAdded ? "response-header-property-added" : "response-header-property-removed";
    case "response-body":
    case "response-property":
      if (!wasAdded) return fact.required ? "response-required-property-removed" : "response-optional-property-removed";
      if (fact.otherIsClosed) return "response-property-added-to-closed-object";
      return fact.required ? "response-required-property-added" : "response-optional-property-added";
  }
}

function addedToRequest(fact: PropertyFact) {
  if (!fact.required) return "new-optional-request-property";
  return fact.after?.default === undefined
    ? "new-required-request-property"
    : "new-required-request-property-with-default";
}
