import type { SchemaCase } from "./cases.ts";

export const unionsCases3: readonly SchemaCase[] = [
  {
    name: "allOf gains a looser limit",
    before: { allOf: [{ type: "string", maxLength: 5 }] },
    after: { allOf: [{ type: "string", maxLength: 5 }, { maxLength: 9 }] },
    expect: { request: [], response: [] },
  },
  {
    name: "allOf gains a tighter limit",
    before: { allOf: [{ type: "string", maxLength: 9 }] },
    after: { allOf: [{ type: "string", maxLength: 9 }, { maxLength: 5 }] },
    expect: { request: ["breaking request-body-all-of-added"], response: ["safe response-body-all-of-added"] },
  },
  {
    name: "allOf is merged into one object",
    before: {
      allOf: [
        { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
        { type: "object", properties: { b: { type: "string" } } },
      ],
    },
    after: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } }, required: ["a"] },
    expect: { request: [], response: [] },
  },
  {
    name: "allOf with limits is merged into one",
    before: { allOf: [{ type: "string", minLength: 2 }, { maxLength: 9 }] },
    after: { type: "string", minLength: 2, maxLength: 9 },
    expect: { request: [], response: [] },
  },
  {
    name: "an object is split into an allOf",
    before: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "integer" } },
      additionalProperties: true,
    },
    after: {
      allOf: [
        { type: "object", properties: { a: { type: "string" } } },
        { type: "object", properties: { b: { type: "integer" } } },
      ],
    },
    expect: { request: [], response: [] },
  },
  {
    name: "an allOf member is extracted to a component",
    before: {
      allOf: [
        { type: "object", properties: { a: { type: "string" } } },
        { type: "object", properties: { b: { type: "string" } } },
      ],
    },
    after: { allOf: [{ $ref: "#/components/schemas/A" }, { type: "object", properties: { b: { type: "string" } } }] },
    schemas: {},
    schemasAfter: { A: { type: "object", properties: { a: { type: "string" } } } },
    expect: { request: [], response: [] },
  },
  {
    name: "allOf gains an object with an optional property",
    before: { allOf: [{ $ref: "#/components/schemas/A" }] },
    after: { allOf: [{ $ref: "#/components/schemas/A" }, { type: "object", properties: { y: { type: "string" } } }] },
    schemas: { A: { type: "object", properties: { x: { type: "string" } } } },
    expect: { request: ["safe new-optional-request-property"], response: ["safe response-optional-property-added"] },
  },
  {
    name: "allOf gains an object with a required property",
    before: { allOf: [{ $ref: "#/components/schemas/A" }] },
    after: {
      allOf: [
        { $ref: "#/components/schemas/A" },
        { type: "object", properties: { y: { type: "string" } }, required: ["y"] },
      ],
    },
    schemas: { A: { type: "object", properties: { x: { type: "string" } } } },
    expect: {
      request: ["breaking new-required-request-property"],
      response: ["safe response-required-property-added"],
    },
  },
  {
    name: "allOf loses an object with a required property",
    before: {
      allOf: [
        { $ref: "#/components/schemas/A" },
        { type: "object", properties: { y: { type: "string" } }, required: ["y"] },
      ],
    },
    after: { allOf: [{ $ref: "#/components/schemas/A" }] },
    schemas: { A: { type: "object", properties: { x: { type: "string" } } } },
    expect: { request: ["risky request-property-removed"], response: ["breaking response-required-property-removed"] },
  },
  {
    name: "a property moves between members of an allOf",
    before: {
      allOf: [
        { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } },
        { type: "object", properties: { c: { type: "string" } } },
      ],
    },
    after: {
      allOf: [
        { type: "object", properties: { a: { type: "string" } } },
        { type: "object", properties: { b: { type: "string" }, c: { type: "string" } } },
      ],
    },
    expect: { request: [], response: [] },
  },
  {
    name: "a property's type changes in an allOf member",
    before: { allOf: [{ $ref: "#/components/schemas/A" }, { type: "object", properties: { y: { type: "string" } } }] },
    after: { allOf: [{ $ref: "#/components/schemas/A" }, { type: "object", properties: { y: { type: "integer" } } }] },
    schemas: { A: { type: "object", properties: { x: { type: "string" } } } },
    expect: {
      request: ["breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed"],
    },
  },
  {
    name: "a member of the allOf is edited",
    before: { allOf: [{ $ref: "#/components/schemas/A" }, { type: "object", properties: { y: { type: "string" } } }] },
    after: { allOf: [{ $ref: "#/components/schemas/A" }, { type: "object", properties: { y: { type: "string" } } }] },
    schemas: { A: { type: "object", properties: { x: { type: "string" } } } },
    schemasAfter: { A: { type: "object", properties: { x: { type: "string" } }, required: ["x"] } },
    expect: {
      request: ["breaking request-property-became-required"],
      response: ["safe response-property-became-required"],
    },
  },
  {
    name: "the constraint moves from the schema to the allOf",
    before: { allOf: [{ $ref: "#/components/schemas/A" }], minProperties: 1 },
    after: { allOf: [{ $ref: "#/components/schemas/A" }, { minProperties: 1 }] },
    schemas: { A: { type: "object", properties: { x: { type: "string" } } } },
    expect: { request: [], response: [] },
  },
  {
    name: "siblings of a $ref count in 3.1",
    before: { type: "object", properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { type: "object", properties: { a: { $ref: "#/components/schemas/A", maxLength: 5 } } },
    schemas: { A: { type: "string" } },
    expect: {
      request: ["breaking request-property-max-length-set"],
      response: ["safe response-property-max-length-set"],
    },
  },
  {
    name: "siblings of a $ref are ignored in 3.0",
    before: { type: "object", properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { type: "object", properties: { a: { $ref: "#/components/schemas/A", maxLength: 5 } } },
    openapi: "3.0.3",
    schemas: { A: { type: "string" } },
    expect: { request: [], response: [] },
  },
];
