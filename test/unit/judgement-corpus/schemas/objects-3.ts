import type { SchemaCase } from "./cases.ts";

const integer = { type: "integer" } as const;
const object = { type: "object" } as const;
const text = { type: "string" } as const;

export const objectsCases3: readonly SchemaCase[] = [
  {
    name: "an inherited property is written again with another type",
    before: { allOf: [{ properties: { a: text, b: text } }], properties: { b: text } },
    after: { allOf: [{ properties: { b: text } }], properties: { a: integer, b: text } },
    expect: {
      request: ["breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed"],
    },
  },
  {
    name: "a property goes where others are limited to another type",
    before: { type: "object", properties: { a: integer }, additionalProperties: text },
    after: { type: "object", additionalProperties: text },
    expect: {
      request: ["breaking request-property-type-changed", "risky request-property-removed"],
      response: ["breaking response-property-type-changed", "risky response-optional-property-removed"],
    },
  },
  {
    name: "a property comes where others were limited to another type",
    before: { type: "object", additionalProperties: text },
    after: { type: "object", properties: { a: integer }, additionalProperties: text },
    expect: {
      request: ["breaking request-property-type-changed", "safe new-optional-request-property"],
      response: ["breaking response-property-type-changed", "safe response-optional-property-added"],
    },
  },
  {
    name: "a property comes that may not be there",
    before: { type: "object", properties: { a: text } },
    after: { type: "object", properties: { a: text, b: false } },
    expect: {
      request: ["breaking request-property-value-disallowed"],
      response: ["risky response-property-value-disallowed"],
    },
  },
  {
    name: "a property is deprecated and limited",
    before: { type: "object", properties: { a: text } },
    after: { type: "object", properties: { a: { type: "string", deprecated: true, maxLength: 5 } } },
    causes: 2,
    expect: {
      request: ["breaking request-property-max-length-set", "safe request-property-deprecated"],
      response: ["safe response-property-deprecated", "safe response-property-max-length-set"],
    },
  },
  {
    name: "a property becomes read-only and limited",
    before: { type: "object", properties: { a: text } },
    after: { type: "object", properties: { a: { type: "string", readOnly: true, maxLength: 5 } } },
    causes: 2,
    expect: {
      request: ["breaking request-property-max-length-set", "risky request-optional-property-became-read-only"],
      response: ["safe response-optional-property-became-read-only", "safe response-property-max-length-set"],
    },
  },
  {
    name: "a property is no longer read-only, but limited",
    before: { type: "object", properties: { a: { type: "string", readOnly: true } } },
    after: { type: "object", properties: { a: { type: "string", maxLength: 5 } } },
    causes: 2,
    expect: {
      request: ["breaking request-property-max-length-set", "safe request-optional-property-became-not-read-only"],
      response: ["safe response-optional-property-became-not-read-only", "safe response-property-max-length-set"],
    },
  },
  {
    name: "a read-only property is limited",
    before: { type: "object", properties: { a: { type: "string", readOnly: true } } },
    after: { type: "object", properties: { a: { type: "string", readOnly: true, maxLength: 5 } } },
    expect: { request: [], response: ["safe response-property-max-length-set"] },
  },
  {
    name: "two limits of names come",
    before: object,
    after: { type: "object", patternProperties: { "^x-": text, "^y-": integer } },
    causes: 2,
    expect: {
      request: ["breaking request-body-pattern-property-added", "breaking request-body-pattern-property-added"],
      response: ["safe response-body-pattern-property-added", "safe response-body-pattern-property-added"],
    },
  },
  {
    name: "two limits of names go",
    before: { type: "object", patternProperties: { "^x-": text, "^y-": integer } },
    after: object,
    causes: 2,
    expect: {
      request: ["safe request-body-pattern-property-removed", "safe request-body-pattern-property-removed"],
      response: ["breaking response-body-pattern-property-removed", "breaking response-body-pattern-property-removed"],
    },
  },
  {
    name: "a limit of names comes where others were limited",
    before: { type: "object", additionalProperties: text },
    after: { type: "object", additionalProperties: text, patternProperties: { "^x-": integer } },
    expect: {
      request: ["breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed"],
    },
  },
  {
    name: "a limit of names goes where others are limited",
    before: { type: "object", additionalProperties: text, patternProperties: { "^x-": integer } },
    after: { type: "object", additionalProperties: text },
    expect: {
      request: ["breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed"],
    },
  },
  {
    name: "one limit of names goes and one comes",
    before: { type: "object", patternProperties: { "^x-": text } },
    after: { type: "object", patternProperties: { "^y-": text } },
    causes: 2,
    expect: {
      request: ["breaking request-body-pattern-property-added", "safe request-body-pattern-property-removed"],
      response: ["breaking response-body-pattern-property-removed", "safe response-body-pattern-property-added"],
    },
  },
  {
    name: "two dependencies change, and one stays",
    before: { type: "object", dependentRequired: { a: ["b"], c: ["d"], e: ["f"] } },
    after: { type: "object", dependentRequired: { a: ["b"], c: ["g"], e: ["g"] } },
    causes: 2,
    expect: {
      request: ["breaking request-body-dependent-required-changed", "breaking request-body-dependent-required-changed"],
      response: [
        "breaking response-body-dependent-required-changed",
        "breaking response-body-dependent-required-changed",
      ],
    },
  },
  {
    name: "two dependencies come",
    before: object,
    after: { type: "object", dependentRequired: { a: ["b"], c: ["d"] } },
    causes: 2,
    expect: {
      request: ["breaking request-body-dependent-required-added", "breaking request-body-dependent-required-added"],
      response: ["safe response-body-dependent-required-added", "safe response-body-dependent-required-added"],
    },
  },
];
