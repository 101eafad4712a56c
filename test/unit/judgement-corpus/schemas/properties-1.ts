import type { SchemaCase } from "./cases.ts";

export const propertiesCases1: readonly SchemaCase[] = [
  {
    name: "optional property added",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } },
    expect: {
      request: ["safe new-optional-request-property"],
      response: ["safe response-optional-property-added"],
      query: ["safe new-optional-request-parameter-property"],
      header: ["safe response-header-property-added"],
      webhook: ["safe response-optional-property-added"],
      callback: ["safe response-optional-property-added"],
    },
  },
  {
    name: "required property added",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } }, required: ["b"] },
    expect: {
      request: ["breaking new-required-request-property"],
      response: ["safe response-required-property-added"],
      query: ["breaking new-required-request-parameter-property"],
      webhook: ["safe response-required-property-added"],
    },
  },
  {
    name: "optional property removed",
    before: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string" } } },
    expect: {
      request: ["risky request-property-removed"],
      response: ["risky response-optional-property-removed"],
      query: ["risky request-parameter-property-removed"],
    },
  },
  {
    name: "required property removed",
    before: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } }, required: ["b"] },
    after: { type: "object", properties: { a: { type: "string" } } },
    expect: {
      request: ["risky request-property-removed"],
      response: ["breaking response-required-property-removed"],
      webhook: ["breaking response-required-property-removed"],
      callback: ["breaking response-required-property-removed"],
    },
  },
  {
    name: "optional property added to a closed object",
    before: { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
    after: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      additionalProperties: false,
    },
    expect: {
      request: ["safe new-optional-request-property"],
      response: ["risky response-property-added-to-closed-object"],
    },
  },
  {
    name: "optional property removed from a closed object",
    before: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      additionalProperties: false,
    },
    after: { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
    expect: {
      request: ["breaking request-property-removed-from-closed-object"],
      response: ["risky response-optional-property-removed"],
    },
  },
  {
    name: "a parameter's property removed from a closed object",
    before: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      additionalProperties: false,
    },
    after: { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
    expect: { query: ["breaking request-parameter-property-removed-from-closed-object"] },
  },
  {
    name: "optional property added where a map limits the values",
    before: { type: "object", properties: { a: { type: "string" } }, additionalProperties: { type: "integer" } },
    after: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      additionalProperties: { type: "integer" },
    },
    expect: {
      request: ["breaking request-property-type-changed", "safe new-optional-request-property"],
      response: ["breaking response-property-type-changed", "safe response-optional-property-added"],
    },
  },
  {
    name: "property of the map's own type is named",
    before: { type: "object", properties: { a: { type: "string" } }, additionalProperties: { type: "string" } },
    after: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      additionalProperties: { type: "string" },
    },
    expect: { request: ["safe new-optional-request-property"], response: ["safe response-optional-property-added"] },
  },
  {
    name: "renamed property",
    before: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string" }, c: { type: "string" } } },
    expect: {
      request: ["risky request-property-removed", "safe new-optional-request-property"],
      response: ["risky response-optional-property-removed", "safe response-optional-property-added"],
    },
    causes: 2,
  },
  {
    name: "renamed required property",
    before: { type: "object", properties: { b: { type: "string" } }, required: ["b"] },
    after: { type: "object", properties: { c: { type: "string" } }, required: ["c"] },
    expect: {
      request: ["breaking new-required-request-property", "risky request-property-removed"],
      response: ["breaking response-required-property-removed", "safe response-required-property-added"],
    },
    causes: 2,
  },
  {
    name: "became required",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
    expect: {
      request: ["breaking request-property-became-required"],
      response: ["safe response-property-became-required"],
      query: ["breaking request-parameter-property-became-required"],
      webhook: ["safe response-property-became-required"],
    },
  },
  {
    name: "became optional",
    before: { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
    after: { type: "object", properties: { a: { type: "string" } } },
    expect: {
      request: ["safe request-property-became-optional"],
      response: ["breaking response-property-became-optional"],
      query: ["safe request-parameter-property-became-optional"],
      webhook: ["breaking response-property-became-optional"],
      callback: ["breaking response-property-became-optional"],
    },
  },
  {
    name: "became required with a default",
    before: { type: "object", properties: { a: { type: "string", default: "x" } } },
    after: { type: "object", properties: { a: { type: "string", default: "x" } }, required: ["a"] },
    expect: {
      request: ["breaking request-property-became-required-with-default"],
      response: ["safe response-property-became-required"],
    },
  },
  {
    name: "read-only required in a request",
    before: { type: "object", properties: { a: { type: "string", readOnly: true } } },
    after: { type: "object", properties: { a: { type: "string", readOnly: true } }, required: ["a"] },
    expect: { request: [], response: ["safe response-property-became-required"] },
  },
  {
    name: "read-only no longer required",
    before: { type: "object", properties: { a: { type: "string", readOnly: true } }, required: ["a"] },
    after: { type: "object", properties: { a: { type: "string", readOnly: true } } },
    expect: { request: [], response: ["breaking response-property-became-optional"] },
  },
  {
    name: "write-only required in a response",
    before: { type: "object", properties: { a: { type: "string", writeOnly: true } } },
    after: { type: "object", properties: { a: { type: "string", writeOnly: true } }, required: ["a"] },
    expect: { request: ["breaking request-property-became-required"], response: [] },
  },
  {
    name: "write-only became optional",
    before: { type: "object", properties: { a: { type: "string", writeOnly: true } }, required: ["a"] },
    after: { type: "object", properties: { a: { type: "string", writeOnly: true } } },
    expect: { request: ["safe request-property-became-optional"], response: [] },
  },
  {
    name: "read-only property added",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string", readOnly: true } },
      required: ["b"],
    },
    expect: { request: [], response: ["safe response-required-property-added"] },
  },
  {
    name: "write-only required property added",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string", writeOnly: true } },
      required: ["b"],
    },
    expect: { request: ["breaking new-required-request-property"], response: [] },
  },
  {
    name: "write-only property removed",
    before: { type: "object", properties: { a: { type: "string" }, b: { type: "string", writeOnly: true } } },
    after: { type: "object", properties: { a: { type: "string" } } },
    expect: { request: ["risky request-property-removed"], response: [] },
  },
  {
    name: "read-only property removed",
    before: { type: "object", properties: { a: { type: "string" }, b: { type: "string", readOnly: true } } },
    after: { type: "object", properties: { a: { type: "string" } } },
    expect: { request: [], response: ["risky response-optional-property-removed"] },
  },
  {
    name: "an undefined name is required",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string" } }, required: ["z"] },
    expect: {
      request: ["breaking request-property-became-required"],
      response: ["safe response-property-became-required"],
    },
  },
  {
    name: "an undefined name is no longer required",
    before: { type: "object", properties: { a: { type: "string" } }, required: ["z"] },
    after: { type: "object", properties: { a: { type: "string" } } },
    expect: {
      request: ["safe request-property-became-optional"],
      response: ["breaking response-property-became-optional"],
    },
  },
  {
    name: "required by itself in an allOf",
    before: { allOf: [{ $ref: "#/components/schemas/A" }] },
    after: { allOf: [{ $ref: "#/components/schemas/A" }, { required: ["x"] }] },
    schemas: { A: { type: "object", properties: { x: { type: "string" } } } },
    expect: {
      request: ["breaking request-property-became-required"],
      response: ["safe response-property-became-required"],
    },
  },
  {
    name: "required moved into an allOf member",
    before: { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
    after: { allOf: [{ type: "object", properties: { a: { type: "string" } } }, { required: ["a"] }] },
    expect: { request: [], response: [] },
  },
];
