import type { SchemaCase } from "./cases.ts";

export const patternsCases: readonly SchemaCase[] = [
  {
    name: "pattern added",
    before: { type: "string" },
    after: { type: "string", pattern: "^[a-z]+$" },
    expect: {
      request: ["breaking request-body-pattern-added"],
      response: ["safe response-body-pattern-added"],
      query: ["breaking request-parameter-pattern-added"],
      header: ["safe response-header-pattern-added"],
    },
  },
  {
    name: "pattern removed",
    before: { type: "string", pattern: "^[a-z]+$" },
    after: { type: "string" },
    expect: { request: ["safe request-body-pattern-removed"], response: ["breaking response-body-pattern-removed"] },
  },
  {
    name: "pattern that matches all says nothing",
    before: { type: "string" },
    after: { type: "string", pattern: "^.*$" },
    expect: { request: [], response: [] },
  },
  {
    name: "pattern a* matches all, unanchored",
    before: { type: "string" },
    after: { type: "string", pattern: "a*" },
    expect: { request: [], response: [] },
  },
  {
    name: "pattern widened",
    before: { type: "string", pattern: "^[a-z]+$" },
    after: { type: "string", pattern: "^[a-zA-Z]+$" },
    expect: {
      request: ["safe request-body-pattern-generalized"],
      response: ["breaking response-body-pattern-generalized"],
    },
  },
  {
    name: "pattern narrowed",
    before: { type: "string", pattern: "^[a-zA-Z]+$" },
    after: { type: "string", pattern: "^[a-z]+$" },
    expect: {
      request: ["breaking request-body-pattern-specialized"],
      response: ["safe response-body-pattern-specialized"],
    },
  },
  {
    name: "pattern respelled",
    before: { type: "string", pattern: "^[0-9]+$" },
    after: { type: "string", pattern: "^\\d+$" },
    expect: { request: [], response: [] },
  },
  {
    name: "pattern respelled with a group",
    before: { type: "string", pattern: "^(a|b)$" },
    after: { type: "string", pattern: "^[ab]$" },
    expect: { request: [], response: [] },
  },
  {
    name: "pattern replaced by another",
    before: { type: "string", pattern: "^[a-z]+$" },
    after: { type: "string", pattern: "^[0-9]+$" },
    expect: {
      request: ["breaking request-body-pattern-changed"],
      response: ["breaking response-body-pattern-changed"],
    },
  },
  {
    name: "pattern loses an anchor",
    before: { type: "string", pattern: "^[a-z]+$" },
    after: { type: "string", pattern: "[a-z]+" },
    expect: {
      request: ["safe request-body-pattern-generalized"],
      response: ["breaking response-body-pattern-generalized"],
    },
  },
  {
    name: "pattern gains an anchor",
    before: { type: "string", pattern: "[a-z]+" },
    after: { type: "string", pattern: "^[a-z]+$" },
    expect: {
      request: ["breaking request-body-pattern-specialized"],
      response: ["safe response-body-pattern-specialized"],
    },
  },
  {
    name: "pattern's own length widened",
    before: { type: "string", pattern: "^[A-Z]{2}$" },
    after: { type: "string", pattern: "^[A-Z]{2,3}$" },
    expect: {
      request: ["safe request-body-pattern-generalized"],
      response: ["breaking response-body-pattern-generalized"],
      query: ["safe request-parameter-pattern-generalized"],
    },
  },
  {
    name: "pattern's own length narrowed",
    before: { type: "string", pattern: "^[A-Z]{2,3}$" },
    after: { type: "string", pattern: "^[A-Z]{2}$" },
    expect: {
      request: ["breaking request-body-pattern-specialized"],
      response: ["safe response-body-pattern-specialized"],
      query: ["breaking request-parameter-pattern-specialized"],
    },
  },
  {
    name: "pattern implied by the enum is added",
    before: { type: "string", enum: ["ab", "cd"] },
    after: { type: "string", enum: ["ab", "cd"], pattern: "^[a-z]+$" },
    expect: { request: [], response: [] },
  },
  {
    name: "pattern with a backreference is replaced",
    before: { type: "string", pattern: "^(a)\\1$" },
    after: { type: "string", pattern: "^(b)\\1$" },
    expect: {
      request: ["breaking request-body-pattern-changed"],
      response: ["breaking response-body-pattern-changed"],
    },
  },
  {
    name: "an invalid pattern is replaced",
    before: { type: "string", pattern: "^[" },
    after: { type: "string", pattern: "^[a" },
    expect: {
      request: ["breaking request-body-pattern-changed"],
      response: ["breaking response-body-pattern-changed"],
    },
  },
  {
    name: "patternProperties pattern narrowed",
    before: { type: "object", patternProperties: { "^x": { type: "string", maxLength: 9 } } },
    after: { type: "object", patternProperties: { "^x": { type: "string", maxLength: 5 } } },
    expect: {
      request: ["breaking request-property-max-length-decreased"],
      response: ["safe response-property-max-length-decreased"],
    },
  },
];
