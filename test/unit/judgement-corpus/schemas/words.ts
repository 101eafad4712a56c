import type { SchemaCase } from "./cases.ts";

export const wordsCases: readonly SchemaCase[] = [
  {
    name: "title, description, example",
    before: { type: "object", properties: { a: { type: "string" } }, title: "T", description: "D" },
    after: { type: "object", properties: { a: { type: "string", description: "x", example: "y" } }, title: "U" },
    expect: { request: [], response: [] },
  },
  {
    name: "examples",
    before: { type: "string", examples: ["a"] },
    after: { type: "string", examples: ["b"] },
    expect: { request: [], response: [] },
  },
  {
    name: "externalDocs",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string" } }, externalDocs: { url: "https://pets.test" } },
    expect: { request: [], response: [] },
  },
  {
    name: "$comment",
    before: { type: "string" },
    after: { type: "string", $comment: "x" },
    expect: { request: [], response: [] },
  },
  {
    name: "a vendor extension",
    before: { type: "string" },
    after: { type: "string", "x-internal": true },
    expect: { request: [], response: [] },
  },
  {
    name: "an unknown keyword",
    before: { type: "string" },
    after: { type: "string", colour: "red" },
    expect: { request: [], response: [] },
  },
  {
    name: "deprecated on the body's schema",
    before: { type: "string" },
    after: { type: "string", deprecated: true },
    expect: { request: [], response: [] },
  },
  {
    name: "description beside a $ref",
    before: { type: "object", properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { type: "object", properties: { a: { $ref: "#/components/schemas/A", description: "x" } } },
    schemas: { A: { type: "string" } },
    expect: { request: [], response: [] },
  },
  {
    name: "allOf of a reference and a description",
    before: { type: "object", properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { type: "object", properties: { a: { allOf: [{ $ref: "#/components/schemas/A" }], description: "x" } } },
    openapi: "3.0.3",
    schemas: { A: { type: "string" } },
    expect: { request: [], response: [] },
  },
  {
    name: "sunset of a property",
    before: { type: "object", properties: { a: { type: "string", deprecated: true } } },
    after: { type: "object", properties: { a: { type: "string", deprecated: true, "x-sunset": "2026-06-01" } } },
    expect: { request: ["safe request-property-sunset-added"], response: ["safe response-property-sunset-added"] },
  },
  {
    name: "deprecated with a sunset",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string", deprecated: true, "x-sunset": "2026-06-01" } } },
    expect: {
      request: ["safe request-property-deprecated-with-sunset"],
      response: ["safe response-property-deprecated-with-sunset"],
    },
  },
  {
    name: "sunset brought forward",
    before: { type: "object", properties: { a: { type: "string", deprecated: true, "x-sunset": "2026-06-01" } } },
    after: { type: "object", properties: { a: { type: "string", deprecated: true, "x-sunset": "2026-03-01" } } },
    expect: {
      request: ["breaking request-property-sunset-date-changed-too-small"],
      response: ["breaking response-property-sunset-date-changed-too-small"],
    },
  },
  {
    name: "stability lowered",
    before: { type: "object", properties: { a: { type: "string", "x-stability-level": "stable" } } },
    after: { type: "object", properties: { a: { type: "string", "x-stability-level": "beta" } } },
    expect: {
      request: ["breaking request-property-stability-decreased"],
      response: ["breaking response-property-stability-decreased"],
    },
  },
  {
    name: "stability raised",
    before: { type: "object", properties: { a: { type: "string", "x-stability-level": "beta" } } },
    after: { type: "object", properties: { a: { type: "string", "x-stability-level": "stable" } } },
    expect: {
      request: ["safe request-property-stability-increased"],
      response: ["safe response-property-stability-increased"],
    },
  },
  {
    name: "stability stable says nothing",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string", "x-stability-level": "stable" } } },
    expect: { request: [], response: [] },
  },
  {
    name: "a draft property is removed",
    before: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string", "x-stability-level": "draft" } },
    },
    after: { type: "object", properties: { a: { type: "string" } } },
    expect: {
      request: ["safe unstable-request-property-removed"],
      response: ["safe unstable-response-property-removed"],
    },
  },
  {
    name: "a required draft property is removed",
    before: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string", "x-stability-level": "draft" } },
      required: ["b"],
    },
    after: { type: "object", properties: { a: { type: "string" } } },
    expect: {
      request: ["safe unstable-request-property-removed"],
      response: ["safe unstable-response-property-removed"],
    },
  },
  {
    name: "a property past its sunset is removed",
    before: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string", deprecated: true, "x-sunset": "2025-06-01" } },
      required: ["b"],
    },
    after: { type: "object", properties: { a: { type: "string" } } },
    expect: {
      request: ["safe request-property-removed-with-deprecation"],
      response: ["safe response-property-removed-with-deprecation"],
    },
  },
  {
    name: "a property before its sunset is removed",
    before: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string", deprecated: true, "x-sunset": "2026-06-01" } },
    },
    after: { type: "object", properties: { a: { type: "string" } } },
    expect: {
      request: ["breaking request-property-removed-before-sunset"],
      response: ["breaking response-property-removed-before-sunset"],
    },
  },
];
