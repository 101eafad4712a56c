import type { SchemaCase } from "./cases.ts";

export const mixedCases2: readonly SchemaCase[] = [
  {
    name: "enum component inlined with one value less",
    before: { type: "object", properties: { k: { $ref: "#/components/schemas/K" } } },
    after: { type: "object", properties: { k: { type: "string", enum: ["a"] } } },
    schemas: { K: { type: "string", enum: ["a", "b"] } },
    expect: {
      request: ["breaking request-property-enum-value-removed"],
      response: ["safe response-property-enum-value-removed"],
    },
  },
  {
    name: "case of an enum value",
    before: { type: "string", enum: ["Open", "closed"] },
    after: { type: "string", enum: ["open", "closed"] },
    expect: {
      request: ["breaking request-body-enum-value-removed", "safe request-body-enum-value-added"],
      response: ["breaking response-body-enum-value-added", "safe response-body-enum-value-removed"],
    },
  },
  {
    name: "enum of 1 and string 1",
    before: { enum: [1] },
    after: { enum: ["1"] },
    expect: {
      request: ["breaking request-body-enum-value-removed", "safe request-body-enum-value-added"],
      response: ["breaking response-body-enum-value-added", "safe response-body-enum-value-removed"],
    },
  },
  {
    name: "type removed from an enum schema",
    before: { type: "string", enum: ["a", "b"] },
    after: { enum: ["a", "b"] },
    expect: { request: [], response: [] },
  },
  {
    name: "format on an array says nothing",
    before: { type: "array", items: { type: "string" } },
    after: { type: "array", items: { type: "string" }, format: "csv" },
    expect: { request: [], response: [] },
  },
  {
    name: "date-time pattern beside format",
    before: { type: "string", format: "date-time" },
    after: { type: "string", format: "date-time", pattern: "Z$" },
    expect: { request: ["breaking request-body-pattern-added"], response: ["safe response-body-pattern-added"] },
  },
  {
    name: "maxLength above what the pattern allows",
    before: { type: "string", pattern: "^[A-Z]{2}$" },
    after: { type: "string", pattern: "^[A-Z]{2}$", maxLength: 2 },
    expect: { request: [], response: [] },
  },
  {
    name: "minLength 1 beside a pattern that needs one",
    before: { type: "string", pattern: "^[a-z]+$" },
    after: { type: "string", pattern: "^[a-z]+$", minLength: 1 },
    expect: { request: [], response: [] },
  },
  {
    name: "minLength spelt as pattern",
    before: { type: "string", minLength: 1 },
    after: { type: "string", pattern: "^.+$" },
    expect: { request: [], response: [] },
  },
  {
    name: "a name that a closed object forbids is required",
    before: { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
    after: { type: "object", properties: { a: { type: "string" } }, additionalProperties: false, required: ["z"] },
    expect: {
      request: ["breaking request-property-became-required"],
      response: ["safe response-property-became-required"],
    },
  },
  {
    name: "propertyNames enum loses a name",
    before: { type: "object", propertyNames: { enum: ["a", "b"] } },
    after: { type: "object", propertyNames: { enum: ["a"] } },
    expect: {
      request: ["breaking request-property-enum-value-removed"],
      response: ["safe response-property-enum-value-removed"],
    },
  },
  {
    name: "minProperties lowered",
    before: { type: "object", minProperties: 2 },
    after: { type: "object", minProperties: 1 },
    expect: {
      request: ["safe request-body-min-properties-decreased"],
      response: ["breaking response-body-min-properties-decreased"],
    },
  },
  {
    name: "maxItems raised in a header",
    before: { type: "array", items: { type: "string" }, maxItems: 2 },
    after: { type: "array", items: { type: "string" }, maxItems: 5 },
    expect: {
      request: ["safe request-body-max-items-increased"],
      response: ["breaking response-body-max-items-increased"],
      query: ["safe request-parameter-max-items-increased"],
      header: ["breaking response-header-max-items-increased"],
    },
  },
  {
    name: "uniqueItems in a parameter removed",
    before: { type: "array", items: { type: "string" }, uniqueItems: true },
    after: { type: "array", items: { type: "string" } },
    expect: { query: ["safe request-parameter-unique-items-removed"] },
  },
  {
    name: "default of a list changed",
    before: { type: "array", items: { type: "string" }, default: ["a"] },
    after: { type: "array", items: { type: "string" }, default: ["b"] },
    expect: {
      request: ["breaking request-body-default-value-changed"],
      response: ["safe response-body-default-value-changed"],
      query: ["breaking request-parameter-default-value-changed"],
    },
  },
  {
    name: "default reordered object says nothing",
    before: { type: "object", properties: { a: { type: "string" } }, default: { a: "1", b: "2" } },
    after: { type: "object", properties: { a: { type: "string" } }, default: { b: "2", a: "1" } },
    expect: { request: [], response: [] },
  },
  {
    name: "default false removed",
    before: { type: "boolean", default: false },
    after: { type: "boolean" },
    expect: {
      request: ["risky request-body-default-value-removed"],
      response: ["safe response-body-default-value-removed"],
      query: ["risky request-parameter-default-value-removed"],
    },
  },
  {
    name: "readOnly moved onto a component",
    before: { type: "object", properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { type: "object", properties: { a: { $ref: "#/components/schemas/A" } } },
    schemas: { A: { type: "string" } },
    schemasAfter: { A: { type: "string", readOnly: true } },
    expect: {
      request: ["risky request-optional-property-became-read-only"],
      response: ["safe response-optional-property-became-read-only"],
    },
  },
  {
    name: "a required read-only property is added",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: {
      type: "object",
      properties: { a: { type: "string" }, id: { type: "string", readOnly: true } },
      required: ["id"],
    },
    expect: { request: [], response: ["safe response-required-property-added"] },
  },
  {
    name: "deep recursion with nullable change",
    before: { $ref: "#/components/schemas/N" },
    after: { $ref: "#/components/schemas/N" },
    schemas: {
      N: {
        type: "object",
        properties: { next: { anyOf: [{ $ref: "#/components/schemas/N" }, { type: "null" }] }, v: { type: "string" } },
      },
    },
    schemasAfter: {
      N: {
        type: "object",
        properties: {
          next: { anyOf: [{ $ref: "#/components/schemas/N" }, { type: "null" }] },
          v: { type: ["string", "null"] },
        },
      },
    },
    expect: {
      request: ["safe request-property-became-nullable"],
      response: ["breaking response-property-became-nullable"],
    },
  },
  {
    name: "required recursion",
    before: { $ref: "#/components/schemas/N" },
    after: { $ref: "#/components/schemas/N" },
    schemas: { N: { type: "object", properties: { next: { $ref: "#/components/schemas/N" } } } },
    schemasAfter: {
      N: { type: "object", properties: { next: { $ref: "#/components/schemas/N" } }, required: ["next"] },
    },
    expect: {
      request: ["breaking request-property-became-required"],
      response: ["safe response-property-became-required"],
    },
  },
  {
    name: "items of a recursive tree limited",
    before: { $ref: "#/components/schemas/T" },
    after: { $ref: "#/components/schemas/T" },
    schemas: { T: { type: "object", properties: { k: { type: "array", items: { $ref: "#/components/schemas/T" } } } } },
    schemasAfter: {
      T: {
        type: "object",
        properties: { k: { type: "array", items: { $ref: "#/components/schemas/T" }, maxItems: 3 } },
      },
    },
    expect: {
      request: ["breaking request-property-max-items-set"],
      response: ["safe response-property-max-items-set"],
    },
  },
  {
    name: "xml name of a property",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string", xml: { name: "b" } } } },
    expect: { request: [], response: [] },
  },
  {
    name: "not: required becomes allowed",
    before: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      not: { required: ["a", "b"] },
    },
    after: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } },
    expect: { request: ["safe request-body-not-removed"], response: ["breaking response-body-not-removed"] },
  },
];
