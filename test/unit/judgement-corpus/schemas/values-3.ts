import type { SchemaCase } from "./cases.ts";

const text = { type: "string" } as const;

export const valuesCases3: readonly SchemaCase[] = [
  {
    name: "values become one constant",
    before: { enum: ["a", "b"] },
    after: { const: "a" },
    expect: {
      request: ["breaking request-body-enum-value-removed"],
      response: ["safe response-body-enum-value-removed"],
    },
  },
  {
    name: "a constant becomes values",
    before: { const: "a" },
    after: { enum: ["a", "b"] },
    expect: { request: ["safe request-body-enum-value-added"], response: ["breaking response-body-enum-value-added"] },
  },
  {
    name: "an extensible list gains a value, and the default changes",
    before: { type: "string", "x-extensible-enum": ["a"], default: "a" },
    after: { type: "string", "x-extensible-enum": ["a", "b"], default: "b" },
    causes: 2,
    expect: {
      request: ["breaking request-body-default-value-changed", "safe request-body-x-extensible-enum-value-added"],
      response: ["safe response-body-x-extensible-enum-value-added", "safe response-body-default-value-changed"],
    },
  },
  {
    name: "an extensible list loses a value",
    before: { type: "string", "x-extensible-enum": ["a", "b"] },
    after: { type: "string", "x-extensible-enum": ["a"] },
    expect: {
      request: ["breaking request-body-x-extensible-enum-value-removed"],
      response: ["safe response-body-x-extensible-enum-value-removed"],
    },
  },
  {
    name: "an extensible list comes",
    before: text,
    after: { type: "string", "x-extensible-enum": ["a"] },
    expect: {
      request: ["breaking request-body-x-extensible-enum-added"],
      response: ["safe response-body-x-extensible-enum-added"],
    },
  },
  {
    name: "an extensible list goes",
    before: { type: "string", "x-extensible-enum": ["a"] },
    after: text,
    expect: {
      request: ["safe request-body-x-extensible-enum-removed"],
      response: ["safe response-body-x-extensible-enum-removed"],
    },
  },
  {
    name: "values beside an extensible list grow",
    before: { type: "string", enum: ["a"], "x-extensible-enum": ["a"] },
    after: { type: "string", enum: ["a", "b"], "x-extensible-enum": ["a"] },
    expect: {
      request: ["safe request-body-x-extensible-enum-value-added"],
      response: ["safe response-body-x-extensible-enum-value-added"],
    },
  },
  {
    name: "null is listed where the type allows it anyway",
    before: { type: ["string", "null"], enum: ["a", "b"] },
    after: { type: ["string", "null"], enum: ["a", null] },
    expect: {
      request: ["breaking request-body-enum-value-removed"],
      response: ["safe response-body-enum-value-removed"],
    },
  },
  {
    name: "null is no longer listed, nor allowed, and a value is",
    before: { type: ["string", "null"], enum: ["a", null] },
    after: { type: "string", enum: ["a", "b"] },
    causes: 2,
    expect: {
      request: ["breaking request-body-became-not-nullable", "safe request-body-enum-value-added"],
      response: ["breaking response-body-enum-value-added", "safe response-body-became-not-nullable"],
    },
  },
  {
    name: "null and another value go from values without a type",
    before: { enum: ["a", "b", null] },
    after: { enum: ["a"] },
    expect: {
      request: ["breaking request-body-became-not-nullable", "breaking request-body-enum-value-removed"],
      response: ["safe response-body-became-not-nullable", "safe response-body-enum-value-removed"],
    },
  },
  {
    name: "null is listed where neither names the type, and a value goes",
    before: { enum: ["a", "b"] },
    after: { enum: ["a", null] },
    expect: {
      request: ["breaking request-body-enum-value-removed", "safe request-body-became-nullable"],
      response: ["breaking response-body-became-nullable", "safe response-body-enum-value-removed"],
    },
  },
  {
    name: "a default written in another order, beside a change",
    before: { type: "object", default: { a: 1, b: 2 } },
    after: { type: "object", default: { b: 2, a: 1 }, minProperties: 1 },
    expect: {
      request: ["breaking request-body-min-properties-set"],
      response: ["safe response-body-min-properties-set"],
    },
  },
  {
    name: "a default that is a list changes its order",
    before: { type: "array", default: ["a", "b"] },
    after: { type: "array", default: ["b", "a"] },
    expect: {
      request: ["breaking request-body-default-value-changed"],
      response: ["safe response-body-default-value-changed"],
    },
  },
  {
    name: "a multiple, a default and a pattern at once",
    before: { type: ["string", "integer"], default: "a", multipleOf: 2, pattern: "^a" },
    after: { type: ["string", "integer"], default: "ab", multipleOf: 3, pattern: "^b" },
    causes: 3,
    expect: {
      request: [
        "breaking request-body-default-value-changed",
        "breaking request-body-multiple-of-changed",
        "breaking request-body-pattern-changed",
      ],
      response: [
        "breaking response-body-multiple-of-changed",
        "breaking response-body-pattern-changed",
        "safe response-body-default-value-changed",
      ],
    },
  },
];
