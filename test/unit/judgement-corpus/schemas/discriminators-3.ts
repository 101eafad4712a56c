import type { SchemaCase } from "./cases.ts";

const integer = { type: "integer" } as const;
const text = { type: "string" } as const;

export const discriminatorsCases3: readonly SchemaCase[] = [
  {
    name: "a mapping leads to a component that is no alternative, which is edited",
    before: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }],
      discriminator: {
        propertyName: "kind",
        mapping: { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" },
      },
    },
    after: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }],
      discriminator: {
        propertyName: "kind",
        mapping: { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" },
      },
    },
    schemas: {
      Cat: { type: "object", required: ["kind"], properties: { kind: text } },
      Dog: { type: "object", required: ["kind"], properties: { kind: text, bark: text } },
    },
    schemasAfter: {
      Cat: { type: "object", required: ["kind"], properties: { kind: text } },
      Dog: { type: "object", required: ["kind"], properties: { kind: text, bark: integer } },
    },
    expect: { request: [], response: [] },
  },
  {
    name: "a parent's mapping leads to a child, which is edited",
    before: { $ref: "#/components/schemas/Animal" },
    after: { $ref: "#/components/schemas/Animal" },
    schemas: {
      Animal: {
        type: "object",
        required: ["kind"],
        properties: { kind: text },
        discriminator: { propertyName: "kind", mapping: { dog: "#/components/schemas/Dog" } },
      },
      Dog: { allOf: [{ $ref: "#/components/schemas/Animal" }, { type: "object", properties: { bark: text } }] },
    },
    schemasAfter: {
      Animal: {
        type: "object",
        required: ["kind"],
        properties: { kind: text },
        discriminator: { propertyName: "kind", mapping: { dog: "#/components/schemas/Dog" } },
      },
      Dog: { allOf: [{ $ref: "#/components/schemas/Animal" }, { type: "object", properties: { bark: integer } }] },
    },
    expect: {
      request: ["breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed"],
    },
  },
  {
    name: "a mapping leads to another document",
    before: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }],
      discriminator: {
        propertyName: "kind",
        mapping: { cat: "https://a.example.com/cat.json", dog: "https://a.example.com/dog.json" },
      },
    },
    after: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }],
      discriminator: {
        propertyName: "kind",
        mapping: { cat: "https://a.example.com/cat.json", dog: "https://b.example.com/dog.json" },
      },
    },
    schemas: { Cat: { type: "object", required: ["kind"], properties: { kind: text } } },
    expect: {
      request: ["breaking request-body-discriminator-mapping-changed"],
      response: ["breaking response-body-discriminator-mapping-changed"],
    },
  },
  {
    name: "a mapping leads to a component instead of another document",
    before: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }],
      discriminator: { propertyName: "kind", mapping: { cat: "https://a.example.com/cat.json" } },
    },
    after: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }],
      discriminator: { propertyName: "kind", mapping: { cat: "#/components/schemas/Cat" } },
    },
    schemas: { Cat: { type: "object", required: ["kind"], properties: { kind: text } } },
    causes: 2,
    expect: {
      request: [
        "breaking request-body-discriminator-mapping-changed",
        "breaking request-body-discriminator-mapping-deleted",
      ],
      response: [
        "breaking response-body-discriminator-mapping-changed",
        "safe response-body-discriminator-mapping-deleted",
      ],
    },
  },
];
