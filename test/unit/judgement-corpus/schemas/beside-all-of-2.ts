import type { SchemaCase } from "./cases.ts";

const integer = { type: "integer" } as const;
const text = { type: "string" } as const;

export const besideAllOfCases2: readonly SchemaCase[] = [
  {
    name: "an object loses a limit of all names beside its reference",
    before: { allOf: [{ $ref: "#/components/schemas/A" }], propertyNames: { maxLength: 9 } },
    after: { $ref: "#/components/schemas/A" },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: {
      request: ["safe request-body-property-names-removed"],
      response: ["breaking response-body-property-names-removed"],
    },
  },
  {
    name: "an object gains alternatives beside its reference",
    before: { $ref: "#/components/schemas/A" },
    after: { allOf: [{ $ref: "#/components/schemas/A" }], anyOf: [{ required: ["name"] }, { required: ["lives"] }] },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: {
      request: ["breaking request-body-alternatives-added"],
      response: ["safe response-body-alternatives-added"],
    },
  },
  {
    name: "an object loses alternatives beside its reference",
    before: { allOf: [{ $ref: "#/components/schemas/A" }], anyOf: [{ required: ["name"] }, { required: ["lives"] }] },
    after: { $ref: "#/components/schemas/A" },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: {
      request: ["safe request-body-alternatives-removed"],
      response: ["breaking response-body-alternatives-removed"],
    },
  },
  {
    name: "an object gains fewer properties beside its reference",
    before: { $ref: "#/components/schemas/A" },
    after: { allOf: [{ $ref: "#/components/schemas/A" }], maxProperties: 1 },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: {
      request: ["breaking request-body-max-properties-set"],
      response: ["safe response-body-max-properties-set"],
    },
  },
  {
    name: "an object loses fewer properties beside its reference",
    before: { allOf: [{ $ref: "#/components/schemas/A" }], maxProperties: 1 },
    after: { $ref: "#/components/schemas/A" },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: {
      request: ["safe request-body-max-properties-unset"],
      response: ["breaking response-body-max-properties-unset"],
    },
  },
  {
    name: "an object gains a constraint as a member beside its reference",
    before: { $ref: "#/components/schemas/A" },
    after: { allOf: [{ $ref: "#/components/schemas/A" }, { minProperties: 1 }] },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: { request: ["breaking request-body-all-of-added"], response: ["safe response-body-all-of-added"] },
  },
  {
    name: "an object loses a constraint as a member beside its reference",
    before: { allOf: [{ $ref: "#/components/schemas/A" }, { minProperties: 1 }] },
    after: { $ref: "#/components/schemas/A" },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    expect: { request: ["safe request-body-all-of-removed"], response: ["breaking response-body-all-of-removed"] },
  },
  {
    name: "a reference becomes a member and is edited",
    before: { $ref: "#/components/schemas/A" },
    after: { allOf: [{ $ref: "#/components/schemas/A" }, { minProperties: 1 }] },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    schemasAfter: { A: { type: "object", properties: { lives: integer, name: text }, required: ["name"] } },
    causes: 2,
    expect: {
      request: ["breaking request-property-became-required", "breaking request-body-all-of-added"],
      response: ["safe response-property-became-required", "safe response-body-all-of-added"],
    },
  },
  {
    name: "a member becomes all there is and is edited",
    before: { allOf: [{ $ref: "#/components/schemas/A" }, { minProperties: 1 }] },
    after: { $ref: "#/components/schemas/A" },
    schemas: { A: { type: "object", properties: { lives: integer, name: text } } },
    schemasAfter: { A: { type: "object", properties: { lives: integer, name: text }, required: ["name"] } },
    expect: {
      request: ["breaking request-property-became-required"],
      response: ["safe response-property-became-required"],
    },
  },
  {
    name: "limits trade places among the members of an allOf",
    before: {
      allOf: [
        { type: "string", maxLength: 9, minLength: 1 },
        { type: "string", maxLength: 5 },
      ],
    },
    after: {
      allOf: [
        { type: "string", maxLength: 5, minLength: 1 },
        { type: "string", maxLength: 9 },
      ],
    },
    expect: { request: [], response: [] },
  },
  {
    name: "limits trade places among the members of an allOf, and one is tighter",
    before: {
      allOf: [
        { type: "string", maxLength: 9, minLength: 1 },
        { type: "string", maxLength: 5 },
      ],
    },
    after: {
      allOf: [
        { type: "string", maxLength: 4, minLength: 1 },
        { type: "string", maxLength: 9 },
      ],
    },
    causes: 2,
    expect: { request: ["breaking request-body-max-length-decreased", "safe request-body-max-length-increased"] },
  },
];
