import type { SchemaCase } from "./cases.ts";

export const limitsCases4: readonly SchemaCase[] = [
  {
    name: "minimum set beside int32",
    before: { type: "integer", format: "int32" },
    after: { type: "integer", format: "int32", minimum: 0 },
    expect: { request: ["breaking request-body-min-increased"], response: ["safe response-body-min-increased"] },
  },
  {
    name: "minimum unset beside int32",
    before: { type: "integer", format: "int32", minimum: 0 },
    after: { type: "integer", format: "int32" },
    expect: { request: ["safe request-body-min-decreased"], response: ["breaking response-body-min-decreased"] },
  },
  {
    name: "maximum set beside int32",
    before: { type: "integer", format: "int32" },
    after: { type: "integer", format: "int32", maximum: 9 },
    expect: { request: ["breaking request-body-max-decreased"], response: ["safe response-body-max-decreased"] },
  },
  {
    name: "maximum unset beside int32",
    before: { type: "integer", format: "int32", maximum: 9 },
    after: { type: "integer", format: "int32" },
    expect: { request: ["safe request-body-max-increased"], response: ["breaking response-body-max-increased"] },
  },
  {
    name: "exclusiveMaximum set beside int32",
    before: { type: "integer", format: "int32" },
    after: { type: "integer", format: "int32", exclusiveMaximum: 9 },
    expect: {
      request: ["breaking request-body-exclusive-max-set"],
      response: ["safe response-body-exclusive-max-set"],
    },
  },
  {
    name: "minimum becomes the same exclusive limit of integers",
    before: { type: "integer", minimum: 1 },
    after: { type: "integer", exclusiveMinimum: 0 },
    expect: { request: [], response: [] },
  },
  {
    name: "exclusive limit becomes the same maximum of integers",
    before: { type: "integer", exclusiveMaximum: 10 },
    after: { type: "integer", maximum: 9 },
    expect: { request: [], response: [] },
  },
  {
    name: "exclusive limit of integers or null becomes a minimum",
    before: { type: ["integer", "null"], exclusiveMinimum: 0 },
    after: { type: ["integer", "null"], minimum: 1 },
    expect: { request: [], response: [] },
  },
  {
    name: "minimum becomes exclusive",
    before: { type: "number", minimum: 1 },
    after: { type: "number", exclusiveMinimum: 1 },
    expect: {
      request: ["breaking request-body-exclusive-min-set"],
      response: ["safe response-body-exclusive-min-set"],
    },
  },
  {
    name: "minimum is no longer exclusive",
    before: { type: "number", exclusiveMinimum: 1 },
    after: { type: "number", minimum: 1 },
    expect: {
      request: ["safe request-body-exclusive-min-unset"],
      response: ["breaking response-body-exclusive-min-unset"],
    },
  },
  {
    name: "maximum becomes exclusive",
    before: { type: "number", maximum: 1 },
    after: { type: "number", exclusiveMaximum: 1 },
    expect: {
      request: ["breaking request-body-exclusive-max-set"],
      response: ["safe response-body-exclusive-max-set"],
    },
  },
  {
    name: "maximum is no longer exclusive",
    before: { type: "number", exclusiveMaximum: 1 },
    after: { type: "number", maximum: 1 },
    expect: {
      request: ["safe request-body-exclusive-max-unset"],
      response: ["breaking response-body-exclusive-max-unset"],
    },
  },
  {
    name: "minimum becomes an exclusive limit that is tighter",
    before: { type: "number", minimum: 1 },
    after: { type: "number", exclusiveMinimum: 3 },
    expect: {
      request: ["breaking request-body-exclusive-min-increased"],
      response: ["safe response-body-exclusive-min-increased"],
    },
  },
  {
    name: "exclusive limit becomes a minimum that is looser",
    before: { type: "number", exclusiveMinimum: 3 },
    after: { type: "number", minimum: 1 },
    expect: { request: ["safe request-body-min-decreased"], response: ["breaking response-body-min-decreased"] },
  },
  {
    name: "exclusive limit becomes a maximum that is tighter",
    before: { type: "number", exclusiveMaximum: 5 },
    after: { type: "number", maximum: 3 },
    expect: { request: ["breaking request-body-max-decreased"], response: ["safe response-body-max-decreased"] },
  },
];
