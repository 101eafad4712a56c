import type { SchemaCase } from "./cases.ts";

const integer = { type: "integer" } as const;
const text = { type: "string" } as const;

export const swappedReferencesCases: readonly SchemaCase[] = [
  {
    name: "a reference to a component that differs twice",
    before: { properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { properties: { a: { $ref: "#/components/schemas/B" } } },
    schemas: {
      A: { type: "object", properties: { x: text, y: text } },
      B: { type: "object", properties: { x: integer, y: integer } },
    },
    expect: {
      request: ["breaking request-property-type-changed", "breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed", "breaking response-property-type-changed"],
    },
  },
  {
    name: "a component written out with two differences",
    before: { properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { properties: { a: { type: "object", properties: { x: integer, y: integer } } } },
    schemas: { A: { type: "object", properties: { x: text, y: text } } },
    expect: {
      request: ["breaking request-property-type-changed", "breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed", "breaking response-property-type-changed"],
    },
  },
  {
    name: "a schema that becomes a component with two differences",
    before: { properties: { a: { type: "object", properties: { x: integer, y: integer } } } },
    after: { properties: { a: { $ref: "#/components/schemas/A" } } },
    schemas: { A: { type: "object", properties: { x: text, y: text } } },
    expect: {
      request: ["breaking request-property-type-changed", "breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed", "breaking response-property-type-changed"],
    },
  },
  {
    name: "a component renamed and edited twice",
    before: { properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { properties: { a: { $ref: "#/components/schemas/B" } } },
    schemas: { A: { type: "object", properties: { x: text, y: text } } },
    schemasAfter: { B: { type: "object", properties: { x: integer, y: integer } } },
    causes: 3,
    expect: {
      request: [
        "breaking request-property-type-changed",
        "breaking request-property-type-changed",
        "safe api-schema-removed",
      ],
      response: [
        "breaking response-property-type-changed",
        "breaking response-property-type-changed",
        "safe api-schema-removed",
      ],
    },
  },
  {
    name: "a reference to a component that refers to others",
    before: { properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { properties: { a: { $ref: "#/components/schemas/B" } } },
    schemas: {
      A: {
        type: "object",
        properties: { x: { $ref: "#/components/schemas/C" }, y: { $ref: "#/components/schemas/C" } },
      },
      B: {
        type: "object",
        properties: { x: { $ref: "#/components/schemas/D" }, y: { $ref: "#/components/schemas/D" } },
      },
      C: { type: "string", maxLength: 5 },
      D: { type: "string", maxLength: 4 },
    },
    expect: {
      request: ["breaking request-property-max-length-decreased"],
      response: ["safe response-property-max-length-decreased"],
    },
  },
  {
    name: "two references to another component each",
    before: { properties: { a: { $ref: "#/components/schemas/A" }, b: { $ref: "#/components/schemas/A" } } },
    after: { properties: { a: { $ref: "#/components/schemas/B" }, b: { $ref: "#/components/schemas/B" } } },
    schemas: { A: text, B: integer },
    causes: 2,
    expect: {
      request: ["breaking request-property-type-changed", "breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed", "breaking response-property-type-changed"],
    },
  },
  {
    name: "a reference to another component, which is edited as well",
    before: { properties: { a: { $ref: "#/components/schemas/A" }, b: { $ref: "#/components/schemas/B" } } },
    after: { properties: { a: { $ref: "#/components/schemas/B" }, b: { $ref: "#/components/schemas/B" } } },
    schemas: { A: text, B: { type: "string", maxLength: 5 } },
    schemasAfter: { A: text, B: { type: "string", maxLength: 4 } },
    causes: 2,
    expect: {
      request: ["breaking request-property-max-length-decreased", "breaking request-property-max-length-set"],
      response: ["safe response-property-max-length-decreased", "safe response-property-max-length-set"],
    },
  },
  {
    name: "a component that is body here and part there",
    before: {
      type: "object",
      properties: { child: { $ref: "#/components/schemas/A" }, self: { $ref: "#/components/schemas/A" } },
    },
    after: {
      type: "object",
      properties: { child: { $ref: "#/components/schemas/A" }, self: { $ref: "#/components/schemas/A" } },
    },
    schemas: { A: { type: "object", properties: { x: text } } },
    schemasAfter: { A: { type: "object", properties: { x: integer } } },
    expect: {
      request: ["breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed"],
    },
  },
  {
    name: "a property that is a reference is removed",
    before: { properties: { a: { $ref: "#/components/schemas/A" }, b: text } },
    after: { properties: { b: text } },
    schemas: { A: text },
    expect: { request: ["risky request-property-removed"], response: ["risky response-optional-property-removed"] },
  },
  {
    name: "a property that is a reference becomes read-only",
    before: { properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { properties: { a: { $ref: "#/components/schemas/A" } } },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    schemasAfter: { A: { type: "object", properties: { lives: integer, name: text }, readOnly: true } },
    expect: {
      request: ["risky request-optional-property-became-read-only"],
      response: ["safe response-optional-property-became-read-only"],
    },
  },
];
