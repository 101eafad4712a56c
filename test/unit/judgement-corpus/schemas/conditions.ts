// biome-ignore-all lint/suspicious/noThenProperty: a JSON Schema keyword; the objects are never awaited
import type { SchemaCase } from "./cases.ts";

export const conditionsCases: readonly SchemaCase[] = [
  {
    name: "if and then added",
    before: { type: "object", properties: { k: { type: "string" }, b: { type: "string" } } },
    after: {
      type: "object",
      properties: { k: { type: "string" }, b: { type: "string" } },
      if: { properties: { k: { const: "x" } } },
      then: { required: ["b"] },
    },
    expect: { request: ["breaking request-body-if-added"], response: ["safe response-body-if-added"] },
  },
  {
    name: "if and then removed",
    before: {
      type: "object",
      properties: { k: { type: "string" }, b: { type: "string" } },
      if: { properties: { k: { const: "x" } } },
      then: { required: ["b"] },
    },
    after: { type: "object", properties: { k: { type: "string" }, b: { type: "string" } } },
    expect: { request: ["safe request-body-if-removed"], response: ["breaking response-body-if-removed"] },
  },
  {
    name: "then narrowed",
    before: {
      type: "object",
      properties: { k: { type: "string" }, b: { type: "string" } },
      if: { required: ["k"] },
      then: { properties: { b: { type: "string", maxLength: 9 } } },
    },
    after: {
      type: "object",
      properties: { k: { type: "string" }, b: { type: "string" } },
      if: { required: ["k"] },
      then: { properties: { b: { type: "string", maxLength: 5 } } },
    },
    expect: {
      request: ["breaking request-property-max-length-decreased"],
      response: ["safe response-property-max-length-decreased"],
    },
  },
  {
    name: "then gains a required name",
    before: {
      type: "object",
      properties: { k: { type: "string" }, b: { type: "string" } },
      if: { required: ["k"] },
      then: { required: ["b"] },
    },
    after: {
      type: "object",
      properties: { k: { type: "string" }, b: { type: "string" } },
      if: { required: ["k"] },
      then: { required: ["b", "z"] },
    },
    expect: {
      request: ["breaking request-property-became-required"],
      response: ["safe response-property-became-required"],
    },
  },
  {
    name: "then loses a required name",
    before: {
      type: "object",
      properties: { k: { type: "string" }, b: { type: "string" } },
      if: { required: ["k"] },
      then: { required: ["b", "z"] },
    },
    after: {
      type: "object",
      properties: { k: { type: "string" }, b: { type: "string" } },
      if: { required: ["k"] },
      then: { required: ["b"] },
    },
    expect: {
      request: ["safe request-property-became-optional"],
      response: ["breaking response-property-became-optional"],
    },
  },
  {
    name: "else added",
    before: { type: "object", if: { required: ["k"] }, then: { required: ["b"] } },
    after: { type: "object", if: { required: ["k"] }, then: { required: ["b"] }, else: { required: ["z"] } },
    expect: { request: ["breaking request-body-else-added"], response: ["safe response-body-else-added"] },
  },
  {
    name: "if changed",
    before: { type: "object", if: { required: ["k"] }, then: { required: ["b"] } },
    after: { type: "object", if: { required: ["z"] }, then: { required: ["b"] } },
    expect: { request: ["breaking request-body-if-changed"], response: ["breaking response-body-if-changed"] },
  },
  {
    name: "if without then and else says nothing",
    before: { type: "object" },
    after: { type: "object", if: { required: ["k"] } },
    expect: { request: [], response: [] },
  },
  {
    name: "then without if says nothing",
    before: { type: "object" },
    after: { type: "object", then: { required: ["k"] } },
    expect: { request: [], response: [] },
  },
  {
    name: "not added",
    before: { type: "string" },
    after: { type: "string", not: { const: "x" } },
    expect: { request: ["breaking request-body-not-added"], response: ["safe response-body-not-added"] },
  },
  {
    name: "not removed",
    before: { type: "string", not: { const: "x" } },
    after: { type: "string" },
    expect: { request: ["safe request-body-not-removed"], response: ["breaking response-body-not-removed"] },
  },
  {
    name: "not rules out more",
    before: { type: "string", not: { enum: ["x"] } },
    after: { type: "string", not: { enum: ["x", "y"] } },
    expect: { request: ["breaking request-body-not-specialized"], response: ["safe response-body-not-specialized"] },
  },
  {
    name: "not rules out less",
    before: { type: "string", not: { enum: ["x", "y"] } },
    after: { type: "string", not: { enum: ["x"] } },
    expect: { request: ["safe request-body-not-generalized"], response: ["breaking response-body-not-generalized"] },
  },
  {
    name: "not changes what it rules out",
    before: { type: "string", not: { const: "x" } },
    after: { type: "string", not: { const: "y" } },
    expect: { request: ["breaking request-body-not-changed"], response: ["breaking response-body-not-changed"] },
  },
  {
    name: "not of another type says nothing",
    before: { type: "string" },
    after: { type: "string", not: { type: "integer" } },
    expect: { request: [], response: [] },
  },
  {
    name: "not {} forbids all",
    before: { type: "object", properties: { a: { type: "string" } } },
    after: { type: "object", properties: { a: { not: {} } } },
    expect: {
      request: ["breaking request-property-value-disallowed"],
      response: ["risky response-property-value-disallowed"],
    },
  },
];
