import type { SchemaCase } from "./cases.ts";

export const propertiesCases2: readonly SchemaCase[] = [
  {
    name: "duplicate required says nothing",
    before: { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
    after: { type: "object", properties: { a: { type: "string" } }, required: ["a", "a"] },
    expect: { request: [], response: [] },
  },
  {
    name: "the order of required says nothing",
    before: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } }, required: ["a", "b"] },
    after: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } }, required: ["b", "a"] },
    expect: { request: [], response: [] },
  },
  {
    name: "an empty required says nothing",
    before: { type: "object", properties: { a: { type: "string" } }, required: [] },
    after: { type: "object", properties: { a: { type: "string" } } },
    expect: { request: [], response: [] },
  },
  {
    name: "required in items of a list",
    before: { type: "array", items: { type: "object", properties: { a: { type: "string" } } } },
    after: { type: "array", items: { type: "object", properties: { a: { type: "string" } }, required: ["a"] } },
    expect: {
      request: ["breaking request-property-became-required"],
      response: ["safe response-property-became-required"],
      query: ["breaking request-parameter-property-became-required"],
    },
  },
  {
    name: "required in values of a map",
    before: { type: "object", additionalProperties: { type: "object", properties: { a: { type: "string" } } } },
    after: {
      type: "object",
      additionalProperties: { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
    },
    expect: {
      request: ["breaking request-property-became-required"],
      response: ["safe response-property-became-required"],
    },
  },
  {
    name: "property added deep in lists and maps",
    before: {
      type: "object",
      properties: {
        x: {
          type: "array",
          items: { type: "object", additionalProperties: { type: "object", properties: { a: { type: "string" } } } },
        },
      },
    },
    after: {
      type: "object",
      properties: {
        x: {
          type: "array",
          items: {
            type: "object",
            additionalProperties: {
              type: "object",
              properties: { a: { type: "string" }, b: { type: "string" } },
              required: ["b"],
            },
          },
        },
      },
    },
    expect: {
      request: ["breaking new-required-request-property"],
      response: ["safe response-required-property-added"],
    },
  },
  {
    name: "property removed deep",
    before: {
      type: "object",
      properties: {
        x: {
          type: "array",
          items: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } }, required: ["b"] },
        },
      },
    },
    after: {
      type: "object",
      properties: { x: { type: "array", items: { type: "object", properties: { a: { type: "string" } } } } },
    },
    expect: { request: ["risky request-property-removed"], response: ["breaking response-required-property-removed"] },
  },
  {
    name: "a nested object is required and its property is required",
    before: {
      type: "object",
      properties: { x: { type: "object", properties: { a: { type: "string" } } } },
      required: ["x"],
    },
    after: {
      type: "object",
      properties: { x: { type: "object", properties: { a: { type: "string" } }, required: ["a"] } },
      required: ["x"],
    },
    expect: {
      request: ["breaking request-property-became-required"],
      response: ["safe response-property-became-required"],
    },
  },
  {
    name: "removed from properties but still required",
    before: { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
    after: { type: "object", required: ["a"] },
    expect: { request: ["risky request-property-removed"], response: ["breaking response-required-property-removed"] },
  },
  {
    name: "property became read-only",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string", readOnly: true } } },
    expect: {
      request: ["risky request-optional-property-became-read-only"],
      response: ["safe response-optional-property-became-read-only"],
    },
  },
  {
    name: "required property became read-only",
    before: { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
    after: { type: "object", properties: { a: { type: "string", readOnly: true } }, required: ["a"] },
    expect: {
      request: ["risky request-required-property-became-read-only"],
      response: ["safe response-required-property-became-read-only"],
    },
  },
  {
    name: "property became write-only",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string", writeOnly: true } } },
    expect: {
      request: ["safe request-optional-property-became-write-only"],
      response: ["risky response-optional-property-became-write-only"],
    },
  },
  {
    name: "required property became write-only",
    before: { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
    after: { type: "object", properties: { a: { type: "string", writeOnly: true } }, required: ["a"] },
    expect: {
      request: ["safe request-required-property-became-write-only"],
      response: ["breaking response-required-property-became-write-only"],
    },
  },
  {
    name: "required property is no longer read-only",
    before: { type: "object", properties: { a: { type: "string", readOnly: true } }, required: ["a"] },
    after: { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
    expect: {
      request: ["breaking request-required-property-became-not-read-only"],
      response: ["safe response-required-property-became-not-read-only"],
    },
  },
  {
    name: "optional property is no longer read-only",
    before: { type: "object", properties: { a: { type: "string", readOnly: true } } },
    after: { type: "object", properties: { a: { type: "string" } } },
    expect: {
      request: ["safe request-optional-property-became-not-read-only"],
      response: ["safe response-optional-property-became-not-read-only"],
    },
  },
  {
    name: "property is no longer write-only",
    before: { type: "object", properties: { a: { type: "string", writeOnly: true } } },
    after: { type: "object", properties: { a: { type: "string" } } },
    expect: {
      request: ["safe request-optional-property-became-not-write-only"],
      response: ["safe response-optional-property-became-not-write-only"],
    },
  },
  {
    name: "read-only says nothing in a parameter's object",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string", readOnly: true } } },
    expect: { query: [] },
  },
  {
    name: "readOnly of an array's items",
    before: { type: "array", items: { type: "string" } },
    after: { type: "array", items: { type: "string", readOnly: true } },
    expect: { request: [], response: [] },
  },
  {
    name: "constraint of a read-only property",
    before: { type: "object", properties: { a: { type: "string", readOnly: true, maxLength: 9 } } },
    after: { type: "object", properties: { a: { type: "string", readOnly: true, maxLength: 5 } } },
    expect: { request: [], response: ["safe response-property-max-length-decreased"] },
  },
  {
    name: "constraint below a read-only property",
    before: {
      type: "object",
      properties: { a: { type: "object", properties: { b: { type: "string" } }, readOnly: true } },
    },
    after: {
      type: "object",
      properties: { a: { type: "object", properties: { b: { type: "integer" } }, readOnly: true } },
    },
    expect: { request: [], response: ["breaking response-property-type-changed"] },
  },
  {
    name: "type of a write-only property",
    before: { type: "object", properties: { a: { type: "string", writeOnly: true } } },
    after: { type: "object", properties: { a: { type: "integer", writeOnly: true } } },
    expect: { request: ["breaking request-property-type-changed"], response: [] },
  },
  {
    name: "deprecated",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: { type: "string", deprecated: true } } },
    expect: { request: ["safe request-property-deprecated"], response: ["safe response-property-deprecated"] },
  },
  {
    name: "no longer deprecated",
    before: { type: "object", properties: { a: { type: "string", deprecated: true } } },
    after: { type: "object", properties: { a: { type: "string" } } },
    expect: { request: ["safe request-property-reactivated"], response: ["safe response-property-reactivated"] },
  },
  {
    name: "a deprecated property is removed",
    before: { type: "object", properties: { a: { type: "string" }, b: { type: "string", deprecated: true } } },
    after: { type: "object", properties: { a: { type: "string" } } },
    expect: { request: ["risky request-property-removed"], response: ["risky response-optional-property-removed"] },
  },
  {
    name: "a property moves into a nested object",
    before: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } },
    after: {
      type: "object",
      properties: { a: { type: "string" }, n: { type: "object", properties: { b: { type: "string" } } } },
    },
    expect: {
      request: ["risky request-property-removed", "safe new-optional-request-property"],
      response: ["risky response-optional-property-removed", "safe response-optional-property-added"],
    },
    causes: 2,
  },
  {
    name: "case of a name changes",
    before: { type: "object", properties: { userId: { type: "string" } } },
    after: { type: "object", properties: { userID: { type: "string" } } },
    expect: {
      request: ["risky request-property-removed", "safe new-optional-request-property"],
      response: ["risky response-optional-property-removed", "safe response-optional-property-added"],
    },
    causes: 2,
  },
];
