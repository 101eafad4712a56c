import type { SchemaCase } from "./cases.ts";

const text = { type: "string" } as const;

export const typesCases2: readonly SchemaCase[] = [
  {
    name: "bytes written as 3.1 does become those of 3.0",
    before: { type: "string", contentEncoding: "base64" },
    after: { type: "string", format: "byte" },
    expect: { request: [], response: [] },
  },
  {
    name: "bytes written as 3.0 does become those of 3.1",
    before: { type: "string", format: "binary" },
    after: { type: "string", contentMediaType: "application/octet-stream" },
    expect: { request: [], response: [] },
  },
  {
    name: "bytes written both ways lose the format",
    before: { type: "string", format: "byte", contentEncoding: "base64" },
    after: { type: "string", contentEncoding: "base64" },
    expect: { request: ["safe request-body-type-generalized"], response: ["breaking response-body-type-generalized"] },
  },
  {
    name: "bytes written as 3.1 does gain another format",
    before: { type: "string", contentEncoding: "base64" },
    after: { type: "string", contentEncoding: "base64", format: "password" },
    expect: { request: ["safe request-body-type-compatible"], response: ["safe response-body-type-compatible"] },
  },
  {
    name: "bytes of another encoding become those of 3.0",
    before: { type: "string", contentEncoding: "base32" },
    after: { type: "string", format: "byte" },
    causes: 2,
    expect: {
      request: ["breaking request-body-content-encoding-changed", "breaking request-body-type-specialized"],
      response: ["breaking response-body-content-encoding-changed", "safe response-body-type-specialized"],
    },
  },
  {
    name: "a constant says its type",
    before: { const: "a" },
    after: { type: "string", const: "a" },
    expect: { request: [], response: [] },
  },
  {
    name: "a constant no longer says its type",
    before: { type: "string", const: "a" },
    after: { const: "a" },
    expect: { request: [], response: [] },
  },
  {
    name: "a constant that is null",
    before: { const: null },
    after: { type: "null" },
    expect: { request: [], response: [] },
  },
  {
    name: "values and null get their type",
    before: { enum: ["a", null] },
    after: { type: ["string", "null"], enum: ["a", null] },
    expect: { request: [], response: [] },
  },
  {
    name: "values and null get a type without null",
    before: { enum: ["a", null] },
    after: { type: "string", enum: ["a"] },
    expect: {
      request: ["breaking request-body-became-not-nullable"],
      response: ["safe response-body-became-not-nullable"],
    },
  },
  {
    name: "null alone becomes a text",
    before: { enum: [null] },
    after: text,
    causes: 2,
    expect: {
      request: ["breaking request-body-type-specialized", "safe request-body-became-not-enum"],
      response: ["breaking response-body-became-not-enum", "safe response-body-type-specialized"],
    },
  },
  {
    name: "values of two types get both",
    before: { enum: ["a", 1] },
    after: { type: ["string", "integer"], enum: ["a", 1] },
    expect: { request: [], response: [] },
  },
  {
    name: "whole values among others get the type number",
    before: { enum: [1, "a"] },
    after: { type: ["number", "string"], enum: [1, "a"] },
    expect: { request: [], response: [] },
  },
  {
    name: "values that are not whole get the type integer",
    before: { enum: [1, 2.5] },
    after: { type: "integer", enum: [1] },
    causes: 2,
    expect: {
      request: ["breaking request-body-enum-value-removed", "breaking request-body-list-of-types-narrowed"],
      response: ["safe response-body-enum-value-removed", "safe response-body-list-of-types-narrowed"],
    },
  },
  {
    name: "a constant of integers gets the type number",
    before: { const: 1 },
    after: { type: "number", const: 1 },
    expect: { request: [], response: [] },
  },
];
