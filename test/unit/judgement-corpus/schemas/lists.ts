import type { SchemaCase } from "./cases.ts";

export const listsCases: readonly SchemaCase[] = [
  {
    name: "items limited first",
    before: { type: "array" },
    after: { type: "array", items: { type: "string" } },
    expect: { request: ["breaking request-body-items-added"], response: ["safe response-body-items-added"] },
  },
  {
    name: "items no longer limited",
    before: { type: "array", items: { type: "string" } },
    after: { type: "array" },
    expect: { request: ["safe request-body-items-removed"], response: ["breaking response-body-items-removed"] },
  },
  {
    name: "items {} says nothing",
    before: { type: "array" },
    after: { type: "array", items: {} },
    expect: { request: [], response: [] },
  },
  {
    name: "a tuple gains a place",
    before: { type: "array", prefixItems: [{ type: "string" }] },
    after: { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }] },
    expect: {
      request: ["breaking request-body-prefix-items-added"],
      response: ["safe response-body-prefix-items-added"],
    },
  },
  {
    name: "a tuple loses a place",
    before: { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }] },
    after: { type: "array", prefixItems: [{ type: "string" }] },
    expect: {
      request: ["safe request-body-prefix-items-removed"],
      response: ["breaking response-body-prefix-items-removed"],
    },
  },
  {
    name: "a tuple's places are swapped",
    before: { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }] },
    after: { type: "array", prefixItems: [{ type: "integer" }, { type: "string" }] },
    expect: {
      request: ["breaking request-property-type-changed", "breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed", "breaking response-property-type-changed"],
    },
    causes: 2,
  },
  {
    name: "a closed tuple gains a place",
    before: { type: "array", prefixItems: [{ type: "string" }], items: false },
    after: { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }], items: false },
    expect: {
      request: ["safe request-body-prefix-items-allowed"],
      response: ["breaking response-body-prefix-items-allowed"],
    },
  },
  {
    name: "a closed tuple loses a place",
    before: { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }], items: false },
    after: { type: "array", prefixItems: [{ type: "string" }], items: false },
    expect: {
      request: ["breaking request-body-prefix-items-disallowed"],
      response: ["safe response-body-prefix-items-disallowed"],
    },
  },
  {
    name: "a tuple is closed",
    before: { type: "array", prefixItems: [{ type: "string" }] },
    after: { type: "array", prefixItems: [{ type: "string" }], items: false },
    expect: { request: ["breaking request-body-items-added"], response: ["safe response-body-items-added"] },
  },
  {
    name: "a tuple's place is widened",
    before: { type: "array", prefixItems: [{ type: "integer" }] },
    after: { type: "array", prefixItems: [{ type: "number" }] },
    expect: {
      request: ["safe request-property-type-generalized"],
      response: ["breaking response-property-type-generalized"],
    },
  },
  {
    name: "items that repeat prefixItems",
    before: { type: "array", items: { type: "string" } },
    after: { type: "array", prefixItems: [{ type: "string" }], items: { type: "string" } },
    expect: { request: [], response: [] },
  },
  {
    name: "unevaluatedItems false after prefixItems is items false",
    before: { type: "array", prefixItems: [{ type: "string" }], items: false },
    after: { type: "array", prefixItems: [{ type: "string" }], unevaluatedItems: false },
    expect: { request: [], response: [] },
  },
  {
    name: "unevaluatedItems false added",
    before: { type: "array", prefixItems: [{ type: "string" }] },
    after: { type: "array", prefixItems: [{ type: "string" }], unevaluatedItems: false },
    expect: {
      request: ["breaking request-body-unevaluated-items-added"],
      response: ["safe response-body-unevaluated-items-added"],
    },
  },
  {
    name: "items false of a list is maxItems 0",
    before: { type: "array", items: false },
    after: { type: "array", maxItems: 0 },
    expect: { request: [], response: [] },
  },
  {
    name: "nested lists",
    before: { type: "array", items: { type: "array", items: { type: "integer" } } },
    after: { type: "array", items: { type: "array", items: { type: "number" } } },
    expect: {
      request: ["safe request-property-type-generalized"],
      response: ["breaking response-property-type-generalized"],
    },
  },
];
