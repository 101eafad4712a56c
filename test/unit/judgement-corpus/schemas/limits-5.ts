import type { SchemaCase } from "./cases.ts";

const integer = { type: "integer" } as const;
const list = { type: "array" } as const;

export const limitsCases5: readonly SchemaCase[] = [
  {
    name: "exclusive limit of integers becomes a looser minimum",
    before: { type: "integer", exclusiveMinimum: 3 },
    after: { type: "integer", minimum: 1 },
    expect: { request: ["safe request-body-min-decreased"], response: ["breaking response-body-min-decreased"] },
  },
  {
    name: "fractional exclusive limit of integers becomes a minimum",
    before: { type: "integer", exclusiveMinimum: 1.5 },
    after: { type: "integer", minimum: 3 },
    expect: { request: ["breaking request-body-min-increased"], response: ["safe response-body-min-increased"] },
  },
  {
    name: "both limits where one is dropped that says nothing more",
    before: { type: "number", minimum: 1, exclusiveMinimum: 0 },
    after: { type: "number", minimum: 1 },
    expect: { request: [], response: [] },
  },
  {
    name: "both limits where the tighter one is dropped",
    before: { type: "number", minimum: 1, exclusiveMinimum: 2 },
    after: { type: "number", minimum: 1 },
    expect: { request: ["safe request-body-min-decreased"], response: ["breaking response-body-min-decreased"] },
  },
  {
    name: "both limits alike where the exclusive one is dropped",
    before: { type: "number", minimum: 1, exclusiveMinimum: 1 },
    after: { type: "number", minimum: 1 },
    expect: {
      request: ["safe request-body-exclusive-min-unset"],
      response: ["breaking response-body-exclusive-min-unset"],
    },
  },
  {
    name: "both limits where the looser one is dropped at the upper end",
    before: { type: "number", maximum: 5, exclusiveMaximum: 9 },
    after: { type: "number", exclusiveMaximum: 9 },
    expect: {
      request: ["safe request-body-exclusive-max-increased"],
      response: ["breaking response-body-exclusive-max-increased"],
    },
  },
  {
    name: "both limits where the upper exclusive one counts",
    before: { type: "number", maximum: 9, exclusiveMaximum: 5 },
    after: { type: "number", maximum: 5 },
    expect: {
      request: ["safe request-body-exclusive-max-unset"],
      response: ["breaking response-body-exclusive-max-unset"],
    },
  },
  {
    name: "both limits are raised",
    before: { type: "number", minimum: 1, exclusiveMinimum: 2 },
    after: { type: "number", minimum: 3, exclusiveMinimum: 4 },
    expect: {
      request: ["breaking request-body-exclusive-min-increased"],
      response: ["safe response-body-exclusive-min-increased"],
    },
  },
  {
    name: "fewer items have to be contained",
    before: { type: "array", contains: integer, minContains: 2 },
    after: { type: "array", contains: integer },
    expect: {
      request: ["safe request-body-min-contains-decreased"],
      response: ["breaking response-body-min-contains-decreased"],
    },
  },
  {
    name: "more items have to be contained",
    before: { type: "array", contains: integer },
    after: { type: "array", contains: integer, minContains: 2 },
    expect: {
      request: ["breaking request-body-min-contains-increased"],
      response: ["safe response-body-min-contains-increased"],
    },
  },
  {
    name: "fewer items may be contained",
    before: { type: "array", contains: integer },
    after: { type: "array", contains: integer, maxContains: 2 },
    expect: { request: ["breaking request-body-max-contains-set"], response: ["safe response-body-max-contains-set"] },
  },
  {
    name: "items have to be contained, two of them",
    before: list,
    after: { type: "array", contains: integer, minContains: 2, maxContains: 3 },
    expect: { request: ["breaking request-body-contains-added"], response: ["safe response-body-contains-added"] },
  },
  {
    name: "items no longer have to be contained, two of them",
    before: { type: "array", contains: integer, minContains: 2, maxContains: 3 },
    after: list,
    expect: { request: ["safe request-body-contains-removed"], response: ["breaking response-body-contains-removed"] },
  },
  {
    name: "a limit of contained items that nothing contains",
    before: { type: "array", minContains: 2 },
    after: { type: "array", minContains: 3, maxContains: 4 },
    expect: { request: [], response: [] },
  },
];
