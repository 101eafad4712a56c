import type { SchemaCase } from "./cases.ts";

const boolean = { type: "boolean" } as const;
const integer = { type: "integer" } as const;
const list = { type: "array" } as const;
const object = { type: "object" } as const;
const text = { type: "string" } as const;

export const alternativesCases1: readonly SchemaCase[] = [
  {
    name: "one alternative covers the other, and is limited",
    before: { anyOf: [text, { type: "string", maxLength: 5 }] },
    after: { type: "string", maxLength: 9 },
    expect: { request: ["breaking request-body-max-length-set"], response: ["safe response-body-max-length-set"] },
  },
  {
    name: "limited to what one alternative covers",
    before: { type: "string", maxLength: 9 },
    after: { anyOf: [text, { type: "string", maxLength: 5 }] },
    expect: { request: ["safe request-body-max-length-unset"], response: ["breaking response-body-max-length-unset"] },
  },
  {
    name: "eight alternatives of which one covers all, and is limited",
    before: {
      anyOf: [
        text,
        { type: "string", maxLength: 1 },
        { type: "string", maxLength: 2 },
        { type: "string", maxLength: 3 },
        { type: "string", maxLength: 4 },
        { type: "string", maxLength: 5 },
        { type: "string", maxLength: 6 },
        { type: "string", maxLength: 7 },
      ],
    },
    after: { type: "string", maxLength: 9 },
    expect: { request: ["breaking request-body-max-length-set"], response: ["safe response-body-max-length-set"] },
  },
  {
    name: "nine alternatives of which one covers all, and is limited",
    before: {
      anyOf: [
        text,
        { type: "string", maxLength: 1 },
        { type: "string", maxLength: 2 },
        { type: "string", maxLength: 3 },
        { type: "string", maxLength: 4 },
        { type: "string", maxLength: 5 },
        { type: "string", maxLength: 6 },
        { type: "string", maxLength: 7 },
        { type: "string", maxLength: 8 },
      ],
    },
    after: { type: "string", maxLength: 9 },
    causes: 2,
    expect: {
      request: ["breaking request-body-unwrapped-from-one-of", "breaking request-body-max-length-set"],
      response: ["safe response-body-unwrapped-from-one-of", "safe response-body-max-length-set"],
    },
  },
  {
    name: "values beside alternatives of which one covers all",
    before: { enum: ["a", "b"], anyOf: [text, { type: "string", maxLength: 5 }] },
    after: { enum: ["a"], anyOf: [text, { type: "string", maxLength: 5 }] },
    expect: {
      request: ["breaking request-body-enum-value-removed"],
      response: ["safe response-body-enum-value-removed"],
    },
  },
  {
    name: "a type beside alternatives of which one covers all",
    before: { type: ["string", "null"], anyOf: [{ minLength: 0 }, { maxLength: 5 }] },
    after: { type: "string", anyOf: [{ minLength: 0 }, { maxLength: 5 }] },
    expect: {
      request: ["breaking request-body-became-not-nullable"],
      response: ["safe response-body-became-not-nullable"],
    },
  },
  {
    name: "required beside alternatives of which one covers all",
    before: { anyOf: [object, { type: "object", properties: { lives: integer, name: text } }] },
    after: { required: ["name"], anyOf: [object, { type: "object", properties: { lives: integer, name: text } }] },
    causes: 2,
    expect: {
      request: ["breaking request-body-alternatives-added", "breaking request-property-became-required"],
      response: ["safe response-body-alternatives-added", "safe response-property-became-required"],
    },
  },
  {
    name: "a limit beside alternatives of which one covers all",
    before: { anyOf: [text, { type: "string", maxLength: 5 }], minLength: 1 },
    after: { anyOf: [text, { type: "string", maxLength: 5 }], minLength: 3 },
    expect: {
      request: ["breaking request-body-min-length-increased"],
      response: ["safe response-body-min-length-increased"],
    },
  },
  {
    name: "one of two under a further limit",
    before: text,
    after: { anyOf: [text, integer], maxLength: 5 },
    causes: 3,
    expect: {
      request: [
        "breaking request-body-alternatives-added",
        "breaking request-body-max-length-set",
        "safe request-body-list-of-types-widened",
      ],
      response: [
        "breaking response-body-list-of-types-widened",
        "safe response-body-alternatives-added",
        "safe response-body-max-length-set",
      ],
    },
  },
  {
    name: "no longer one of two under a further limit",
    before: { anyOf: [text, integer], maxLength: 5 },
    after: text,
    causes: 3,
    expect: {
      request: [
        "breaking request-body-list-of-types-narrowed",
        "safe request-body-alternatives-removed",
        "safe request-body-max-length-unset",
      ],
      response: [
        "breaking response-body-alternatives-removed",
        "breaking response-body-max-length-unset",
        "safe response-body-list-of-types-narrowed",
      ],
    },
  },
  {
    name: "oneOf beside alternatives of which one covers all",
    before: { anyOf: [text, { type: "string", maxLength: 5 }], oneOf: [{ const: "a" }, { const: "b" }] },
    after: { anyOf: [text, { type: "string", maxLength: 5 }], oneOf: [{ const: "a" }] },
    expect: {
      request: ["breaking request-body-enum-value-removed"],
      response: ["safe response-body-enum-value-removed"],
    },
  },
  {
    name: "a property beside alternatives of which one covers all",
    before: {
      properties: { a: text },
      anyOf: [object, { type: "object", properties: { lives: integer, name: text } }],
    },
    after: {
      properties: { a: integer },
      anyOf: [object, { type: "object", properties: { lives: integer, name: text } }],
    },
    expect: {
      request: ["breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed"],
    },
  },
  {
    name: "a list becomes one of two, beside items",
    before: list,
    after: { items: text, anyOf: [list, text] },
    causes: 3,
    expect: {
      request: [
        "breaking request-body-alternatives-added",
        "breaking request-body-items-added",
        "safe request-body-list-of-types-widened",
      ],
      response: [
        "breaking response-body-list-of-types-widened",
        "safe response-body-alternatives-added",
        "safe response-body-items-added",
      ],
    },
  },
  {
    name: "an object becomes one of two, beside allOf",
    before: object,
    after: { allOf: [{ minProperties: 1 }], anyOf: [object, text] },
    causes: 3,
    expect: {
      request: [
        "breaking request-body-all-of-added",
        "breaking request-body-alternatives-added",
        "safe request-body-list-of-types-widened",
      ],
      response: [
        "breaking response-body-list-of-types-widened",
        "safe response-body-all-of-added",
        "safe response-body-alternatives-added",
      ],
    },
  },
  {
    name: "a union becomes an alternative of another union",
    before: {
      oneOf: [
        { type: "object", properties: { lives: integer, name: text } },
        { type: "object", properties: { tail: integer, bark: text } },
      ],
    },
    after: {
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
    expect: {
      request: ["safe request-body-wrapped-in-one-of"],
      response: ["breaking response-body-wrapped-in-one-of"],
    },
  },
];
