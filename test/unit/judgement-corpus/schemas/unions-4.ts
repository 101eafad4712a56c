import type { SchemaCase } from "./cases.ts";

export const unionsCases4: readonly SchemaCase[] = [
  {
    name: "readOnly beside a $ref in 3.1",
    before: { type: "object", properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { type: "object", properties: { a: { $ref: "#/components/schemas/A", readOnly: true } } },
    schemas: { A: { type: "string" } },
    expect: {
      request: ["risky request-optional-property-became-read-only"],
      response: ["safe response-optional-property-became-read-only"],
    },
  },
  {
    name: "a common constraint beside oneOf",
    before: { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] },
    after: { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }], required: ["name"] },
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
      request: ["breaking request-property-became-required"],
      response: ["safe response-property-became-required"],
    },
  },
  {
    name: "a property beside oneOf",
    before: { type: "object", oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] },
    after: {
      type: "object",
      properties: { name: { type: "string" } },
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
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
    expect: { request: ["safe new-optional-request-property"], response: ["safe response-optional-property-added"] },
  },
  {
    name: "a union of scalars becomes a string that covers",
    before: {
      anyOf: [
        { type: "string", format: "date" },
        { type: "string", format: "date-time" },
      ],
    },
    after: { type: "string" },
    expect: { request: ["safe request-body-type-generalized"], response: ["breaking response-body-type-generalized"] },
  },
  {
    name: "oneOf by required property sets",
    before: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } },
    after: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      oneOf: [{ required: ["a"] }, { required: ["b"] }],
    },
    expect: {
      request: ["breaking request-body-alternatives-added"],
      response: ["safe response-body-alternatives-added"],
    },
  },
  {
    name: "anyOf by required property sets is lifted",
    before: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      anyOf: [{ required: ["a"] }, { required: ["b"] }],
    },
    after: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } },
    expect: {
      request: ["safe request-body-alternatives-removed"],
      response: ["breaking response-body-alternatives-removed"],
    },
  },
  {
    name: "anyOf {} covers all",
    before: { anyOf: [{ type: "string" }, {}] },
    after: {},
    expect: { request: [], response: [] },
  },
];
