import type { SchemaCase } from "./cases.ts";

export const discriminatorsCases2: readonly SchemaCase[] = [
  {
    name: "mapping points elsewhere",
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
        mapping: { cat: "#/components/schemas/Dog", dog: "#/components/schemas/Cat" },
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
      request: [
        "breaking request-body-discriminator-mapping-changed",
        "breaking request-body-discriminator-mapping-changed",
      ],
      response: [
        "breaking response-body-discriminator-mapping-changed",
        "breaking response-body-discriminator-mapping-changed",
      ],
    },
    causes: 2,
  },
  {
    name: "a branch comes with its mapping",
    before: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
      discriminator: {
        propertyName: "kind",
        mapping: { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" },
      },
    },
    after: {
      oneOf: [
        { $ref: "#/components/schemas/Cat" },
        { $ref: "#/components/schemas/Dog" },
        { $ref: "#/components/schemas/Bird" },
      ],
      discriminator: {
        propertyName: "kind",
        mapping: {
          cat: "#/components/schemas/Cat",
          dog: "#/components/schemas/Dog",
          bird: "#/components/schemas/Bird",
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
      request: ["safe request-body-discriminator-mapping-added", "safe request-body-one-of-added"],
      response: ["breaking response-body-one-of-added", "risky response-body-discriminator-mapping-added"],
    },
    causes: 2,
  },
  {
    name: "the implied mapping is written out",
    before: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
      discriminator: { propertyName: "kind" },
    },
    after: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
      discriminator: {
        propertyName: "kind",
        mapping: { Cat: "#/components/schemas/Cat", Dog: "#/components/schemas/Dog" },
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
    expect: { request: [], response: [] },
  },
  {
    name: "mapping by name is mapping by reference",
    before: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
      discriminator: { propertyName: "kind", mapping: { cat: "Cat", dog: "Dog" } },
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
    expect: { request: [], response: [] },
  },
  {
    name: "a component of an unmapped union is renamed",
    before: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
      discriminator: { propertyName: "kind" },
    },
    after: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Hound" }],
      discriminator: { propertyName: "kind" },
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
    schemasAfter: {
      Cat: {
        type: "object",
        properties: { kind: { type: "string", const: "cat" }, lives: { type: "integer" } },
        required: ["kind"],
      },
      Hound: {
        type: "object",
        properties: { kind: { type: "string", const: "dog" }, bark: { type: "string" } },
        required: ["kind"],
      },
    },
    expect: {
      request: [
        "breaking request-body-discriminator-mapping-deleted",
        "safe api-schema-removed",
        "safe request-body-discriminator-mapping-added",
      ],
      response: [
        "risky response-body-discriminator-mapping-added",
        "safe api-schema-removed",
        "safe response-body-discriminator-mapping-deleted",
      ],
    },
    causes: 3,
  },
];
