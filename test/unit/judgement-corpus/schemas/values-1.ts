import type { SchemaCase } from "./cases.ts";

export const valuesCases1: readonly SchemaCase[] = [
  {
    name: "value added",
    before: { type: "string", enum: ["a", "b"] },
    after: { type: "string", enum: ["a", "b", "c"] },
    expect: {
      request: ["safe request-body-enum-value-added"],
      response: ["breaking response-body-enum-value-added"],
      query: ["safe request-parameter-enum-value-added"],
      header: ["breaking response-header-enum-value-added"],
      webhook: ["breaking response-body-enum-value-added"],
      callback: ["breaking response-body-enum-value-added"],
    },
  },
  {
    name: "value removed",
    before: { type: "string", enum: ["a", "b", "c"] },
    after: { type: "string", enum: ["a", "b"] },
    expect: {
      request: ["breaking request-body-enum-value-removed"],
      response: ["safe response-body-enum-value-removed"],
      query: ["breaking request-parameter-enum-value-removed"],
      header: ["safe response-header-enum-value-removed"],
      webhook: ["safe response-body-enum-value-removed"],
      callback: ["safe response-body-enum-value-removed"],
    },
  },
  {
    name: "value replaced",
    before: { type: "string", enum: ["a", "b"] },
    after: { type: "string", enum: ["a", "c"] },
    expect: {
      request: ["breaking request-body-enum-value-removed", "safe request-body-enum-value-added"],
      response: ["breaking response-body-enum-value-added", "safe response-body-enum-value-removed"],
    },
  },
  {
    name: "order of the values says nothing",
    before: { type: "string", enum: ["a", "b"] },
    after: { type: "string", enum: ["b", "a"] },
    expect: { request: [], response: [] },
  },
  {
    name: "a value listed twice says nothing",
    before: { type: "string", enum: ["a", "b", "b"] },
    after: { type: "string", enum: ["a", "b"] },
    expect: { request: [], response: [] },
  },
  {
    name: "a list comes",
    before: { type: "string" },
    after: { type: "string", enum: ["a", "b"] },
    expect: {
      request: ["breaking request-body-became-enum"],
      response: ["safe response-body-became-enum"],
      query: ["breaking request-parameter-became-enum"],
      header: ["safe response-header-became-enum"],
    },
  },
  {
    name: "a list goes",
    before: { type: "string", enum: ["a", "b"] },
    after: { type: "string" },
    expect: {
      request: ["safe request-body-became-not-enum"],
      response: ["breaking response-body-became-not-enum"],
      query: ["safe request-parameter-became-not-enum"],
      header: ["breaking response-header-became-not-enum"],
    },
  },
  {
    name: "an enum of one is a const",
    before: { type: "string", enum: ["a"] },
    after: { type: "string", const: "a" },
    expect: { request: [], response: [] },
  },
  {
    name: "const changed",
    before: { type: "string", const: "a" },
    after: { type: "string", const: "b" },
    expect: { request: ["breaking request-body-const-changed"], response: ["breaking response-body-const-changed"] },
  },
  {
    name: "const added",
    before: { type: "string" },
    after: { type: "string", const: "a" },
    expect: { request: ["breaking request-body-const-added"], response: ["safe response-body-const-added"] },
  },
  {
    name: "const removed",
    before: { type: "string", const: "a" },
    after: { type: "string" },
    expect: { request: ["safe request-body-const-removed"], response: ["breaking response-body-const-removed"] },
  },
  {
    name: "const widened to an enum",
    before: { type: "string", const: "a" },
    after: { type: "string", enum: ["a", "b"] },
    expect: { request: ["safe request-body-enum-value-added"], response: ["breaking response-body-enum-value-added"] },
  },
  {
    name: "enum narrowed to a const",
    before: { type: "string", enum: ["a", "b"] },
    after: { type: "string", const: "a" },
    expect: {
      request: ["breaking request-body-enum-value-removed"],
      response: ["safe response-body-enum-value-removed"],
    },
  },
  {
    name: "enum to oneOf of consts",
    before: { type: "string", enum: ["a", "b"] },
    after: {
      oneOf: [
        { type: "string", const: "a" },
        { type: "string", const: "b" },
      ],
    },
    expect: { request: [], response: [] },
  },
  {
    name: "oneOf of consts gains one",
    before: { oneOf: [{ const: "a" }, { const: "b" }] },
    after: { oneOf: [{ const: "a" }, { const: "b" }, { const: "c" }] },
    expect: { request: ["safe request-body-enum-value-added"], response: ["breaking response-body-enum-value-added"] },
  },
  {
    name: "oneOf of consts loses one",
    before: { oneOf: [{ const: "a" }, { const: "b" }, { const: "c" }] },
    after: { oneOf: [{ const: "a" }, { const: "b" }] },
    expect: {
      request: ["breaking request-body-enum-value-removed"],
      response: ["safe response-body-enum-value-removed"],
    },
  },
  {
    name: "enum becomes open by anyOf with a free string",
    before: { type: "string", enum: ["a", "b"] },
    after: { anyOf: [{ type: "string", enum: ["a", "b"] }, { type: "string" }] },
    expect: { request: ["safe request-body-became-not-enum"], response: ["breaking response-body-became-not-enum"] },
  },
  {
    name: "an open enum gains a known value",
    before: { anyOf: [{ type: "string", enum: ["a", "b"] }, { type: "string" }] },
    after: { anyOf: [{ type: "string", enum: ["a", "b", "c"] }, { type: "string" }] },
    expect: { request: [], response: [] },
  },
  {
    name: "an open enum loses a known value",
    before: { anyOf: [{ type: "string", enum: ["a", "b"] }, { type: "string" }] },
    after: { anyOf: [{ type: "string", enum: ["a"] }, { type: "string" }] },
    expect: { request: [], response: [] },
  },
  {
    name: "an open enum becomes closed",
    before: { anyOf: [{ type: "string", enum: ["a", "b"] }, { type: "string" }] },
    after: { type: "string", enum: ["a", "b"] },
    expect: { request: ["breaking request-body-became-enum"], response: ["safe response-body-became-enum"] },
  },
  {
    name: "an open enum is a string",
    before: { anyOf: [{ type: "string", enum: ["a", "b"] }, { type: "string" }] },
    after: { type: "string" },
    expect: { request: [], response: [] },
  },
  {
    name: "x-extensible-enum gains a value",
    before: { type: "string", "x-extensible-enum": ["a", "b"] },
    after: { type: "string", "x-extensible-enum": ["a", "b", "c"] },
    expect: {
      request: ["safe request-body-x-extensible-enum-value-added"],
      response: ["safe response-body-x-extensible-enum-value-added"],
    },
  },
  {
    name: "x-extensible-enum loses a value",
    before: { type: "string", "x-extensible-enum": ["a", "b"] },
    after: { type: "string", "x-extensible-enum": ["a"] },
    expect: {
      request: ["breaking request-body-x-extensible-enum-value-removed"],
      response: ["safe response-body-x-extensible-enum-value-removed"],
    },
  },
  {
    name: "x-extensible-enum comes",
    before: { type: "string" },
    after: { type: "string", "x-extensible-enum": ["a", "b"] },
    expect: {
      request: ["breaking request-body-x-extensible-enum-added"],
      response: ["safe response-body-x-extensible-enum-added"],
    },
  },
  {
    name: "x-extensible-enum goes",
    before: { type: "string", "x-extensible-enum": ["a", "b"] },
    after: { type: "string" },
    expect: {
      request: ["safe request-body-x-extensible-enum-removed"],
      response: ["safe response-body-x-extensible-enum-removed"],
    },
  },
  {
    name: "enum becomes x-extensible-enum",
    before: { type: "string", enum: ["a", "b"] },
    after: { type: "string", "x-extensible-enum": ["a", "b"] },
    expect: { request: ["safe request-body-became-not-enum"], response: ["breaking response-body-became-not-enum"] },
  },
];
