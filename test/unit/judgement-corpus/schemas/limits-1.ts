import type { SchemaCase } from "./cases.ts";

export const limitsCases1: readonly SchemaCase[] = [
  {
    name: "minimum raised",
    before: { type: "integer", minimum: 1 },
    after: { type: "integer", minimum: 5 },
    expect: {
      request: ["breaking request-body-min-increased"],
      response: ["safe response-body-min-increased"],
      query: ["breaking request-parameter-min-increased"],
      header: ["safe response-header-min-increased"],
    },
  },
  {
    name: "minimum lowered",
    before: { type: "integer", minimum: 5 },
    after: { type: "integer", minimum: 1 },
    expect: {
      request: ["safe request-body-min-decreased"],
      response: ["breaking response-body-min-decreased"],
      query: ["safe request-parameter-min-decreased"],
      header: ["breaking response-header-min-decreased"],
    },
  },
  {
    name: "minimum set",
    before: { type: "integer" },
    after: { type: "integer", minimum: 1 },
    expect: {
      request: ["breaking request-body-min-set"],
      response: ["safe response-body-min-set"],
      query: ["breaking request-parameter-min-set"],
    },
  },
  {
    name: "minimum unset",
    before: { type: "integer", minimum: 1 },
    after: { type: "integer" },
    expect: { request: ["safe request-body-min-unset"], response: ["breaking response-body-min-unset"] },
  },
  {
    name: "maximum lowered",
    before: { type: "integer", maximum: 100 },
    after: { type: "integer", maximum: 50 },
    expect: {
      request: ["breaking request-body-max-decreased"],
      response: ["safe response-body-max-decreased"],
      query: ["breaking request-parameter-max-decreased"],
    },
  },
  {
    name: "maximum raised",
    before: { type: "integer", maximum: 50 },
    after: { type: "integer", maximum: 100 },
    expect: { request: ["safe request-body-max-increased"], response: ["breaking response-body-max-increased"] },
  },
  {
    name: "maximum set",
    before: { type: "number" },
    after: { type: "number", maximum: 100 },
    expect: { request: ["breaking request-body-max-set"], response: ["safe response-body-max-set"] },
  },
  {
    name: "maximum unset",
    before: { type: "number", maximum: 100 },
    after: { type: "number" },
    expect: {
      request: ["safe request-body-max-unset"],
      response: ["breaking response-body-max-unset"],
      header: ["breaking response-header-max-unset"],
    },
  },
  {
    name: "minimum 1 is exclusiveMinimum 0 for integers",
    before: { type: "integer", minimum: 1 },
    after: { type: "integer", exclusiveMinimum: 0 },
    expect: { request: [], response: [] },
  },
  {
    name: "maximum 9 is exclusiveMaximum 10 for integers",
    before: { type: "integer", exclusiveMaximum: 10 },
    after: { type: "integer", maximum: 9 },
    expect: { request: [], response: [] },
  },
  {
    name: "minimum 0 to exclusiveMinimum 0",
    before: { type: "number", minimum: 0 },
    after: { type: "number", exclusiveMinimum: 0 },
    expect: {
      request: ["breaking request-body-exclusive-min-set"],
      response: ["safe response-body-exclusive-min-set"],
    },
  },
  {
    name: "exclusiveMinimum 0 to minimum 0",
    before: { type: "number", exclusiveMinimum: 0 },
    after: { type: "number", minimum: 0 },
    expect: {
      request: ["safe request-body-exclusive-min-unset"],
      response: ["breaking response-body-exclusive-min-unset"],
    },
  },
  {
    name: "exclusiveMaximum true added in 3.0",
    before: { type: "number", maximum: 10 },
    after: { type: "number", maximum: 10, exclusiveMaximum: true },
    openapi: "3.0.3",
    expect: {
      request: ["breaking request-body-exclusive-max-set"],
      response: ["safe response-body-exclusive-max-set"],
    },
  },
  {
    name: "exclusiveMaximum false says nothing in 3.0",
    before: { type: "number", maximum: 10 },
    after: { type: "number", maximum: 10, exclusiveMaximum: false },
    openapi: "3.0.3",
    expect: { request: [], response: [] },
  },
  {
    name: "exclusiveMinimum without minimum says nothing in 3.0",
    before: { type: "number" },
    after: { type: "number", exclusiveMinimum: true },
    openapi: "3.0.3",
    expect: { request: [], response: [] },
  },
  {
    name: "minimum 0.5 is minimum 1 for integers",
    before: { type: "integer", minimum: 0.5 },
    after: { type: "integer", minimum: 1 },
    expect: { request: [], response: [] },
  },
  {
    name: "a looser exclusive limit beside the inclusive says nothing",
    before: { type: "number", minimum: 5 },
    after: { type: "number", minimum: 5, exclusiveMinimum: 3 },
    expect: { request: [], response: [] },
  },
  {
    name: "minLength 0 says nothing",
    before: { type: "string" },
    after: { type: "string", minLength: 0 },
    expect: { request: [], response: [] },
  },
  {
    name: "minLength 1 set",
    before: { type: "string" },
    after: { type: "string", minLength: 1 },
    expect: {
      request: ["breaking request-body-min-length-set"],
      response: ["safe response-body-min-length-set"],
      query: ["breaking request-parameter-min-length-set"],
    },
  },
  {
    name: "minLength unset",
    before: { type: "string", minLength: 1 },
    after: { type: "string" },
    expect: { request: ["safe request-body-min-length-unset"], response: ["breaking response-body-min-length-unset"] },
  },
  {
    name: "minLength raised",
    before: { type: "string", minLength: 1 },
    after: { type: "string", minLength: 3 },
    expect: {
      request: ["breaking request-body-min-length-increased"],
      response: ["safe response-body-min-length-increased"],
    },
  },
  {
    name: "maxLength set",
    before: { type: "string" },
    after: { type: "string", maxLength: 50 },
    expect: { request: ["breaking request-body-max-length-set"], response: ["safe response-body-max-length-set"] },
  },
  {
    name: "maxLength unset",
    before: { type: "string", maxLength: 50 },
    after: { type: "string" },
    expect: { request: ["safe request-body-max-length-unset"], response: ["breaking response-body-max-length-unset"] },
  },
  {
    name: "maxLength lowered",
    before: { type: "string", maxLength: 50 },
    after: { type: "string", maxLength: 20 },
    expect: {
      request: ["breaking request-body-max-length-decreased"],
      response: ["safe response-body-max-length-decreased"],
      query: ["breaking request-parameter-max-length-decreased"],
      header: ["safe response-header-max-length-decreased"],
    },
  },
  {
    name: "maxLength raised",
    before: { type: "string", maxLength: 20 },
    after: { type: "string", maxLength: 50 },
    expect: {
      request: ["safe request-body-max-length-increased"],
      response: ["breaking response-body-max-length-increased"],
      header: ["breaking response-header-max-length-increased"],
    },
  },
  {
    name: "maxItems set",
    before: { type: "array", items: { type: "string" } },
    after: { type: "array", items: { type: "string" }, maxItems: 10 },
    expect: {
      request: ["breaking request-body-max-items-set"],
      response: ["safe response-body-max-items-set"],
      query: ["breaking request-parameter-max-items-set"],
    },
  },
];
