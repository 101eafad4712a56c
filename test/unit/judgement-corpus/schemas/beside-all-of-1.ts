import type { SchemaCase } from "./cases.ts";

const integer = { type: "integer" } as const;
const text = { type: "string" } as const;

export const besideAllOfCases1: readonly SchemaCase[] = [
  {
    name: "an object gains a property beside its reference",
    before: { $ref: "#/components/schemas/A" },
    after: { allOf: [{ $ref: "#/components/schemas/A" }], properties: { b: text } },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: { request: ["safe new-optional-request-property"], response: ["safe response-optional-property-added"] },
  },
  {
    name: "an object loses a property beside its reference",
    before: { allOf: [{ $ref: "#/components/schemas/A" }], properties: { b: text } },
    after: { $ref: "#/components/schemas/A" },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: { request: ["risky request-property-removed"], response: ["risky response-optional-property-removed"] },
  },
  {
    name: "an object gains a property of another type beside its reference",
    before: { $ref: "#/components/schemas/A" },
    after: { allOf: [{ $ref: "#/components/schemas/A" }], properties: { name: integer } },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: {
      request: ["breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed"],
    },
  },
  {
    name: "an object loses a property of another type beside its reference",
    before: { allOf: [{ $ref: "#/components/schemas/A" }], properties: { name: integer } },
    after: { $ref: "#/components/schemas/A" },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: {
      request: ["breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed"],
    },
  },
  {
    name: "an object gains a required name beside its reference",
    before: { $ref: "#/components/schemas/A" },
    after: { allOf: [{ $ref: "#/components/schemas/A" }], required: ["name"] },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: {
      request: ["breaking request-property-became-required"],
      response: ["safe response-property-became-required"],
    },
  },
  {
    name: "an object loses a required name beside its reference",
    before: { allOf: [{ $ref: "#/components/schemas/A" }], required: ["name"] },
    after: { $ref: "#/components/schemas/A" },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: {
      request: ["safe request-property-became-optional"],
      response: ["breaking response-property-became-optional"],
    },
  },
  {
    name: "an object gains a required name of its own beside its reference",
    before: { $ref: "#/components/schemas/A" },
    after: { allOf: [{ $ref: "#/components/schemas/A" }], properties: { b: text }, required: ["b"] },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: {
      request: ["breaking new-required-request-property"],
      response: ["safe response-required-property-added"],
    },
  },
  {
    name: "an object loses a required name of its own beside its reference",
    before: { allOf: [{ $ref: "#/components/schemas/A" }], properties: { b: text }, required: ["b"] },
    after: { $ref: "#/components/schemas/A" },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: { request: ["risky request-property-removed"], response: ["breaking response-required-property-removed"] },
  },
  {
    name: "an object gains nothing further beside its reference",
    before: { $ref: "#/components/schemas/A" },
    after: { allOf: [{ $ref: "#/components/schemas/A" }], additionalProperties: false },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: {
      request: ["breaking request-body-additional-properties-closed"],
      response: ["safe response-body-additional-properties-closed"],
    },
  },
  {
    name: "an object loses nothing further beside its reference",
    before: { allOf: [{ $ref: "#/components/schemas/A" }], additionalProperties: false },
    after: { $ref: "#/components/schemas/A" },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: {
      request: ["safe request-body-additional-properties-opened"],
      response: ["risky response-body-additional-properties-opened"],
    },
  },
  {
    name: "an object gains a limit of names beside its reference",
    before: { $ref: "#/components/schemas/A" },
    after: { allOf: [{ $ref: "#/components/schemas/A" }], patternProperties: { "^x-": text } },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: {
      request: ["breaking request-body-pattern-property-added"],
      response: ["safe response-body-pattern-property-added"],
    },
  },
  {
    name: "an object loses a limit of names beside its reference",
    before: { allOf: [{ $ref: "#/components/schemas/A" }], patternProperties: { "^x-": text } },
    after: { $ref: "#/components/schemas/A" },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: {
      request: ["safe request-body-pattern-property-removed"],
      response: ["breaking response-body-pattern-property-removed"],
    },
  },
  {
    name: "an object gains a dependency beside its reference",
    before: { $ref: "#/components/schemas/A" },
    after: { allOf: [{ $ref: "#/components/schemas/A" }], dependentRequired: { lives: ["name"] } },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: {
      request: ["breaking request-body-dependent-required-added"],
      response: ["safe response-body-dependent-required-added"],
    },
  },
  {
    name: "an object loses a dependency beside its reference",
    before: { allOf: [{ $ref: "#/components/schemas/A" }], dependentRequired: { lives: ["name"] } },
    after: { $ref: "#/components/schemas/A" },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: {
      request: ["safe request-body-dependent-required-removed"],
      response: ["breaking response-body-dependent-required-removed"],
    },
  },
  {
    name: "an object gains a limit of all names beside its reference",
    before: { $ref: "#/components/schemas/A" },
    after: { allOf: [{ $ref: "#/components/schemas/A" }], propertyNames: { maxLength: 9 } },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: {
      request: ["breaking request-body-property-names-added"],
      response: ["safe response-body-property-names-added"],
    },
  },
];
