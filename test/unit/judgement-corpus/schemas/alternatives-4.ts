import type { SchemaCase } from "./cases.ts";

const integer = { type: "integer" } as const;
const text = { type: "string" } as const;

export const alternativesCases4: readonly SchemaCase[] = [
  {
    name: "a list of values becomes alternatives with another default",
    before: { type: "string", enum: ["a", "b"], default: "a" },
    after: { type: "string", oneOf: [{ const: "a" }, { const: "b" }], default: "b" },
    expect: {
      request: ["breaking request-body-default-value-changed"],
      response: ["safe response-body-default-value-changed"],
    },
  },
  {
    name: "a list of values becomes alternatives under a limit",
    before: { type: "string", enum: ["a", "bb"] },
    after: { type: "string", oneOf: [{ const: "a" }, { const: "bb" }], maxLength: 1 },
    expect: { request: ["breaking request-body-max-length-set"], response: ["safe response-body-max-length-set"] },
  },
  {
    name: "a list of values becomes alternatives of another type",
    before: { type: "integer", enum: [1, 2] },
    after: { type: "string", oneOf: [{ const: "1" }, { const: "2" }] },
    causes: 2,
    expect: {
      request: [
        "breaking request-body-enum-value-removed",
        "breaking request-body-type-changed",
        "safe request-body-enum-value-added",
      ],
      response: [
        "breaking response-body-enum-value-added",
        "breaking response-body-type-changed",
        "safe response-body-enum-value-removed",
      ],
    },
  },
  {
    name: "an allOf member moves its property up and changes it",
    before: { allOf: [{ properties: { a: text } }, { properties: { b: text } }] },
    after: { properties: { a: integer }, allOf: [{ properties: { b: text } }] },
    expect: {
      request: ["breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed"],
    },
  },
  {
    name: "an allOf member takes a property over and changes it",
    before: { properties: { a: integer }, allOf: [{ properties: { b: text } }] },
    after: { allOf: [{ properties: { a: text } }, { properties: { b: text } }] },
    expect: {
      request: ["breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed"],
    },
  },
  {
    name: "two inner objects are tightened under the same name",
    before: {
      oneOf: [
        { type: "object", required: ["k"], properties: { k: { const: "a" }, v: text } },
        { type: "object", required: ["k"], properties: { k: { const: "b" }, v: text } },
      ],
    },
    after: {
      oneOf: [
        { type: "object", required: ["k"], properties: { k: { const: "a" }, v: { type: "string", maxLength: 5 } } },
        { type: "object", required: ["k"], properties: { k: { const: "b" }, v: { type: "string", maxLength: 5 } } },
      ],
    },
    causes: 2,
    expect: {
      request: ["breaking request-property-max-length-set", "breaking request-property-max-length-set"],
      response: ["safe response-property-max-length-set", "safe response-property-max-length-set"],
    },
  },
];
