// biome-ignore-all lint/suspicious/noThenProperty: a JSON Schema keyword; the objects are never awaited
import type { SchemaCase } from "./cases.ts";

export const mixedCases3: readonly SchemaCase[] = [
  {
    name: "then limits a property",
    before: {
      type: "object",
      properties: { k: { type: "string" }, v: { type: "string" } },
      if: { properties: { k: { const: "x" } } },
      then: { properties: { v: { maxLength: 5 } } },
    },
    after: {
      type: "object",
      properties: { k: { type: "string" }, v: { type: "string" } },
      if: { properties: { k: { const: "x" } } },
      then: { properties: { v: { maxLength: 3 } } },
    },
    expect: {
      request: ["breaking request-property-max-length-decreased"],
      response: ["safe response-property-max-length-decreased"],
    },
  },
  {
    name: "contains type widened",
    before: { type: "array", contains: { type: "integer" } },
    after: { type: "array", contains: { type: "number" } },
    expect: {
      request: ["safe request-property-type-generalized"],
      response: ["breaking response-property-type-generalized"],
    },
  },
  {
    name: "prefixItems required count by minItems",
    before: { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }] },
    after: { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }], minItems: 2 },
    expect: { request: ["breaking request-body-min-items-set"], response: ["safe response-body-min-items-set"] },
  },
  {
    name: "anyOf of const and pattern gains const",
    before: {
      anyOf: [
        { type: "string", const: "a" },
        { type: "string", pattern: "^x" },
      ],
    },
    after: {
      anyOf: [
        { type: "string", const: "a" },
        { type: "string", const: "b" },
        { type: "string", pattern: "^x" },
      ],
    },
    expect: { request: ["safe request-body-any-of-added"], response: ["breaking response-body-any-of-added"] },
  },
  {
    name: "oneOf null moved to the front",
    before: { oneOf: [{ $ref: "#/components/schemas/A" }, { type: "null" }] },
    after: { oneOf: [{ type: "null" }, { $ref: "#/components/schemas/A" }] },
    schemas: { A: { type: "object", properties: { x: { type: "string" } } } },
    expect: { request: [], response: [] },
  },
  {
    name: "a schema is removed from a property",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: {} } },
    expect: {
      request: ["safe request-property-type-generalized"],
      response: ["breaking response-property-type-generalized"],
    },
  },
  {
    name: "a property's schema {} becomes object",
    before: { type: "object", properties: { a: {} } },
    after: { type: "object", properties: { a: { type: "object", properties: { x: { type: "string" } } } } },
    expect: {
      request: ["breaking request-property-type-specialized"],
      response: ["safe response-property-type-specialized"],
    },
  },
  {
    name: "map becomes object with properties",
    before: { type: "object", additionalProperties: { type: "string" } },
    after: { type: "object", properties: { a: { type: "string" } } },
    expect: {
      request: ["safe request-body-additional-properties-unrestricted", "safe new-optional-request-property"],
      response: ["breaking response-body-additional-properties-unrestricted", "safe response-optional-property-added"],
    },
    causes: 2,
  },
  {
    name: "unevaluatedProperties schema limits",
    before: { type: "object", unevaluatedProperties: { type: "string" } },
    after: { type: "object", unevaluatedProperties: { type: "string", maxLength: 3 } },
    expect: {
      request: ["breaking request-property-max-length-set"],
      response: ["safe response-property-max-length-set"],
    },
  },
  {
    name: "oneOf gains a branch that overlaps",
    before: { oneOf: [{ type: "integer" }, { type: "boolean" }] },
    after: { oneOf: [{ type: "integer" }, { type: "boolean" }, { type: "number" }] },
    expect: { request: ["safe request-body-one-of-added"], response: ["breaking response-body-one-of-added"] },
  },
  {
    name: "dependentRequired key changes",
    before: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" }, c: { type: "string" } },
      dependentRequired: { a: ["b"] },
    },
    after: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" }, c: { type: "string" } },
      dependentRequired: { a: ["c"] },
    },
    expect: {
      request: ["breaking request-body-dependent-required-changed"],
      response: ["breaking response-body-dependent-required-changed"],
    },
  },
  {
    name: "discriminator property required in a branch",
    before: {
      oneOf: [{ $ref: "#/components/schemas/C" }, { $ref: "#/components/schemas/D" }],
      discriminator: { propertyName: "k" },
    },
    after: {
      oneOf: [{ $ref: "#/components/schemas/C" }, { $ref: "#/components/schemas/D" }],
      discriminator: { propertyName: "k" },
    },
    schemas: {
      C: { type: "object", properties: { k: { type: "string" } }, required: ["k"] },
      D: { type: "object", properties: { k: { type: "string" } }, required: ["k"] },
    },
    schemasAfter: {
      C: { type: "object", properties: { k: { type: "string" } } },
      D: { type: "object", properties: { k: { type: "string" } }, required: ["k"] },
    },
    expect: {
      request: ["safe request-property-became-optional"],
      response: ["breaking response-property-became-optional"],
    },
  },
  {
    name: "string format byte to contentEncoding",
    before: { type: "string", format: "byte" },
    after: { type: "string", contentEncoding: "base64" },
    expect: { request: [], response: [] },
  },
  {
    name: "integer to string with integer format",
    before: { type: "integer", format: "int64" },
    after: { type: "string", format: "int64" },
    expect: { request: ["breaking request-body-type-changed"], response: ["breaking response-body-type-changed"] },
  },
  {
    name: "number to string decimal in a query",
    before: { type: "number" },
    after: { type: "string", format: "decimal" },
    expect: { request: ["breaking request-body-type-changed"], response: ["breaking response-body-type-changed"] },
  },
  {
    name: "object with no properties gets closed",
    before: { type: "object" },
    after: { type: "object", additionalProperties: false },
    expect: {
      request: ["breaking request-body-additional-properties-closed"],
      response: ["safe response-body-additional-properties-closed"],
    },
  },
  {
    name: "two allOf members of one closed",
    before: {
      allOf: [
        { type: "object", properties: { a: { type: "string" } } },
        { type: "object", properties: { b: { type: "string" } } },
      ],
    },
    after: {
      allOf: [
        { type: "object", properties: { a: { type: "string" } } },
        { type: "object", properties: { b: { type: "string" } } },
      ],
      unevaluatedProperties: false,
    },
    expect: {
      request: ["breaking request-body-unevaluated-properties-added"],
      response: ["safe response-body-unevaluated-properties-added"],
    },
  },
];
