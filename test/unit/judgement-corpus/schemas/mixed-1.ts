import type { SchemaCase } from "./cases.ts";

export const mixedCases1: readonly SchemaCase[] = [
  {
    name: "3.0: type array items nullable",
    before: { type: "array", items: { type: "string" } },
    after: { type: "array", items: { type: "string", nullable: true } },
    openapi: "3.0.3",
    expect: {
      request: ["safe request-property-became-nullable"],
      response: ["breaking response-property-became-nullable"],
    },
  },
  {
    name: "3.0: enum with null made nullable",
    before: { type: "string", enum: ["a", "b"] },
    after: { type: "string", enum: ["a", "b", null], nullable: true },
    openapi: "3.0.3",
    expect: { request: ["safe request-body-became-nullable"], response: ["breaking response-body-became-nullable"] },
  },
  {
    name: "3.0: exclusiveMinimum true to false",
    before: { type: "number", minimum: 0, exclusiveMinimum: true },
    after: { type: "number", minimum: 0, exclusiveMinimum: false },
    openapi: "3.0.3",
    expect: {
      request: ["safe request-body-exclusive-min-unset"],
      response: ["breaking response-body-exclusive-min-unset"],
    },
  },
  {
    name: "3.1: exclusiveMinimum raised",
    before: { type: "number", exclusiveMinimum: 0 },
    after: { type: "number", exclusiveMinimum: 1 },
    expect: {
      request: ["breaking request-body-exclusive-min-increased"],
      response: ["safe response-body-exclusive-min-increased"],
    },
  },
  {
    name: "minimum beyond what it was on a header",
    before: { type: "integer", minimum: 1 },
    after: { type: "integer", minimum: 0 },
    expect: { header: ["breaking response-header-min-decreased"] },
  },
  {
    name: "integer enum to string enum",
    before: { type: "integer", enum: [1, 2] },
    after: { type: "string", enum: ["1", "2"] },
    expect: { request: ["breaking request-body-type-changed"], response: ["breaking response-body-type-changed"] },
  },
  {
    name: "boolean to enum of strings",
    before: { type: "boolean" },
    after: { type: "string", enum: ["true", "false"] },
    expect: { request: ["breaking request-body-type-changed"], response: ["breaking response-body-type-changed"] },
  },
  {
    name: "string to uuid array",
    before: { type: "string", format: "uuid" },
    after: { type: "array", items: { type: "string", format: "uuid" } },
    expect: {
      request: ["breaking request-body-type-changed"],
      response: ["breaking response-body-type-changed"],
      query: ["breaking request-parameter-type-changed"],
    },
  },
  {
    name: "required of nested allOf component",
    before: { $ref: "#/components/schemas/B" },
    after: { $ref: "#/components/schemas/B" },
    schemas: {
      A: { type: "object", properties: { x: { type: "string" } } },
      B: { allOf: [{ $ref: "#/components/schemas/A" }, { type: "object", properties: { y: { type: "string" } } }] },
    },
    schemasAfter: {
      A: { type: "object", properties: { x: { type: "string" } } },
      B: {
        allOf: [
          { $ref: "#/components/schemas/A" },
          { type: "object", properties: { y: { type: "string" } }, required: ["x"] },
        ],
      },
    },
    expect: {
      request: ["breaking request-property-became-required"],
      response: ["safe response-property-became-required"],
    },
  },
  {
    name: "property removed from the base of an allOf",
    before: { $ref: "#/components/schemas/B" },
    after: { $ref: "#/components/schemas/B" },
    schemas: {
      A: { type: "object", properties: { x: { type: "string" }, z: { type: "string" } } },
      B: { allOf: [{ $ref: "#/components/schemas/A" }, { type: "object", properties: { y: { type: "string" } } }] },
    },
    schemasAfter: {
      A: { type: "object", properties: { x: { type: "string" } } },
      B: { allOf: [{ $ref: "#/components/schemas/A" }, { type: "object", properties: { y: { type: "string" } } }] },
    },
    expect: { request: ["risky request-property-removed"], response: ["risky response-optional-property-removed"] },
  },
  {
    name: "base of an allOf is closed",
    before: { $ref: "#/components/schemas/B" },
    after: { $ref: "#/components/schemas/B" },
    schemas: {
      A: { type: "object", properties: { x: { type: "string" } } },
      B: { allOf: [{ $ref: "#/components/schemas/A" }, { type: "object", properties: { y: { type: "string" } } }] },
    },
    schemasAfter: {
      A: { type: "object", properties: { x: { type: "string" } }, additionalProperties: false },
      B: { allOf: [{ $ref: "#/components/schemas/A" }, { type: "object", properties: { y: { type: "string" } } }] },
    },
    expect: {
      request: ["breaking request-body-additional-properties-closed"],
      response: ["safe response-body-additional-properties-closed"],
    },
  },
  {
    name: "allOf base replaced by an equal one",
    before: { allOf: [{ $ref: "#/components/schemas/A" }, { type: "object", properties: { y: { type: "string" } } }] },
    after: { allOf: [{ $ref: "#/components/schemas/C" }, { type: "object", properties: { y: { type: "string" } } }] },
    schemas: {
      A: { type: "object", properties: { x: { type: "string" } } },
      C: { type: "object", properties: { x: { type: "string" } } },
    },
    expect: { request: [], response: [] },
  },
  {
    name: "allOf base dropped, its properties copied",
    before: { allOf: [{ $ref: "#/components/schemas/A" }, { type: "object", properties: { y: { type: "string" } } }] },
    after: { type: "object", properties: { x: { type: "string" }, y: { type: "string" } } },
    schemas: { A: { type: "object", properties: { x: { type: "string" } } } },
    expect: { request: [], response: [] },
  },
  {
    name: "allOf base dropped, required lost",
    before: { allOf: [{ $ref: "#/components/schemas/A" }, { type: "object", properties: { y: { type: "string" } } }] },
    after: { type: "object", properties: { x: { type: "string" }, y: { type: "string" } } },
    schemas: { A: { type: "object", properties: { x: { type: "string" } }, required: ["x"] } },
    expect: {
      request: ["safe request-property-became-optional"],
      response: ["breaking response-property-became-optional"],
    },
  },
  {
    name: "object replaced by allOf, required gained",
    before: { type: "object", properties: { x: { type: "string" }, y: { type: "string" } } },
    after: { allOf: [{ $ref: "#/components/schemas/A" }, { type: "object", properties: { y: { type: "string" } } }] },
    schemas: { A: { type: "object", properties: { x: { type: "string" } }, required: ["x"] } },
    expect: {
      request: ["breaking request-property-became-required"],
      response: ["safe response-property-became-required"],
    },
  },
  {
    name: "allOf base dropped altogether",
    before: { allOf: [{ $ref: "#/components/schemas/A" }, { type: "object", properties: { y: { type: "string" } } }] },
    after: { type: "object", properties: { y: { type: "string" } } },
    schemas: { A: { type: "object", properties: { x: { type: "string" } }, required: ["x"] } },
    expect: { request: ["risky request-property-removed"], response: ["breaking response-required-property-removed"] },
  },
  {
    name: "a closed union branch gains a property",
    before: {
      oneOf: [
        { type: "object", properties: { a: { type: "string" } }, additionalProperties: false, required: ["a"] },
        { type: "string" },
      ],
    },
    after: {
      oneOf: [
        {
          type: "object",
          properties: { a: { type: "string" }, b: { type: "string" } },
          additionalProperties: false,
          required: ["a"],
        },
        { type: "string" },
      ],
    },
    expect: {
      request: ["safe new-optional-request-property"],
      response: ["risky response-property-added-to-closed-object"],
    },
  },
  {
    name: "a branch of an anyOf is narrowed",
    before: {
      anyOf: [
        { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
        { type: "object", properties: { b: { type: "string" } }, required: ["b"] },
      ],
    },
    after: {
      anyOf: [
        { type: "object", properties: { a: { type: "integer" } }, required: ["a"] },
        { type: "object", properties: { b: { type: "string" } }, required: ["b"] },
      ],
    },
    expect: {
      request: ["breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed"],
    },
  },
  {
    name: "open anyOf branch type change",
    before: {
      anyOf: [
        { type: "object", properties: { a: { type: "string" } } },
        { type: "object", properties: { b: { type: "string" } } },
      ],
    },
    after: {
      anyOf: [
        { type: "object", properties: { a: { type: "integer" } } },
        { type: "object", properties: { b: { type: "string" } } },
      ],
    },
    expect: {
      request: ["breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed"],
    },
  },
  {
    name: "a property of an open anyOf branch removed",
    before: {
      anyOf: [
        { type: "object", properties: { a: { type: "string" }, c: { type: "string" } } },
        { type: "object", properties: { b: { type: "string" } } },
      ],
    },
    after: {
      anyOf: [
        { type: "object", properties: { a: { type: "string" } } },
        { type: "object", properties: { b: { type: "string" } } },
      ],
    },
    expect: { request: ["risky request-property-removed"], response: ["risky response-optional-property-removed"] },
  },
  {
    name: "list of union gains a branch",
    before: { type: "array", items: { anyOf: [{ type: "string" }, { type: "integer" }] } },
    after: { type: "array", items: { anyOf: [{ type: "string" }, { type: "integer" }, { type: "boolean" }] } },
    expect: { request: ["safe request-property-any-of-added"], response: ["breaking response-property-any-of-added"] },
  },
  {
    name: "map of union loses a branch",
    before: { type: "object", additionalProperties: { oneOf: [{ type: "string" }, { type: "integer" }] } },
    after: { type: "object", additionalProperties: { type: "string" } },
    expect: {
      request: ["breaking request-property-unwrapped-from-one-of"],
      response: ["safe response-property-unwrapped-from-one-of"],
    },
  },
  {
    name: "string or list becomes list",
    before: { oneOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] },
    after: { type: "array", items: { type: "string" } },
    expect: {
      request: ["breaking request-body-unwrapped-from-one-of"],
      response: ["safe response-body-unwrapped-from-one-of"],
      query: ["breaking request-parameter-unwrapped-from-one-of"],
    },
  },
  {
    name: "enum component inlined",
    before: { type: "object", properties: { k: { $ref: "#/components/schemas/K" } } },
    after: { type: "object", properties: { k: { type: "string", enum: ["a", "b"] } } },
    schemas: { K: { type: "string", enum: ["a", "b"] } },
    expect: { request: [], response: [] },
  },
];
