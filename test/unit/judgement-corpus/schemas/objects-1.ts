import type { SchemaCase } from "./cases.ts";

export const objectsCases1: readonly SchemaCase[] = [
  {
    name: "closed",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
    expect: {
      request: ["breaking request-body-additional-properties-closed"],
      response: ["safe response-body-additional-properties-closed"],
      query: ["breaking request-parameter-additional-properties-closed"],
    },
  },
  {
    name: "opened",
    before: { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
    after: { type: "object", properties: { a: { type: "string" } } },
    expect: {
      request: ["safe request-body-additional-properties-opened"],
      response: ["risky response-body-additional-properties-opened"],
    },
  },
  {
    name: "additionalProperties true says nothing",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string" } }, additionalProperties: true },
    expect: { request: [], response: [] },
  },
  {
    name: "additionalProperties {} says nothing",
    before: { type: "object", properties: { a: { type: "string" } }, additionalProperties: {} },
    after: { type: "object", properties: { a: { type: "string" } }, additionalProperties: true },
    expect: { request: [], response: [] },
  },
  {
    name: "limited to strings",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string" } }, additionalProperties: { type: "string" } },
    expect: {
      request: ["breaking request-body-additional-properties-restricted"],
      response: ["safe response-body-additional-properties-restricted"],
    },
  },
  {
    name: "no longer limited to strings",
    before: { type: "object", properties: { a: { type: "string" } }, additionalProperties: { type: "string" } },
    after: { type: "object", properties: { a: { type: "string" } } },
    expect: {
      request: ["safe request-body-additional-properties-unrestricted"],
      response: ["breaking response-body-additional-properties-unrestricted"],
    },
  },
  {
    name: "a map of strings is closed",
    before: { type: "object", additionalProperties: { type: "string" } },
    after: { type: "object", additionalProperties: false },
    expect: {
      request: ["breaking request-body-additional-properties-closed"],
      response: ["safe response-body-additional-properties-closed"],
    },
  },
  {
    name: "a closed object becomes a map of strings",
    before: { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
    after: { type: "object", properties: { a: { type: "string" } }, additionalProperties: { type: "string" } },
    expect: {
      request: ["safe request-body-additional-properties-opened"],
      response: ["risky response-body-additional-properties-opened"],
    },
  },
  {
    name: "map values string to integer",
    before: { type: "object", additionalProperties: { type: "string" } },
    after: { type: "object", additionalProperties: { type: "integer" } },
    expect: {
      request: ["breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed"],
    },
  },
  {
    name: "patternProperties added",
    before: { type: "object" },
    after: { type: "object", patternProperties: { "^x-": { type: "string" } } },
    expect: {
      request: ["breaking request-body-pattern-property-added"],
      response: ["safe response-body-pattern-property-added"],
    },
  },
  {
    name: "patternProperties removed",
    before: { type: "object", patternProperties: { "^x-": { type: "string" } } },
    after: { type: "object" },
    expect: {
      request: ["safe request-body-pattern-property-removed"],
      response: ["breaking response-body-pattern-property-removed"],
    },
  },
  {
    name: "patternProperties added to a closed object",
    before: { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
    after: {
      type: "object",
      properties: { a: { type: "string" } },
      additionalProperties: false,
      patternProperties: { "^x-": { type: "string" } },
    },
    expect: {
      request: ["safe request-body-pattern-property-allowed"],
      response: ["risky response-body-pattern-property-allowed"],
    },
  },
  {
    name: "patternProperties removed from a closed object",
    before: {
      type: "object",
      properties: { a: { type: "string" } },
      additionalProperties: false,
      patternProperties: { "^x-": { type: "string" } },
    },
    after: { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
    expect: {
      request: ["breaking request-body-pattern-property-disallowed"],
      response: ["safe response-body-pattern-property-disallowed"],
    },
  },
  {
    name: "patternProperties value widened",
    before: { type: "object", patternProperties: { "^x-": { type: "integer" } } },
    after: { type: "object", patternProperties: { "^x-": { type: "number" } } },
    expect: {
      request: ["safe request-property-type-generalized"],
      response: ["breaking response-property-type-generalized"],
    },
  },
  {
    name: "patternProperties {} in an open object says nothing",
    before: { type: "object" },
    after: { type: "object", patternProperties: { "^x-": {} } },
    expect: { request: [], response: [] },
  },
  {
    name: "patternProperties pattern that all match is additionalProperties",
    before: { type: "object", additionalProperties: { type: "string" } },
    after: { type: "object", patternProperties: { ".*": { type: "string" } } },
    expect: { request: [], response: [] },
  },
  {
    name: "propertyNames added",
    before: { type: "object" },
    after: { type: "object", propertyNames: { pattern: "^[a-z]+$" } },
    expect: {
      request: ["breaking request-body-property-names-added"],
      response: ["safe response-body-property-names-added"],
    },
  },
  {
    name: "propertyNames narrowed",
    before: { type: "object", propertyNames: { maxLength: 9 } },
    after: { type: "object", propertyNames: { maxLength: 5 } },
    expect: {
      request: ["breaking request-property-max-length-decreased"],
      response: ["safe response-property-max-length-decreased"],
    },
  },
  {
    name: "propertyNames that say string says nothing",
    before: { type: "object" },
    after: { type: "object", propertyNames: { type: "string" } },
    expect: { request: [], response: [] },
  },
  {
    name: "unevaluatedProperties false added beside allOf",
    before: { allOf: [{ $ref: "#/components/schemas/A" }], type: "object", properties: { b: { type: "string" } } },
    after: {
      allOf: [{ $ref: "#/components/schemas/A" }],
      type: "object",
      properties: { b: { type: "string" } },
      unevaluatedProperties: false,
    },
    schemas: { A: { type: "object", properties: { a: { type: "string" } } } },
    expect: {
      request: ["breaking request-body-unevaluated-properties-added"],
      response: ["safe response-body-unevaluated-properties-added"],
    },
  },
  {
    name: "unevaluatedProperties false removed",
    before: {
      allOf: [{ $ref: "#/components/schemas/A" }],
      properties: { b: { type: "string" } },
      unevaluatedProperties: false,
    },
    after: { allOf: [{ $ref: "#/components/schemas/A" }], properties: { b: { type: "string" } } },
    schemas: { A: { type: "object", properties: { a: { type: "string" } } } },
    expect: {
      request: ["safe request-body-unevaluated-properties-removed"],
      response: ["breaking response-body-unevaluated-properties-removed"],
    },
  },
  {
    name: "unevaluatedProperties false where there is nothing else is additionalProperties false",
    before: { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
    after: { type: "object", properties: { a: { type: "string" } }, unevaluatedProperties: false },
    expect: { request: [], response: [] },
  },
  {
    name: "property added to an object closed by unevaluatedProperties",
    before: { allOf: [{ $ref: "#/components/schemas/A" }], unevaluatedProperties: false },
    after: { allOf: [{ $ref: "#/components/schemas/A" }], unevaluatedProperties: false },
    schemas: { A: { type: "object", properties: { a: { type: "string" } } } },
    schemasAfter: { A: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } } },
    expect: {
      request: ["safe new-optional-request-property"],
      response: ["risky response-property-added-to-closed-object"],
    },
  },
  {
    name: "property removed from an object closed by unevaluatedProperties",
    before: { allOf: [{ $ref: "#/components/schemas/A" }], unevaluatedProperties: false },
    after: { allOf: [{ $ref: "#/components/schemas/A" }], unevaluatedProperties: false },
    schemas: { A: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } } },
    schemasAfter: { A: { type: "object", properties: { a: { type: "string" } } } },
    expect: {
      request: ["breaking request-property-removed-from-closed-object"],
      response: ["risky response-optional-property-removed"],
    },
  },
  {
    name: "dependentRequired added",
    before: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } },
    after: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      dependentRequired: { a: ["b"] },
    },
    expect: {
      request: ["breaking request-body-dependent-required-added"],
      response: ["safe response-body-dependent-required-added"],
    },
  },
  {
    name: "dependentRequired removed",
    before: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      dependentRequired: { a: ["b"] },
    },
    after: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } },
    expect: {
      request: ["safe request-body-dependent-required-removed"],
      response: ["breaking response-body-dependent-required-removed"],
    },
  },
];
