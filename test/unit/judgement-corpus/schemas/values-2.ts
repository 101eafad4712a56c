import type { SchemaCase } from "./cases.ts";

export const valuesCases2: readonly SchemaCase[] = [
  {
    name: "values of items added",
    before: { type: "array", items: { type: "string", enum: ["a"] } },
    after: { type: "array", items: { type: "string", enum: ["a", "b"] } },
    expect: {
      request: ["safe request-property-enum-value-added"],
      response: ["breaking response-property-enum-value-added"],
      query: ["safe request-parameter-property-enum-value-added"],
      header: ["breaking response-header-enum-value-added"],
    },
  },
  {
    name: "values of items removed",
    before: { type: "array", items: { type: "string", enum: ["a", "b"] } },
    after: { type: "array", items: { type: "string", enum: ["a"] } },
    expect: {
      request: ["breaking request-property-enum-value-removed"],
      response: ["safe response-property-enum-value-removed"],
      query: ["breaking request-parameter-property-enum-value-removed"],
    },
  },
  {
    name: "values of a map's values removed",
    before: { type: "object", additionalProperties: { type: "string", enum: ["a", "b"] } },
    after: { type: "object", additionalProperties: { type: "string", enum: ["a"] } },
    expect: {
      request: ["breaking request-property-enum-value-removed"],
      response: ["safe response-property-enum-value-removed"],
    },
  },
  {
    name: "numbers in an enum",
    before: { type: "integer", enum: [1, 2, 3] },
    after: { type: "integer", enum: [1, 2] },
    expect: {
      request: ["breaking request-body-enum-value-removed"],
      response: ["safe response-body-enum-value-removed"],
    },
  },
  {
    name: "1 and 1.0 are one value",
    before: { type: "number", enum: [1, 2] },
    after: { type: "number", enum: [1, 2] },
    expect: { request: [], response: [] },
  },
  {
    name: "true as an only value of a boolean",
    before: { type: "boolean" },
    after: { type: "boolean", const: true },
    expect: { request: ["breaking request-body-const-added"], response: ["safe response-body-const-added"] },
  },
  {
    name: "both values of a boolean say nothing",
    before: { type: "boolean" },
    after: { type: "boolean", enum: [true, false] },
    expect: { request: [], response: [] },
  },
  {
    name: "an enum in a component used twice",
    before: {
      type: "object",
      properties: { x: { $ref: "#/components/schemas/K" }, y: { $ref: "#/components/schemas/K" } },
    },
    after: {
      type: "object",
      properties: { x: { $ref: "#/components/schemas/K" }, y: { $ref: "#/components/schemas/K" } },
    },
    schemas: { K: { type: "string", enum: ["a", "b"] } },
    schemasAfter: { K: { type: "string", enum: ["a"] } },
    expect: {
      request: ["breaking request-property-enum-value-removed"],
      response: ["safe response-property-enum-value-removed"],
    },
  },
  {
    name: "a value that the pattern refuses anyway is removed",
    before: { type: "string", enum: ["a", "1"], pattern: "^[a-z]$" },
    after: { type: "string", enum: ["a"], pattern: "^[a-z]$" },
    expect: { request: [], response: [] },
  },
  {
    name: "an enum value longer than maxLength is added",
    before: { type: "string", enum: ["a"], maxLength: 2 },
    after: { type: "string", enum: ["a", "abc"], maxLength: 2 },
    expect: { request: [], response: [] },
  },
  {
    name: "default added",
    before: { type: "integer" },
    after: { type: "integer", default: 1 },
    expect: {
      request: ["safe request-body-default-value-added"],
      response: ["safe response-body-default-value-added"],
    },
  },
  {
    name: "default changed",
    before: { type: "integer", default: 1 },
    after: { type: "integer", default: 2 },
    expect: {
      request: ["breaking request-body-default-value-changed"],
      response: ["safe response-body-default-value-changed"],
      query: ["breaking request-parameter-default-value-changed"],
    },
  },
  {
    name: "default removed",
    before: { type: "integer", default: 1 },
    after: { type: "integer" },
    expect: {
      request: ["risky request-body-default-value-removed"],
      response: ["safe response-body-default-value-removed"],
      query: ["risky request-parameter-default-value-removed"],
    },
  },
  {
    name: "default changed inside an optional property",
    before: { type: "object", properties: { a: { type: "string", default: "x" } } },
    after: { type: "object", properties: { a: { type: "string", default: "y" } } },
    expect: {
      request: ["breaking request-property-default-value-changed"],
      response: ["safe response-property-default-value-changed"],
    },
  },
  {
    name: "default null beside nullable says nothing new",
    before: { type: "string", nullable: true },
    after: { type: "string", nullable: true, default: null },
    openapi: "3.0.3",
    expect: {
      request: ["safe request-body-default-value-added"],
      response: ["safe response-body-default-value-added"],
    },
  },
  {
    name: "default of a required property changed",
    before: { type: "object", properties: { a: { type: "string", default: "x" } }, required: ["a"] },
    after: { type: "object", properties: { a: { type: "string", default: "y" } }, required: ["a"] },
    expect: {
      request: ["breaking request-property-default-value-changed"],
      response: ["safe response-property-default-value-changed"],
    },
  },
];
