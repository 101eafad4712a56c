import type { SchemaCase } from "./cases.ts";

export const wrappedInAllOfCases1: readonly SchemaCase[] = [
  {
    name: "a text gains maxLength that is tighter beside its reference",
    before: { properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { properties: { a: { allOf: [{ $ref: "#/components/schemas/A" }], maxLength: 5 } } },
    schemas: { A: { type: "string", minLength: 1, maxLength: 9 } },
    expect: {
      request: ["breaking request-property-max-length-decreased"],
      response: ["safe response-property-max-length-decreased"],
    },
  },
  {
    name: "a text loses maxLength that is tighter beside its reference",
    before: { properties: { a: { allOf: [{ $ref: "#/components/schemas/A" }], maxLength: 5 } } },
    after: { properties: { a: { $ref: "#/components/schemas/A" } } },
    schemas: { A: { type: "string", minLength: 1, maxLength: 9 } },
    expect: {
      request: ["safe request-property-max-length-increased"],
      response: ["breaking response-property-max-length-increased"],
    },
  },
  {
    name: "a text gains maxLength that is looser beside its reference",
    before: { properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { properties: { a: { allOf: [{ $ref: "#/components/schemas/A" }], maxLength: 20 } } },
    schemas: { A: { type: "string", minLength: 1, maxLength: 9 } },
    expect: { request: [], response: [] },
  },
  {
    name: "a text loses maxLength that is looser beside its reference",
    before: { properties: { a: { allOf: [{ $ref: "#/components/schemas/A" }], maxLength: 20 } } },
    after: { properties: { a: { $ref: "#/components/schemas/A" } } },
    schemas: { A: { type: "string", minLength: 1, maxLength: 9 } },
    expect: { request: [], response: [] },
  },
  {
    name: "a text gains minLength that is tighter beside its reference",
    before: { properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { properties: { a: { allOf: [{ $ref: "#/components/schemas/A" }], minLength: 3 } } },
    schemas: { A: { type: "string", minLength: 1, maxLength: 9 } },
    expect: {
      request: ["breaking request-property-min-length-increased"],
      response: ["safe response-property-min-length-increased"],
    },
  },
  {
    name: "a text loses minLength that is tighter beside its reference",
    before: { properties: { a: { allOf: [{ $ref: "#/components/schemas/A" }], minLength: 3 } } },
    after: { properties: { a: { $ref: "#/components/schemas/A" } } },
    schemas: { A: { type: "string", minLength: 1, maxLength: 9 } },
    expect: {
      request: ["safe request-property-min-length-decreased"],
      response: ["breaking response-property-min-length-decreased"],
    },
  },
  {
    name: "a text gains minLength that is looser beside its reference",
    before: { properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { properties: { a: { allOf: [{ $ref: "#/components/schemas/A" }], minLength: 0 } } },
    schemas: { A: { type: "string", minLength: 1, maxLength: 9 } },
    expect: { request: [], response: [] },
  },
  {
    name: "a text loses minLength that is looser beside its reference",
    before: { properties: { a: { allOf: [{ $ref: "#/components/schemas/A" }], minLength: 0 } } },
    after: { properties: { a: { $ref: "#/components/schemas/A" } } },
    schemas: { A: { type: "string", minLength: 1, maxLength: 9 } },
    expect: { request: [], response: [] },
  },
  {
    name: "a text gains values beside its reference",
    before: { properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { properties: { a: { allOf: [{ $ref: "#/components/schemas/A" }], enum: ["ab", "abc"] } } },
    schemas: { A: { type: "string", minLength: 1, maxLength: 9 } },
    expect: { request: ["breaking request-property-became-enum"], response: ["safe response-property-became-enum"] },
  },
  {
    name: "a text loses values beside its reference",
    before: { properties: { a: { allOf: [{ $ref: "#/components/schemas/A" }], enum: ["ab", "abc"] } } },
    after: { properties: { a: { $ref: "#/components/schemas/A" } } },
    schemas: { A: { type: "string", minLength: 1, maxLength: 9 } },
    expect: {
      request: ["safe request-property-became-not-enum"],
      response: ["breaking response-property-became-not-enum"],
    },
  },
  {
    name: "a text gains a default beside its reference",
    before: { properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { properties: { a: { allOf: [{ $ref: "#/components/schemas/A" }], default: "ab" } } },
    schemas: { A: { type: "string", minLength: 1, maxLength: 9 } },
    expect: {
      request: ["safe request-property-default-value-added"],
      response: ["safe response-property-default-value-added"],
    },
  },
  {
    name: "a text loses a default beside its reference",
    before: { properties: { a: { allOf: [{ $ref: "#/components/schemas/A" }], default: "ab" } } },
    after: { properties: { a: { $ref: "#/components/schemas/A" } } },
    schemas: { A: { type: "string", minLength: 1, maxLength: 9 } },
    expect: {
      request: ["risky request-property-default-value-removed"],
      response: ["safe response-property-default-value-removed"],
    },
  },
  {
    name: "a text gains a pattern beside its reference",
    before: { properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { properties: { a: { allOf: [{ $ref: "#/components/schemas/A" }], pattern: "^a" } } },
    schemas: { A: { type: "string", minLength: 1, maxLength: 9 } },
    expect: {
      request: ["breaking request-property-pattern-added"],
      response: ["safe response-property-pattern-added"],
    },
  },
  {
    name: "a text loses a pattern beside its reference",
    before: { properties: { a: { allOf: [{ $ref: "#/components/schemas/A" }], pattern: "^a" } } },
    after: { properties: { a: { $ref: "#/components/schemas/A" } } },
    schemas: { A: { type: "string", minLength: 1, maxLength: 9 } },
    expect: {
      request: ["safe request-property-pattern-removed"],
      response: ["breaking response-property-pattern-removed"],
    },
  },
  {
    name: "a text gains null, which it does not allow beside its reference",
    before: { properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { properties: { a: { allOf: [{ $ref: "#/components/schemas/A" }], type: ["string", "null"] } } },
    schemas: { A: { type: "string", minLength: 1, maxLength: 9 } },
    expect: { request: [], response: [] },
  },
];
