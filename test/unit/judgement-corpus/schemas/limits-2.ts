import type { SchemaCase } from "./cases.ts";

export const limitsCases2: readonly SchemaCase[] = [
  {
    name: "maxItems lowered",
    before: { type: "array", items: { type: "string" }, maxItems: 10 },
    after: { type: "array", items: { type: "string" }, maxItems: 5 },
    expect: {
      request: ["breaking request-body-max-items-decreased"],
      response: ["safe response-body-max-items-decreased"],
    },
  },
  {
    name: "maxItems 0 set",
    before: { type: "array", items: { type: "string" } },
    after: { type: "array", items: { type: "string" }, maxItems: 0 },
    expect: { request: ["breaking request-body-max-items-set"], response: ["safe response-body-max-items-set"] },
  },
  {
    name: "minItems 1 set",
    before: { type: "array", items: { type: "string" } },
    after: { type: "array", items: { type: "string" }, minItems: 1 },
    expect: {
      request: ["breaking request-body-min-items-set"],
      response: ["safe response-body-min-items-set"],
      query: ["breaking request-parameter-min-items-set"],
    },
  },
  {
    name: "minItems unset",
    before: { type: "array", items: { type: "string" }, minItems: 1 },
    after: { type: "array", items: { type: "string" } },
    expect: { request: ["safe request-body-min-items-unset"], response: ["breaking response-body-min-items-unset"] },
  },
  {
    name: "minItems 0 says nothing",
    before: { type: "array", items: { type: "string" } },
    after: { type: "array", items: { type: "string" }, minItems: 0 },
    expect: { request: [], response: [] },
  },
  {
    name: "minProperties set",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string" } }, minProperties: 1 },
    expect: {
      request: ["breaking request-body-min-properties-set"],
      response: ["safe response-body-min-properties-set"],
    },
  },
  {
    name: "minProperties implied by required",
    before: { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
    after: { type: "object", properties: { a: { type: "string" } }, required: ["a"], minProperties: 1 },
    expect: { request: [], response: [] },
  },
  {
    name: "maxProperties set",
    before: { type: "object" },
    after: { type: "object", maxProperties: 5 },
    expect: {
      request: ["breaking request-body-max-properties-set"],
      response: ["safe response-body-max-properties-set"],
    },
  },
  {
    name: "maxProperties that a closed object cannot reach",
    before: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      additionalProperties: false,
    },
    after: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      additionalProperties: false,
      maxProperties: 2,
    },
    expect: { request: [], response: [] },
  },
  {
    name: "maxProperties lowered",
    before: { type: "object", maxProperties: 5 },
    after: { type: "object", maxProperties: 3 },
    expect: {
      request: ["breaking request-body-max-properties-decreased"],
      response: ["safe response-body-max-properties-decreased"],
    },
  },
  {
    name: "uniqueItems added",
    before: { type: "array", items: { type: "string" } },
    after: { type: "array", items: { type: "string" }, uniqueItems: true },
    expect: {
      request: ["breaking request-body-unique-items-added"],
      response: ["safe response-body-unique-items-added"],
      query: ["breaking request-parameter-unique-items-added"],
    },
  },
  {
    name: "uniqueItems removed",
    before: { type: "array", items: { type: "string" }, uniqueItems: true },
    after: { type: "array", items: { type: "string" } },
    expect: {
      request: ["safe request-body-unique-items-removed"],
      response: ["breaking response-body-unique-items-removed"],
    },
  },
  {
    name: "uniqueItems false says nothing",
    before: { type: "array", items: { type: "string" } },
    after: { type: "array", items: { type: "string" }, uniqueItems: false },
    expect: { request: [], response: [] },
  },
  {
    name: "multipleOf 2 to 4",
    before: { type: "integer", multipleOf: 2 },
    after: { type: "integer", multipleOf: 4 },
    expect: {
      request: ["breaking request-body-multiple-of-specialized"],
      response: ["safe response-body-multiple-of-specialized"],
      query: ["breaking request-parameter-multiple-of-specialized"],
    },
  },
  {
    name: "multipleOf 4 to 2",
    before: { type: "integer", multipleOf: 4 },
    after: { type: "integer", multipleOf: 2 },
    expect: {
      request: ["safe request-body-multiple-of-generalized"],
      response: ["breaking response-body-multiple-of-generalized"],
    },
  },
  {
    name: "multipleOf 0.1 to 0.01",
    before: { type: "number", multipleOf: 0.1 },
    after: { type: "number", multipleOf: 0.01 },
    expect: {
      request: ["safe request-body-multiple-of-generalized"],
      response: ["breaking response-body-multiple-of-generalized"],
    },
  },
  {
    name: "multipleOf 0.01 to 0.1",
    before: { type: "number", multipleOf: 0.01 },
    after: { type: "number", multipleOf: 0.1 },
    expect: {
      request: ["breaking request-body-multiple-of-specialized"],
      response: ["safe response-body-multiple-of-specialized"],
    },
  },
  {
    name: "multipleOf 1 of an integer says nothing",
    before: { type: "integer" },
    after: { type: "integer", multipleOf: 1 },
    expect: { request: [], response: [] },
  },
  {
    name: "multipleOf 0.5 of an integer says nothing",
    before: { type: "integer", multipleOf: 0.5 },
    after: { type: "integer" },
    expect: { request: [], response: [] },
  },
  {
    name: "number of multiples of 1 is an integer",
    before: { type: "number", multipleOf: 1 },
    after: { type: "integer" },
    expect: { request: [], response: [] },
  },
  {
    name: "multipleOf added",
    before: { type: "integer" },
    after: { type: "integer", multipleOf: 5 },
    expect: {
      request: ["breaking request-body-multiple-of-added"],
      response: ["safe response-body-multiple-of-added"],
    },
  },
  {
    name: "multipleOf 2 to 3",
    before: { type: "integer", multipleOf: 2 },
    after: { type: "integer", multipleOf: 3 },
    expect: {
      request: ["breaking request-body-multiple-of-changed"],
      response: ["breaking response-body-multiple-of-changed"],
    },
  },
  {
    name: "minLength on a number says nothing",
    before: { type: "number" },
    after: { type: "number", minLength: 3 },
    expect: { request: [], response: [] },
  },
  {
    name: "maximum on a string says nothing",
    before: { type: "string" },
    after: { type: "string", maximum: 3 },
    expect: { request: [], response: [] },
  },
  {
    name: "minItems on an object says nothing",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string" } }, minItems: 2 },
    expect: { request: [], response: [] },
  },
  {
    name: "pattern on a number says nothing",
    before: { type: "number" },
    after: { type: "number", pattern: "^a" },
    expect: { request: [], response: [] },
  },
];
