import type { SchemaCase } from "./cases.ts";

export const nullCases: readonly SchemaCase[] = [
  {
    name: "null added to the list of types",
    before: { type: "string" },
    after: { type: ["string", "null"] },
    expect: {
      request: ["safe request-body-became-nullable"],
      response: ["breaking response-body-became-nullable"],
      query: ["safe request-parameter-became-nullable"],
      header: ["breaking response-header-became-nullable"],
    },
  },
  {
    name: "null removed from the list of types",
    before: { type: ["string", "null"] },
    after: { type: "string" },
    expect: {
      request: ["breaking request-body-became-not-nullable"],
      response: ["safe response-body-became-not-nullable"],
    },
  },
  {
    name: "nullable added",
    before: { type: "string" },
    after: { type: "string", nullable: true },
    openapi: "3.0.3",
    expect: {
      request: ["safe request-body-became-nullable"],
      response: ["breaking response-body-became-nullable"],
      header: ["breaking response-header-became-nullable"],
    },
  },
  {
    name: "nullable removed",
    before: { type: "string", nullable: true },
    after: { type: "string" },
    openapi: "3.0.3",
    expect: {
      request: ["breaking request-body-became-not-nullable"],
      response: ["safe response-body-became-not-nullable"],
    },
  },
  {
    name: "nullable: false says nothing",
    before: { type: "string", nullable: false },
    after: { type: "string" },
    openapi: "3.0.3",
    expect: { request: [], response: [] },
  },
  {
    name: "null as an alternative is the list of types",
    before: { anyOf: [{ type: "string" }, { type: "null" }] },
    after: { type: ["string", "null"] },
    expect: { request: [], response: [] },
  },
  {
    name: "null as an alternative is added",
    before: { oneOf: [{ type: "string" }, { type: "integer" }] },
    after: { oneOf: [{ type: "string" }, { type: "integer" }, { type: "null" }] },
    expect: { request: ["safe request-body-became-nullable"], response: ["breaking response-body-became-nullable"] },
  },
  {
    name: "null as an alternative is removed",
    before: { anyOf: [{ type: "string" }, { type: "null" }] },
    after: { type: "string" },
    expect: {
      request: ["breaking request-body-became-not-nullable"],
      response: ["safe response-body-became-not-nullable"],
    },
  },
  {
    name: "null among the values is added",
    before: { type: "string", enum: ["a", "b"] },
    after: { type: ["string", "null"], enum: ["a", "b", null] },
    expect: { request: ["safe request-body-became-nullable"], response: ["breaking response-body-became-nullable"] },
  },
  {
    name: "null among the values is removed",
    before: { type: ["string", "null"], enum: ["a", "b", null] },
    after: { type: "string", enum: ["a", "b"] },
    expect: {
      request: ["breaking request-body-became-not-nullable"],
      response: ["safe response-body-became-not-nullable"],
    },
  },
  {
    name: "null among the values of an enum without type",
    before: { enum: ["a", "b"] },
    after: { enum: ["a", "b", null] },
    expect: { request: ["safe request-body-became-nullable"], response: ["breaking response-body-became-nullable"] },
  },
  {
    name: "null removed among values of an enum without type",
    before: { enum: ["a", "b", null] },
    after: { enum: ["a", "b"] },
    expect: {
      request: ["breaking request-body-became-not-nullable"],
      response: ["safe response-body-became-not-nullable"],
    },
  },
  {
    name: "a reference becomes nullable by anyOf",
    before: { type: "object", properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { type: "object", properties: { a: { anyOf: [{ $ref: "#/components/schemas/A" }, { type: "null" }] } } },
    schemas: { A: { type: "object", properties: { x: { type: "string" } } } },
    expect: {
      request: ["safe request-property-became-nullable"],
      response: ["breaking response-property-became-nullable"],
    },
  },
  {
    name: "a reference is no longer nullable",
    before: { type: "object", properties: { a: { oneOf: [{ $ref: "#/components/schemas/A" }, { type: "null" }] } } },
    after: { type: "object", properties: { a: { $ref: "#/components/schemas/A" } } },
    schemas: { A: { type: "object", properties: { x: { type: "string" } } } },
    expect: {
      request: ["breaking request-property-became-not-nullable"],
      response: ["safe response-property-became-not-nullable"],
    },
  },
  {
    name: "nullable beside a $ref is ignored in 3.0",
    before: { type: "object", properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { type: "object", properties: { a: { $ref: "#/components/schemas/A", nullable: true } } },
    openapi: "3.0.3",
    schemas: { A: { type: "string" } },
    expect: { request: [], response: [] },
  },
  {
    name: "nullable beside allOf of one reference",
    before: { type: "object", properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { type: "object", properties: { a: { allOf: [{ $ref: "#/components/schemas/A" }], nullable: true } } },
    openapi: "3.0.3",
    schemas: { A: { type: "object", properties: { x: { type: "string" } } } },
    expect: {
      request: ["safe request-property-became-nullable"],
      response: ["breaking response-property-became-nullable"],
    },
  },
  {
    name: "nullable property of a component",
    before: { $ref: "#/components/schemas/A" },
    after: { $ref: "#/components/schemas/A" },
    openapi: "3.0.3",
    schemas: { A: { type: "object", properties: { x: { type: "string" } } } },
    schemasAfter: { A: { type: "object", properties: { x: { type: "string", nullable: true } } } },
    expect: {
      request: ["safe request-property-became-nullable"],
      response: ["breaking response-property-became-nullable"],
    },
  },
  {
    name: "items may be null",
    before: { type: "array", items: { type: "string" } },
    after: { type: "array", items: { type: ["string", "null"] } },
    expect: {
      request: ["safe request-property-became-nullable"],
      response: ["breaking response-property-became-nullable"],
    },
  },
  {
    name: "items may not be null any more",
    before: { type: "array", items: { type: ["string", "null"] } },
    after: { type: "array", items: { type: "string" } },
    expect: {
      request: ["breaking request-property-became-not-nullable"],
      response: ["safe response-property-became-not-nullable"],
    },
  },
  {
    name: "a map's values may be null",
    before: { type: "object", additionalProperties: { type: "string" } },
    after: { type: "object", additionalProperties: { type: ["string", "null"] } },
    expect: {
      request: ["safe request-property-became-nullable"],
      response: ["breaking response-property-became-nullable"],
    },
  },
  {
    name: "type null in an anyOf became const null",
    before: { anyOf: [{ type: "string" }, { type: "null" }] },
    after: { anyOf: [{ type: "string" }, { const: null }] },
    expect: { request: [], response: [] },
  },
  {
    name: "nullable with null in its enum",
    before: { type: "string", nullable: true, enum: ["a", "b"] },
    after: { type: "string", nullable: true, enum: ["a", "b", null] },
    openapi: "3.0.3",
    expect: { request: [], response: [] },
  },
  {
    name: "null by an enum of null alone",
    before: { oneOf: [{ type: "string" }, { enum: [null] }] },
    after: { type: ["string", "null"] },
    expect: { request: [], response: [] },
  },
];
