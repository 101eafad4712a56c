import type { SchemaCase } from "./cases.ts";

export const unionsCases1: readonly SchemaCase[] = [
  {
    name: "oneOf gains a branch",
    before: { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] },
    after: {
      oneOf: [
        { $ref: "#/components/schemas/Cat" },
        { $ref: "#/components/schemas/Dog" },
        { $ref: "#/components/schemas/Bird" },
      ],
    },
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
    expect: {
      request: ["safe request-body-one-of-added"],
      response: ["breaking response-body-one-of-added"],
      webhook: ["breaking response-body-one-of-added"],
    },
  },
  {
    name: "oneOf loses a branch",
    before: {
      oneOf: [
        { $ref: "#/components/schemas/Cat" },
        { $ref: "#/components/schemas/Dog" },
        { $ref: "#/components/schemas/Bird" },
      ],
    },
    after: { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] },
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
    expect: { request: ["breaking request-body-one-of-removed"], response: ["safe response-body-one-of-removed"] },
  },
  {
    name: "anyOf gains a branch",
    before: { anyOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] },
    after: {
      anyOf: [
        { $ref: "#/components/schemas/Cat" },
        { $ref: "#/components/schemas/Dog" },
        { $ref: "#/components/schemas/Bird" },
      ],
    },
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
    expect: { request: ["safe request-body-any-of-added"], response: ["breaking response-body-any-of-added"] },
  },
  {
    name: "anyOf loses a branch",
    before: {
      anyOf: [
        { $ref: "#/components/schemas/Cat" },
        { $ref: "#/components/schemas/Dog" },
        { $ref: "#/components/schemas/Bird" },
      ],
    },
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
    expect: { request: ["breaking request-body-any-of-removed"], response: ["safe response-body-any-of-removed"] },
  },
  {
    name: "the order of branches says nothing",
    before: { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] },
    after: { oneOf: [{ $ref: "#/components/schemas/Dog" }, { $ref: "#/components/schemas/Cat" }] },
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
    name: "a branch written inline says nothing",
    before: { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] },
    after: {
      oneOf: [
        {
          type: "object",
          properties: { kind: { type: "string", const: "cat" }, lives: { type: "integer" } },
          required: ["kind"],
        },
        { $ref: "#/components/schemas/Dog" },
      ],
    },
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
    name: "a branch becomes another",
    before: { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] },
    after: { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Bird" }] },
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
    expect: {
      request: ["breaking request-body-one-of-removed", "safe request-body-one-of-added"],
      response: ["breaking response-body-one-of-added", "safe response-body-one-of-removed"],
    },
  },
  {
    name: "a branch is edited",
    before: { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] },
    after: { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] },
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
    schemasAfter: {
      Cat: {
        type: "object",
        properties: { kind: { type: "string", const: "cat" }, lives: { type: "integer" } },
        required: ["kind"],
      },
      Dog: {
        type: "object",
        properties: { kind: { type: "string", const: "dog" }, bark: { type: "string" } },
        required: ["kind", "bark"],
      },
      Bird: {
        type: "object",
        properties: { kind: { type: "string", const: "bird" }, wings: { type: "integer" } },
        required: ["kind"],
      },
    },
    expect: {
      request: ["breaking request-property-became-required"],
      response: ["safe response-property-became-required"],
    },
  },
  {
    name: "anyOf of string gains integer",
    before: { anyOf: [{ type: "string" }, { type: "boolean" }] },
    after: { anyOf: [{ type: "string" }, { type: "boolean" }, { type: "integer" }] },
    expect: {
      request: ["safe request-body-any-of-added"],
      response: ["breaking response-body-any-of-added"],
      query: ["safe request-parameter-any-of-added"],
    },
  },
  {
    name: "anyOf gains a branch that another covers",
    before: { anyOf: [{ type: "number" }, { type: "string" }] },
    after: { anyOf: [{ type: "number" }, { type: "string" }, { type: "integer" }] },
    expect: { request: [], response: [] },
  },
  {
    name: "anyOf loses a branch that another covers",
    before: { anyOf: [{ type: "number" }, { type: "string" }, { type: "integer" }] },
    after: { anyOf: [{ type: "number" }, { type: "string" }] },
    expect: { request: [], response: [] },
  },
  {
    name: "anyOf gains a branch of fewer strings",
    before: { anyOf: [{ type: "string", maxLength: 10 }, { type: "integer" }] },
    after: { anyOf: [{ type: "string", maxLength: 10 }, { type: "integer" }, { type: "string", maxLength: 5 }] },
    expect: { request: [], response: [] },
  },
  {
    name: "anyOf gains a branch that covers another",
    before: { anyOf: [{ type: "integer" }, { type: "string" }] },
    after: { anyOf: [{ type: "integer" }, { type: "string" }, { type: "number" }] },
    expect: { request: ["safe request-body-any-of-added"], response: ["breaking response-body-any-of-added"] },
  },
  {
    name: "anyOf of two types is a list of types",
    before: { anyOf: [{ type: "string" }, { type: "integer" }] },
    after: { type: ["string", "integer"] },
    expect: { request: [], response: [] },
  },
  {
    name: "oneOf of two types is a list of types",
    before: { type: ["string", "boolean"] },
    after: { oneOf: [{ type: "string" }, { type: "boolean" }] },
    expect: { request: [], response: [] },
  },
];
