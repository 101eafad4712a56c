import type { SchemaCase } from "./cases.ts";

export const limitsCases3: readonly SchemaCase[] = [
  {
    name: "limits that int32 implies",
    before: { type: "integer", format: "int32" },
    after: { type: "integer", format: "int32", maximum: 2147483647 },
    expect: { request: [], response: [] },
  },
  {
    name: "minLength implied by the enum",
    before: { type: "string", enum: ["ab", "cd"] },
    after: { type: "string", enum: ["ab", "cd"], minLength: 2 },
    expect: { request: [], response: [] },
  },
  {
    name: "minLength that refuses a value of the enum",
    before: { type: "string", enum: ["a", "bcd"] },
    after: { type: "string", enum: ["a", "bcd"], minLength: 2 },
    expect: { request: ["breaking request-body-min-length-set"], response: ["safe response-body-min-length-set"] },
  },
  {
    name: "contains added",
    before: { type: "array", items: { type: "string" } },
    after: { type: "array", items: { type: "string" }, contains: { const: "a" } },
    expect: { request: ["breaking request-body-contains-added"], response: ["safe response-body-contains-added"] },
  },
  {
    name: "contains removed",
    before: { type: "array", items: { type: "string" }, contains: { const: "a" } },
    after: { type: "array", items: { type: "string" } },
    expect: { request: ["safe request-body-contains-removed"], response: ["breaking response-body-contains-removed"] },
  },
  {
    name: "contains narrowed inside",
    before: { type: "array", items: { type: "string" }, contains: { type: "string", maxLength: 5 } },
    after: { type: "array", items: { type: "string" }, contains: { type: "string", maxLength: 3 } },
    expect: {
      request: ["breaking request-property-max-length-decreased"],
      response: ["safe response-property-max-length-decreased"],
    },
  },
  {
    name: "minContains raised",
    before: { type: "array", items: { type: "string" }, contains: { const: "a" } },
    after: { type: "array", items: { type: "string" }, contains: { const: "a" }, minContains: 2 },
    expect: {
      request: ["breaking request-body-min-contains-increased"],
      response: ["safe response-body-min-contains-increased"],
    },
  },
  {
    name: "minContains 1 says nothing",
    before: { type: "array", items: { type: "string" }, contains: { const: "a" } },
    after: { type: "array", items: { type: "string" }, contains: { const: "a" }, minContains: 1 },
    expect: { request: [], response: [] },
  },
  {
    name: "minContains 0 switches contains off",
    before: { type: "array", items: { type: "string" }, contains: { const: "a" } },
    after: { type: "array", items: { type: "string" }, contains: { const: "a" }, minContains: 0 },
    expect: {
      request: ["safe request-body-min-contains-decreased"],
      response: ["breaking response-body-min-contains-decreased"],
    },
  },
  {
    name: "minContains without contains says nothing",
    before: { type: "array", items: { type: "string" } },
    after: { type: "array", items: { type: "string" }, minContains: 2 },
    expect: { request: [], response: [] },
  },
  {
    name: "maxContains set",
    before: { type: "array", items: { type: "string" }, contains: { const: "a" } },
    after: { type: "array", items: { type: "string" }, contains: { const: "a" }, maxContains: 2 },
    expect: { request: ["breaking request-body-max-contains-set"], response: ["safe response-body-max-contains-set"] },
  },
  {
    name: "limit deep inside",
    before: {
      type: "object",
      properties: {
        a: {
          type: "array",
          items: {
            type: "object",
            properties: { b: { type: "object", additionalProperties: { type: "string", maxLength: 9 } } },
          },
        },
      },
    },
    after: {
      type: "object",
      properties: {
        a: {
          type: "array",
          items: {
            type: "object",
            properties: { b: { type: "object", additionalProperties: { type: "string", maxLength: 5 } } },
          },
        },
      },
    },
    expect: {
      request: ["breaking request-property-max-length-decreased"],
      response: ["safe response-property-max-length-decreased"],
    },
  },
  {
    name: "minimum and maximum narrow by one component",
    before: { type: "object", properties: { p: { $ref: "#/components/schemas/P" } } },
    after: { type: "object", properties: { p: { $ref: "#/components/schemas/P" } } },
    schemas: { P: { type: "number", minimum: 0 } },
    schemasAfter: { P: { type: "number", minimum: 1 } },
    expect: {
      request: ["breaking request-property-min-increased"],
      response: ["safe response-property-min-increased"],
    },
  },
];
