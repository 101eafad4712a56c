import type { SchemaCase } from "./cases.ts";

const boolean = { type: "boolean" } as const;
const integer = { type: "integer" } as const;
const text = { type: "string" } as const;

export const alternativesCases2: readonly SchemaCase[] = [
  {
    name: "an alternative that is a union becomes all there is",
    before: {
      anyOf: [
        {
          oneOf: [
            { type: "object", properties: { lives: integer, name: text } },
            { type: "object", properties: { tail: integer, bark: text } },
          ],
        },
        boolean,
      ],
    },
    after: {
      oneOf: [
        { type: "object", properties: { lives: integer, name: text } },
        { type: "object", properties: { tail: integer, bark: text } },
      ],
    },
    expect: {
      request: ["breaking request-body-unwrapped-from-one-of"],
      response: ["safe response-body-unwrapped-from-one-of"],
    },
  },
  {
    name: "a named union becomes an alternative and is edited",
    before: { $ref: "#/components/schemas/Animal" },
    after: { anyOf: [{ $ref: "#/components/schemas/Animal" }, boolean] },
    schemas: {
      Animal: {
        oneOf: [
          { type: "object", properties: { lives: integer, name: text } },
          { type: "object", properties: { tail: integer, bark: text } },
        ],
      },
    },
    schemasAfter: {
      Animal: {
        oneOf: [
          { type: "object", properties: { lives: integer, name: text }, required: ["name"] },
          { type: "object", properties: { tail: integer, bark: text } },
        ],
      },
    },
    causes: 2,
    expect: {
      request: ["breaking request-property-became-required", "safe request-body-wrapped-in-one-of"],
      response: ["breaking response-body-wrapped-in-one-of", "safe response-property-became-required"],
    },
  },
  {
    name: "a named union is no longer an alternative and is edited",
    before: { anyOf: [{ $ref: "#/components/schemas/Animal" }, boolean] },
    after: { $ref: "#/components/schemas/Animal" },
    schemas: {
      Animal: {
        oneOf: [
          { type: "object", properties: { lives: integer, name: text } },
          { type: "object", properties: { tail: integer, bark: text } },
        ],
      },
    },
    schemasAfter: {
      Animal: {
        oneOf: [
          { type: "object", properties: { lives: integer, name: text }, required: ["name"] },
          { type: "object", properties: { tail: integer, bark: text } },
        ],
      },
    },
    causes: 2,
    expect: {
      request: ["breaking request-body-unwrapped-from-one-of", "breaking request-property-became-required"],
      response: ["safe response-body-unwrapped-from-one-of", "safe response-property-became-required"],
    },
  },
  {
    name: "null beside it as a constant",
    before: { type: "object", properties: { lives: integer, name: text } },
    after: { anyOf: [{ type: "object", properties: { lives: integer, name: text } }, { const: null }] },
    expect: { request: ["safe request-body-became-nullable"], response: ["breaking response-body-became-nullable"] },
  },
  {
    name: "null beside it as the one listed value",
    before: { type: "object", properties: { lives: integer, name: text } },
    after: { oneOf: [{ type: "object", properties: { lives: integer, name: text } }, { enum: [null] }] },
    expect: { request: ["safe request-body-became-nullable"], response: ["breaking response-body-became-nullable"] },
  },
  {
    name: "one other listed value beside it",
    before: { type: "object", properties: { lives: integer, name: text } },
    after: { oneOf: [{ type: "object", properties: { lives: integer, name: text } }, { enum: ["none"] }] },
    expect: {
      request: ["safe request-body-wrapped-in-one-of"],
      response: ["breaking response-body-wrapped-in-one-of"],
    },
  },
  {
    name: "null and another alternative beside it",
    before: { type: "object", properties: { lives: integer, name: text } },
    after: {
      oneOf: [
        { type: "object", properties: { lives: integer, name: text } },
        { type: "null" },
        { type: "object", properties: { tail: integer, bark: text } },
      ],
    },
    expect: {
      request: ["safe request-body-became-nullable", "safe request-body-wrapped-in-one-of"],
      response: ["breaking response-body-became-nullable", "breaking response-body-wrapped-in-one-of"],
    },
  },
  {
    name: "null and another alternative no longer beside it",
    before: {
      oneOf: [
        { type: "object", properties: { lives: integer, name: text } },
        { type: "null" },
        { type: "object", properties: { tail: integer, bark: text } },
      ],
    },
    after: { type: "object", properties: { lives: integer, name: text } },
    expect: {
      request: ["breaking request-body-became-not-nullable", "breaking request-body-unwrapped-from-one-of"],
      response: ["safe response-body-became-not-nullable", "safe response-body-unwrapped-from-one-of"],
    },
  },
  {
    name: "one of two, and edited",
    before: { type: "object", properties: { lives: integer, name: text } },
    after: { oneOf: [{ type: "object", properties: { lives: integer, name: text, age: integer } }, text] },
    causes: 2,
    expect: {
      request: ["safe request-body-wrapped-in-one-of", "safe new-optional-request-property"],
      response: ["breaking response-body-wrapped-in-one-of", "safe response-optional-property-added"],
    },
  },
  {
    name: "no longer one of two, and edited",
    before: { oneOf: [{ type: "object", properties: { lives: integer, name: text, age: integer } }, text] },
    after: { type: "object", properties: { lives: integer, name: text } },
    causes: 2,
    expect: {
      request: ["breaking request-body-unwrapped-from-one-of", "risky request-property-removed"],
      response: ["risky response-optional-property-removed", "safe response-body-unwrapped-from-one-of"],
    },
  },
  {
    name: "a schema without a type becomes one of two",
    before: { maxLength: 5 },
    after: { anyOf: [{ maxLength: 5 }, { minimum: 5 }] },
    expect: {
      request: ["safe request-body-wrapped-in-one-of"],
      response: ["breaking response-body-wrapped-in-one-of"],
    },
  },
  {
    name: "alternatives without a type gain null",
    before: { anyOf: [{ maxLength: 5 }, { pattern: "^a" }] },
    after: { anyOf: [{ maxLength: 5 }, { pattern: "^a" }, { type: "null" }] },
    expect: { request: [], response: [] },
  },
  {
    name: "nullable inside, and one of two",
    before: { type: ["object", "null"], properties: { a: text } },
    after: { oneOf: [{ type: ["object", "null"], properties: { a: text } }, text] },
    expect: {
      request: ["safe request-body-wrapped-in-one-of"],
      response: ["breaking response-body-wrapped-in-one-of"],
    },
  },
];
