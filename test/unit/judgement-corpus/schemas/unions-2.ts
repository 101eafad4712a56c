import type { SchemaCase } from "./cases.ts";

export const unionsCases2: readonly SchemaCase[] = [
  {
    name: "oneOf of apart branches is anyOf",
    before: { oneOf: [{ type: "string" }, { type: "integer" }] },
    after: { anyOf: [{ type: "string" }, { type: "integer" }] },
    expect: { request: [], response: [] },
  },
  {
    name: "oneOf of objects becomes anyOf",
    before: { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] },
    after: { anyOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] },
    schemas: {
      Cat: {
        type: "object",
        properties: { kind: { type: "string", const: "cat" }, lives: { type: "integer" } },
        required: ["kind"],
      },
      Dog: {
        type: "object",
        properties: { kind: { type: "string", const: "dog" }, bark: { type: "string" } },
        required: ["kind"],
      },
      Bird: {
        type: "object",
        properties: { kind: { type: "string", const: "bird" }, wings: { type: "integer" } },
        required: ["kind"],
      },
    },
    expect: { request: [], response: [] },
  },
  {
    name: "oneOf of overlapping branches becomes anyOf",
    before: {
      oneOf: [
        { type: "object", properties: { a: { type: "string" } } },
        { type: "object", properties: { b: { type: "string" } } },
      ],
    },
    after: {
      anyOf: [
        { type: "object", properties: { a: { type: "string" } } },
        { type: "object", properties: { b: { type: "string" } } },
      ],
    },
    expect: {
      request: ["safe request-body-alternatives-became-not-exclusive"],
      response: ["risky response-body-alternatives-became-not-exclusive"],
    },
  },
  {
    name: "anyOf of overlapping branches becomes oneOf",
    before: {
      anyOf: [
        { type: "object", properties: { a: { type: "string" } } },
        { type: "object", properties: { b: { type: "string" } } },
      ],
    },
    after: {
      oneOf: [
        { type: "object", properties: { a: { type: "string" } } },
        { type: "object", properties: { b: { type: "string" } } },
      ],
    },
    expect: {
      request: ["breaking request-body-alternatives-became-exclusive"],
      response: ["safe response-body-alternatives-became-exclusive"],
    },
  },
  {
    name: "a schema becomes one of two",
    before: {
      type: "object",
      properties: { kind: { type: "string", const: "cat" }, lives: { type: "integer" } },
      required: ["kind"],
    },
    after: {
      oneOf: [
        {
          type: "object",
          properties: { kind: { type: "string", const: "cat" }, lives: { type: "integer" } },
          required: ["kind"],
        },
        {
          type: "object",
          properties: { kind: { type: "string", const: "dog" }, bark: { type: "string" } },
          required: ["kind"],
        },
      ],
    },
    expect: {
      request: ["safe request-body-wrapped-in-one-of"],
      response: ["breaking response-body-wrapped-in-one-of"],
    },
  },
  {
    name: "one of two becomes the schema",
    before: {
      oneOf: [
        {
          type: "object",
          properties: { kind: { type: "string", const: "cat" }, lives: { type: "integer" } },
          required: ["kind"],
        },
        {
          type: "object",
          properties: { kind: { type: "string", const: "dog" }, bark: { type: "string" } },
          required: ["kind"],
        },
      ],
    },
    after: {
      type: "object",
      properties: { kind: { type: "string", const: "cat" }, lives: { type: "integer" } },
      required: ["kind"],
    },
    expect: {
      request: ["breaking request-body-unwrapped-from-one-of"],
      response: ["safe response-body-unwrapped-from-one-of"],
    },
  },
  {
    name: "a string becomes string or list of strings",
    before: { type: "string" },
    after: { oneOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] },
    expect: {
      request: ["safe request-body-wrapped-in-one-of"],
      response: ["breaking response-body-wrapped-in-one-of"],
      query: ["safe request-parameter-wrapped-in-one-of"],
    },
  },
  {
    name: "an anyOf of one is the schema",
    before: {
      type: "object",
      properties: { kind: { type: "string", const: "cat" }, lives: { type: "integer" } },
      required: ["kind"],
    },
    after: {
      anyOf: [
        {
          type: "object",
          properties: { kind: { type: "string", const: "cat" }, lives: { type: "integer" } },
          required: ["kind"],
        },
      ],
    },
    expect: { request: [], response: [] },
  },
  {
    name: "an allOf of one is the schema",
    before: {
      type: "object",
      properties: { kind: { type: "string", const: "cat" }, lives: { type: "integer" } },
      required: ["kind"],
    },
    after: {
      allOf: [
        {
          type: "object",
          properties: { kind: { type: "string", const: "cat" }, lives: { type: "integer" } },
          required: ["kind"],
        },
      ],
    },
    expect: { request: [], response: [] },
  },
  {
    name: "anyOf and oneOf nested say the same",
    before: { anyOf: [{ type: "string" }, { anyOf: [{ type: "integer" }, { type: "boolean" }] }] },
    after: { anyOf: [{ type: "string" }, { type: "integer" }, { type: "boolean" }] },
    expect: { request: [], response: [] },
  },
  {
    name: "branches of equal shape are merged",
    before: {
      oneOf: [
        { type: "string", const: "a" },
        { type: "string", const: "b" },
      ],
    },
    after: { type: "string", enum: ["a", "b"] },
    expect: { request: [], response: [] },
  },
  {
    name: "a branch is listed twice in anyOf",
    before: { anyOf: [{ type: "string" }, { type: "integer" }] },
    after: { anyOf: [{ type: "string" }, { type: "integer" }, { type: "string" }] },
    expect: { request: [], response: [] },
  },
  {
    name: "allOf gains a constraint",
    before: { allOf: [{ $ref: "#/components/schemas/A" }] },
    after: { allOf: [{ $ref: "#/components/schemas/A" }, { minProperties: 2 }] },
    schemas: { A: { type: "object", properties: { x: { type: "string" } } } },
    expect: { request: ["breaking request-body-all-of-added"], response: ["safe response-body-all-of-added"] },
  },
  {
    name: "allOf loses a constraint",
    before: { allOf: [{ $ref: "#/components/schemas/A" }, { minProperties: 2 }] },
    after: { allOf: [{ $ref: "#/components/schemas/A" }] },
    schemas: { A: { type: "object", properties: { x: { type: "string" } } } },
    expect: { request: ["safe request-body-all-of-removed"], response: ["breaking response-body-all-of-removed"] },
  },
  {
    name: "allOf gains a constraint that changes nothing",
    before: { allOf: [{ $ref: "#/components/schemas/A" }, { $ref: "#/components/schemas/B" }] },
    after: { allOf: [{ $ref: "#/components/schemas/A" }, { $ref: "#/components/schemas/B" }, { type: "object" }] },
    schemas: {
      A: { type: "object", properties: { x: { type: "string" } } },
      B: { type: "object", properties: { y: { type: "string" } }, minProperties: 1 },
    },
    expect: { request: [], response: [] },
  },
];
