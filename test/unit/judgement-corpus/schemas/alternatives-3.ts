import type { SchemaCase } from "./cases.ts";

const boolean = { type: "boolean" } as const;
const integer = { type: "integer" } as const;
const list = { type: "array" } as const;
const number = { type: "number" } as const;
const text = { type: "string" } as const;

export const alternativesCases3: readonly SchemaCase[] = [
  {
    name: "other alternatives under the other keyword",
    before: {
      anyOf: [
        { type: "object", properties: { lives: integer, name: text } },
        { type: "object", properties: { tail: integer, bark: text } },
      ],
    },
    after: {
      oneOf: [
        { type: "object", properties: { lives: integer, name: text } },
        { type: "object", properties: { tail: integer, bark: text } },
        text,
      ],
    },
    causes: 2,
    expect: {
      request: ["breaking request-body-alternatives-became-exclusive", "safe request-body-one-of-added"],
      response: ["breaking response-body-one-of-added", "safe response-body-alternatives-became-exclusive"],
    },
  },
  {
    name: "other alternatives back under anyOf",
    before: { oneOf: [{ type: "object", properties: { lives: integer, name: text } }, text, integer] },
    after: { anyOf: [{ type: "object", properties: { lives: integer, name: text } }, text] },
    expect: { request: ["breaking request-body-any-of-removed"], response: ["safe response-body-any-of-removed"] },
  },
  {
    name: "the last two of three alternatives overlap under oneOf",
    before: { anyOf: [boolean, { type: "integer", minimum: 1 }, { type: "integer", maximum: 3 }] },
    after: { oneOf: [boolean, { type: "integer", minimum: 1 }, { type: "integer", maximum: 3 }] },
    expect: {
      request: ["breaking request-body-alternatives-became-exclusive"],
      response: ["safe response-body-alternatives-became-exclusive"],
    },
  },
  {
    name: "alternatives that cannot overlap under oneOf",
    before: { anyOf: [boolean, integer, text] },
    after: { oneOf: [boolean, integer, text] },
    expect: { request: [], response: [] },
  },
  {
    name: "anyOf and oneOf become oneOf",
    before: {
      anyOf: [
        { type: "object", properties: { lives: integer, name: text } },
        { type: "object", properties: { tail: integer, bark: text } },
      ],
      oneOf: [{ required: ["a"] }, { required: ["b"] }],
    },
    after: { oneOf: [{ required: ["a"] }, { required: ["b"] }] },
    expect: {
      request: ["safe request-body-alternatives-removed"],
      response: ["breaking response-body-alternatives-removed"],
    },
  },
  {
    name: "oneOf comes beside anyOf",
    before: {
      anyOf: [
        { type: "object", properties: { lives: integer, name: text } },
        { type: "object", properties: { tail: integer, bark: text } },
      ],
    },
    after: {
      anyOf: [
        { type: "object", properties: { lives: integer, name: text } },
        { type: "object", properties: { tail: integer, bark: text } },
      ],
      oneOf: [{ required: ["a"] }, { required: ["b"] }],
    },
    expect: {
      request: ["breaking request-body-alternatives-added"],
      response: ["safe response-body-alternatives-added"],
    },
  },
  {
    name: "alternatives of one value, of which one is widened",
    before: { oneOf: [{ const: "a" }, { const: "b" }] },
    after: { oneOf: [{ const: "a" }, { type: "string", minLength: 3 }] },
    expect: {
      request: ["breaking request-body-one-of-removed", "safe request-body-one-of-added"],
      response: ["breaking response-body-one-of-added", "safe response-body-one-of-removed"],
    },
  },
  {
    name: "alternatives of which one becomes one value",
    before: { oneOf: [{ const: "a" }, { type: "string", minLength: 3 }] },
    after: { oneOf: [{ const: "a" }, { const: "b" }] },
    expect: {
      request: ["breaking request-body-one-of-removed", "safe request-body-one-of-added"],
      response: ["breaking response-body-one-of-added", "safe response-body-one-of-removed"],
    },
  },
  {
    name: "alternatives that list one value each",
    before: { anyOf: [{ enum: ["a"] }, { enum: ["b"] }] },
    after: { anyOf: [{ enum: ["a"] }, { enum: ["b"] }, { const: "c" }] },
    expect: { request: ["safe request-body-enum-value-added"], response: ["breaking response-body-enum-value-added"] },
  },
  {
    name: "two alternatives give way to one",
    before: {
      oneOf: [
        { type: "object", properties: { lives: integer, name: text } },
        { type: "object", properties: { tail: integer, bark: text } },
        text,
      ],
    },
    after: { oneOf: [text, list] },
    causes: 3,
    expect: {
      request: [
        "breaking request-body-one-of-removed",
        "breaking request-body-one-of-removed",
        "safe request-body-one-of-added",
      ],
      response: [
        "breaking response-body-one-of-added",
        "safe response-body-one-of-removed",
        "safe response-body-one-of-removed",
      ],
    },
  },
  {
    name: "one alternative gives way to two",
    before: { oneOf: [text, list] },
    after: {
      oneOf: [
        { type: "object", properties: { lives: integer, name: text } },
        { type: "object", properties: { tail: integer, bark: text } },
        text,
      ],
    },
    causes: 3,
    expect: {
      request: [
        "breaking request-body-one-of-removed",
        "safe request-body-one-of-added",
        "safe request-body-one-of-added",
      ],
      response: [
        "breaking response-body-one-of-added",
        "breaking response-body-one-of-added",
        "safe response-body-one-of-removed",
      ],
    },
  },
  {
    name: "two named, two titled and two other alternatives come",
    before: { oneOf: [text, boolean] },
    after: {
      oneOf: [
        text,
        boolean,
        { $ref: "#/components/schemas/A" },
        { $ref: "#/components/schemas/B" },
        { title: "C", type: "object", properties: { lives: integer, name: text }, required: ["lives"] },
        { title: "D", type: "object", properties: { tail: integer, bark: text }, required: ["bark"] },
        list,
        number,
      ],
    },
    schemas: {
      A: { type: "object", required: ["a"], properties: { a: text } },
      B: { type: "object", required: ["b"], properties: { b: text } },
    },
    causes: 6,
    expect: {
      request: [
        "safe request-body-one-of-added",
        "safe request-body-one-of-added",
        "safe request-body-one-of-added",
        "safe request-body-one-of-added",
        "safe request-body-one-of-added",
        "safe request-body-one-of-added",
      ],
      response: [
        "breaking response-body-one-of-added",
        "breaking response-body-one-of-added",
        "breaking response-body-one-of-added",
        "breaking response-body-one-of-added",
        "breaking response-body-one-of-added",
        "breaking response-body-one-of-added",
      ],
    },
  },
  {
    name: "a list of values becomes alternatives of which not all are values",
    before: { enum: ["a", "b"] },
    after: { oneOf: [{ const: "a" }, { type: "string", minLength: 3 }] },
    causes: 2,
    expect: {
      request: ["breaking request-body-enum-value-removed", "safe request-body-wrapped-in-one-of"],
      response: ["breaking response-body-wrapped-in-one-of", "safe response-body-enum-value-removed"],
    },
  },
  {
    name: "alternatives of which not all are values become a list of values",
    before: { anyOf: [{ const: "a" }, { type: "string", minLength: 3 }] },
    after: { enum: ["a", "b"] },
    causes: 2,
    expect: {
      request: ["breaking request-body-unwrapped-from-one-of", "safe request-body-enum-value-added"],
      response: ["breaking response-body-enum-value-added", "safe response-body-unwrapped-from-one-of"],
    },
  },
  {
    name: "alternatives of one value each become a list with one less",
    before: { anyOf: [{ const: "a" }, { const: "b" }] },
    after: { enum: ["a"] },
    expect: {
      request: ["breaking request-body-enum-value-removed"],
      response: ["safe response-body-enum-value-removed"],
    },
  },
];
