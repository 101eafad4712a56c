import type { SchemaCase } from "./cases.ts";

export const objectsCases2: readonly SchemaCase[] = [
  {
    name: "dependentRequired gains a name",
    before: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" }, c: { type: "string" } },
      dependentRequired: { a: ["b"] },
    },
    after: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" }, c: { type: "string" } },
      dependentRequired: { a: ["b", "c"] },
    },
    expect: {
      request: ["breaking request-body-dependent-required-specialized"],
      response: ["safe response-body-dependent-required-specialized"],
    },
  },
  {
    name: "dependentRequired loses a name",
    before: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" }, c: { type: "string" } },
      dependentRequired: { a: ["b", "c"] },
    },
    after: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" }, c: { type: "string" } },
      dependentRequired: { a: ["b"] },
    },
    expect: {
      request: ["safe request-body-dependent-required-generalized"],
      response: ["breaking response-body-dependent-required-generalized"],
    },
  },
  {
    name: "dependentRequired on what is required anyway",
    before: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } }, required: ["b"] },
    after: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      required: ["b"],
      dependentRequired: { a: ["b"] },
    },
    expect: { request: [], response: [] },
  },
  {
    name: "dependentSchemas added",
    before: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } },
    after: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      dependentSchemas: { a: { required: ["b"] } },
    },
    expect: {
      request: ["breaking request-body-dependent-schema-added"],
      response: ["safe response-body-dependent-schema-added"],
    },
  },
  {
    name: "dependentSchemas narrowed",
    before: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      dependentSchemas: { a: { properties: { b: { type: "string", maxLength: 9 } } } },
    },
    after: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      dependentSchemas: { a: { properties: { b: { type: "string", maxLength: 5 } } } },
    },
    expect: {
      request: ["breaking request-property-max-length-decreased"],
      response: ["safe response-property-max-length-decreased"],
    },
  },
];
