import type { SchemaCase } from "./cases.ts";

export const typesCases: readonly SchemaCase[] = [
  {
    name: "integer to number",
    before: { type: "integer" },
    after: { type: "number" },
    expect: {
      request: ["safe request-body-type-generalized"],
      response: ["breaking response-body-type-generalized"],
      query: ["safe request-parameter-type-generalized"],
      header: ["breaking response-header-type-generalized"],
    },
  },
  {
    name: "number to integer",
    before: { type: "number" },
    after: { type: "integer" },
    expect: {
      request: ["breaking request-body-type-specialized"],
      response: ["safe response-body-type-specialized"],
      query: ["breaking request-parameter-type-specialized"],
      header: ["safe response-header-type-specialized"],
    },
  },
  {
    name: "string to integer",
    before: { type: "string" },
    after: { type: "integer" },
    expect: {
      request: ["breaking request-body-type-changed"],
      response: ["breaking response-body-type-changed"],
      query: ["breaking request-parameter-type-changed"],
    },
  },
  {
    name: "integer to string",
    before: { type: "integer" },
    after: { type: "string" },
    expect: {
      request: ["breaking request-body-type-changed"],
      response: ["breaking response-body-type-changed"],
      query: ["safe request-parameter-type-generalized"],
      header: ["breaking response-header-type-changed"],
    },
  },
  {
    name: "boolean to string",
    before: { type: "boolean" },
    after: { type: "string" },
    expect: { request: ["breaking request-body-type-changed"], response: ["breaking response-body-type-changed"] },
  },
  {
    name: "a type is added to the list",
    before: { type: ["string"] },
    after: { type: ["string", "integer"] },
    expect: {
      request: ["safe request-body-list-of-types-widened"],
      response: ["breaking response-body-list-of-types-widened"],
    },
  },
  {
    name: "a type is removed from the list",
    before: { type: ["string", "integer"] },
    after: { type: "string" },
    expect: {
      request: ["breaking request-body-list-of-types-narrowed"],
      response: ["safe response-body-list-of-types-narrowed"],
    },
  },
  {
    name: "a list of one type is that type",
    before: { type: ["string"] },
    after: { type: "string" },
    expect: { request: [], response: [] },
  },
  {
    name: "the order of the types says nothing",
    before: { type: ["string", "integer"] },
    after: { type: ["integer", "string"] },
    expect: { request: [], response: [] },
  },
  {
    name: "integer beside number says nothing",
    before: { type: ["number", "integer"] },
    after: { type: "number" },
    expect: { request: [], response: [] },
  },
  {
    name: "a type is first demanded",
    before: {},
    after: { type: "string" },
    expect: { request: ["breaking request-body-type-specialized"], response: ["safe response-body-type-specialized"] },
  },
  {
    name: "a type is no longer demanded",
    before: { type: "string" },
    after: {},
    expect: { request: ["safe request-body-type-generalized"], response: ["breaking response-body-type-generalized"] },
  },
  {
    name: "scalar to list of it",
    before: { type: "string" },
    after: { type: "array", items: { type: "string" } },
    expect: { request: ["breaking request-body-type-changed"], response: ["breaking response-body-type-changed"] },
  },
  {
    name: "list to scalar",
    before: { type: "array", items: { type: "string" } },
    after: { type: "string" },
    expect: { request: ["breaking request-body-type-changed"], response: ["breaking response-body-type-changed"] },
  },
  {
    name: "object to list",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "array", items: { type: "object", properties: { a: { type: "string" } } } },
    expect: { request: ["breaking request-body-type-changed"], response: ["breaking response-body-type-changed"] },
  },
  {
    name: "object to string",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "string" },
    expect: { request: ["breaking request-body-type-changed"], response: ["breaking response-body-type-changed"] },
  },
  {
    name: "all seven types say nothing",
    before: {},
    after: { type: ["array", "boolean", "integer", "null", "number", "object", "string"] },
    expect: { request: [], response: [] },
  },
  {
    name: "one of the types of a list becomes another",
    before: { type: ["string", "integer"] },
    after: { type: ["string", "boolean"] },
    expect: { request: ["breaking request-body-type-changed"], response: ["breaking response-body-type-changed"] },
  },
  {
    name: "boolean schema true to string",
    before: true,
    after: { type: "string" },
    expect: { request: ["breaking request-body-type-specialized"], response: ["safe response-body-type-specialized"] },
  },
  {
    name: "true and the empty schema are the same",
    before: { type: "object", properties: { a: true } },
    after: { type: "object", properties: { a: {} } },
    expect: { request: [], response: [] },
  },
  {
    name: "false schema for a property forbids it",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: false } },
    expect: {
      request: ["breaking request-property-value-disallowed"],
      response: ["risky response-property-value-disallowed"],
    },
  },
  {
    name: "items integer to number",
    before: { type: "array", items: { type: "integer" } },
    after: { type: "array", items: { type: "number" } },
    expect: {
      request: ["safe request-property-type-generalized"],
      response: ["breaking response-property-type-generalized"],
      query: ["safe request-parameter-property-type-generalized"],
    },
  },
  {
    name: "items number to integer",
    before: { type: "array", items: { type: "number" } },
    after: { type: "array", items: { type: "integer" } },
    expect: {
      request: ["breaking request-property-type-specialized"],
      response: ["safe response-property-type-specialized"],
      query: ["breaking request-parameter-property-type-specialized"],
    },
  },
  {
    name: "map values integer to number",
    before: { type: "object", additionalProperties: { type: "integer" } },
    after: { type: "object", additionalProperties: { type: "number" } },
    expect: {
      request: ["safe request-property-type-generalized"],
      response: ["breaking response-property-type-generalized"],
    },
  },
  {
    name: "map values number to integer",
    before: { type: "object", additionalProperties: { type: "number" } },
    after: { type: "object", additionalProperties: { type: "integer" } },
    expect: {
      request: ["breaking request-property-type-specialized"],
      response: ["safe response-property-type-specialized"],
    },
  },
  {
    name: "naming the type of a schema with properties says nothing",
    before: { properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string" } } },
    expect: { request: [], response: [] },
  },
  {
    name: "a type implied by const is stated",
    before: { const: "a" },
    after: { type: "string", const: "a" },
    expect: { request: [], response: [] },
  },
  {
    name: "a type implied by enum is stated",
    before: { enum: [1, 2] },
    after: { type: "integer", enum: [1, 2] },
    expect: { request: [], response: [] },
  },
];
