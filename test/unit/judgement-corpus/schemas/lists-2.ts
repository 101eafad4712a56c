import type { SchemaCase } from "./cases.ts";

const integer = { type: "integer" } as const;
const list = { type: "array" } as const;
const text = { type: "string" } as const;

export const listsCases2: readonly SchemaCase[] = [
  {
    name: "two places come",
    before: list,
    after: { type: "array", prefixItems: [text, integer] },
    causes: 2,
    expect: {
      request: ["breaking request-body-prefix-items-added", "breaking request-body-prefix-items-added"],
      response: ["safe response-body-prefix-items-added", "safe response-body-prefix-items-added"],
    },
  },
  {
    name: "two places go",
    before: { type: "array", prefixItems: [text, integer] },
    after: list,
    causes: 2,
    expect: {
      request: ["safe request-body-prefix-items-removed", "safe request-body-prefix-items-removed"],
      response: ["breaking response-body-prefix-items-removed", "breaking response-body-prefix-items-removed"],
    },
  },
  {
    name: "a place comes where the items are limited otherwise",
    before: { type: "array", items: integer },
    after: { type: "array", prefixItems: [text], items: integer },
    expect: {
      request: ["breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed"],
    },
  },
  {
    name: "a place goes where the items are limited otherwise",
    before: { type: "array", prefixItems: [text], items: integer },
    after: { type: "array", items: integer },
    expect: {
      request: ["breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed"],
    },
  },
  {
    name: "if and else come",
    before: integer,
    after: { type: "integer", if: { minimum: 3 }, else: { maximum: 1 } },
    expect: { request: ["breaking request-body-if-added"], response: ["safe response-body-if-added"] },
  },
  {
    name: "if, then and else go",
    // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword; the object is never awaited
    before: { type: "integer", if: { minimum: 3 }, then: { maximum: 9 }, else: { maximum: 1 } },
    after: integer,
    expect: { request: ["safe request-body-if-removed"], response: ["breaking response-body-if-removed"] },
  },
  {
    name: "else comes beside then",
    // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword; the object is never awaited
    before: { type: "integer", if: { minimum: 3 }, then: { maximum: 9 } },
    // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword; the object is never awaited
    after: { type: "integer", if: { minimum: 3 }, then: { maximum: 9 }, else: { minimum: 0 } },
    expect: { request: ["breaking request-body-else-added"], response: ["safe response-body-else-added"] },
  },
  {
    name: "then goes beside else",
    // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword; the object is never awaited
    before: { type: "integer", if: { minimum: 3 }, then: { maximum: 9 }, else: { minimum: 0 } },
    after: { type: "integer", if: { minimum: 3 }, else: { minimum: 0 } },
    expect: { request: ["safe request-body-then-removed"], response: ["breaking response-body-then-removed"] },
  },
  {
    name: "items that limit nothing come",
    before: list,
    after: { type: "array", items: {} },
    expect: { request: [], response: [] },
  },
  {
    name: "items that limit nothing go, and a limit of their number comes",
    before: { type: "array", items: {} },
    after: { type: "array", maxItems: 5 },
    expect: { request: ["breaking request-body-max-items-set"], response: ["safe response-body-max-items-set"] },
  },
  {
    name: "contained items are limited",
    before: list,
    after: { type: "array", contains: integer },
    expect: { request: ["breaking request-body-contains-added"], response: ["safe response-body-contains-added"] },
  },
  {
    name: "the items' own items are limited",
    before: { type: "array", items: { type: "array", items: { type: "object", properties: { a: text } } } },
    after: { type: "array", items: { type: "array", items: { type: "object", properties: { a: integer } } } },
    expect: {
      request: ["breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed"],
    },
  },
];
