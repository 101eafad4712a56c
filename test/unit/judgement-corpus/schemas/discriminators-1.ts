import type { SchemaCase } from "./cases.ts";

export const discriminatorsCases1: readonly SchemaCase[] = [
  {
    name: "discriminator added",
    before: { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] },
    after: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
      discriminator: {
        propertyName: "kind",
        mapping: { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" },
      },
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
      request: ["risky request-body-discriminator-added"],
      response: ["safe response-body-discriminator-added"],
    },
  },
  {
    name: "discriminator removed",
    before: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
      discriminator: {
        propertyName: "kind",
        mapping: { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" },
      },
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
    expect: {
      request: ["safe request-body-discriminator-removed"],
      response: ["risky response-body-discriminator-removed"],
    },
  },
  {
    name: "discriminator's property changed",
    before: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
      discriminator: {
        propertyName: "kind",
        mapping: { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" },
      },
    },
    after: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
      discriminator: {
        propertyName: "sort",
        mapping: { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" },
      },
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
      request: ["breaking request-body-discriminator-property-name-changed"],
      response: ["breaking response-body-discriminator-property-name-changed"],
    },
  },
  {
    name: "mapping added for a branch of the union",
    before: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
      discriminator: {
        propertyName: "kind",
        mapping: { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" },
      },
    },
    after: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
      discriminator: {
        propertyName: "kind",
        mapping: {
          cat: "#/components/schemas/Cat",
          dog: "#/components/schemas/Dog",
          puppy: "#/components/schemas/Dog",
        },
      },
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
      request: ["safe request-body-discriminator-mapping-added"],
      response: ["risky response-body-discriminator-mapping-added"],
    },
  },
  {
    name: "mapping removed",
    before: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
      discriminator: {
        propertyName: "kind",
        mapping: {
          cat: "#/components/schemas/Cat",
          dog: "#/components/schemas/Dog",
          puppy: "#/components/schemas/Dog",
        },
      },
    },
    after: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
      discriminator: {
        propertyName: "kind",
        mapping: { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" },
      },
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
      request: ["breaking request-body-discriminator-mapping-deleted"],
      response: ["safe response-body-discriminator-mapping-deleted"],
    },
  },
];
