import type { SchemaCase } from "./cases.ts";

const object = { type: "object" } as const;
const text = { type: "string" } as const;

export const objectsCases4: readonly SchemaCase[] = [
  {
    name: "two dependent schemas come",
    before: object,
    after: { type: "object", dependentSchemas: { a: { required: ["b"] }, c: { maxProperties: 3 } } },
    causes: 2,
    expect: {
      request: ["breaking request-body-dependent-schema-added", "breaking request-body-dependent-schema-added"],
      response: ["safe response-body-dependent-schema-added", "safe response-body-dependent-schema-added"],
    },
  },
  {
    name: "two dependent schemas go",
    before: { type: "object", dependentSchemas: { a: { required: ["b"] }, c: { maxProperties: 3 } } },
    after: object,
    causes: 2,
    expect: {
      request: ["safe request-body-dependent-schema-removed", "safe request-body-dependent-schema-removed"],
      response: ["breaking response-body-dependent-schema-removed", "breaking response-body-dependent-schema-removed"],
    },
  },
  {
    name: "a dependent schema is tightened",
    before: { type: "object", dependentSchemas: { a: { maxProperties: 3 } } },
    after: { type: "object", dependentSchemas: { a: { maxProperties: 2 } } },
    expect: {
      request: ["breaking request-body-max-properties-decreased"],
      response: ["safe response-body-max-properties-decreased"],
    },
  },
  {
    name: "two required names that nothing describes",
    before: object,
    after: { type: "object", required: ["a", "b"] },
    causes: 2,
    expect: {
      request: ["breaking request-property-became-required", "breaking request-property-became-required"],
      response: ["safe response-property-became-required", "safe response-property-became-required"],
    },
  },
  {
    name: "a free name becomes required and limited",
    before: { type: "object", additionalProperties: text },
    after: { type: "object", additionalProperties: text, required: ["a"] },
    expect: {
      request: ["breaking request-property-became-required"],
      response: ["safe response-property-became-required"],
    },
  },
];
