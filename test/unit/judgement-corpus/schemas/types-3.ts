import type { SchemaCase } from "./cases.ts";

const integer = { type: "integer" } as const;
const text = { type: "string" } as const;

export const typesCases3: readonly SchemaCase[] = [
  {
    name: "a constant gets another type",
    before: { const: 1 },
    after: text,
    causes: 2,
    expect: {
      request: ["breaking request-body-type-changed", "safe request-body-const-removed"],
      response: ["breaking response-body-const-removed", "breaking response-body-type-changed"],
    },
  },
  {
    name: "one further type behind the first",
    before: integer,
    after: { type: ["integer", "string"] },
    expect: {
      request: ["safe request-body-list-of-types-widened"],
      response: ["breaking response-body-list-of-types-widened"],
    },
  },
  {
    name: "one type less behind the first",
    before: { type: ["integer", "string"] },
    after: integer,
    expect: {
      request: ["breaking request-body-list-of-types-narrowed"],
      response: ["safe response-body-list-of-types-narrowed"],
    },
  },
  {
    name: "another type beside alternatives",
    before: { type: "string", anyOf: [{ minLength: 3 }, { pattern: "^a" }] },
    after: { type: ["string", "integer"], anyOf: [{ minLength: 3 }, { pattern: "^a" }] },
    expect: {
      request: ["safe request-body-list-of-types-widened"],
      response: ["breaking response-body-list-of-types-widened"],
    },
  },
  {
    name: "a type beside alternatives that had none",
    before: { anyOf: [{ minLength: 3 }, { pattern: "^a" }] },
    after: { type: "string", anyOf: [{ minLength: 3 }, { pattern: "^a" }] },
    expect: { request: ["breaking request-body-type-specialized"], response: ["safe response-body-type-specialized"] },
  },
  {
    name: "a text that was null or number before, with limits inside",
    before: { type: ["integer", "null"], maximum: 5 },
    after: { type: ["string", "null"], maxLength: 5 },
    expect: { request: ["breaking request-body-type-changed"], response: ["breaking response-body-type-changed"] },
  },
  {
    name: "null becomes a text with a limit",
    before: { type: "null" },
    after: { type: "string", maxLength: 5 },
    expect: { request: ["breaking request-body-type-changed"], response: ["breaking response-body-type-changed"] },
  },
  {
    name: "a text with a limit becomes null",
    before: { type: "string", maxLength: 5 },
    after: { type: "null" },
    expect: { request: ["breaking request-body-type-changed"], response: ["breaking response-body-type-changed"] },
  },
  {
    name: "null becomes a text or null",
    before: { type: "null" },
    after: { type: ["string", "null"] },
    expect: {
      request: ["safe request-body-list-of-types-widened"],
      response: ["breaking response-body-list-of-types-widened"],
    },
  },
  {
    name: "a text or null becomes null",
    before: { type: ["string", "null"] },
    after: { type: "null" },
    expect: {
      request: ["breaking request-body-list-of-types-narrowed"],
      response: ["safe response-body-list-of-types-narrowed"],
    },
  },
  {
    name: "null becomes anything",
    before: { type: "null" },
    after: {},
    expect: { request: ["safe request-body-type-generalized"], response: ["breaking response-body-type-generalized"] },
  },
  {
    name: "anything becomes an object with a required name",
    before: {},
    after: { type: "object", required: ["a"], properties: { a: text } },
    expect: { request: ["breaking request-body-type-specialized"], response: ["safe response-body-type-specialized"] },
  },
  {
    name: "an object with a required name becomes anything",
    before: { type: "object", required: ["a"], properties: { a: text } },
    after: {},
    expect: { request: ["safe request-body-type-generalized"], response: ["breaking response-body-type-generalized"] },
  },
  {
    name: "a limit without a type gets a type and another limit",
    before: { maxLength: 5 },
    after: { type: "string", maxLength: 4 },
    causes: 2,
    expect: {
      request: ["breaking request-body-max-length-decreased", "breaking request-body-type-specialized"],
      response: ["safe response-body-max-length-decreased", "safe response-body-type-specialized"],
    },
  },
  {
    name: "a limit loses its type and is looser",
    before: { type: "string", maxLength: 4 },
    after: { maxLength: 5 },
    causes: 2,
    expect: {
      request: ["safe request-body-type-generalized", "safe request-body-max-length-increased"],
      response: ["breaking response-body-type-generalized", "breaking response-body-max-length-increased"],
    },
  },
];
