import type { SchemaCase } from "./cases.ts";

export const formatsCases: readonly SchemaCase[] = [
  {
    name: "int32 to int64",
    before: { type: "integer", format: "int32" },
    after: { type: "integer", format: "int64" },
    expect: {
      request: ["safe request-body-type-generalized"],
      response: ["breaking response-body-type-generalized"],
      query: ["safe request-parameter-type-generalized"],
      header: ["breaking response-header-type-generalized"],
    },
  },
  {
    name: "int64 to int32",
    before: { type: "integer", format: "int64" },
    after: { type: "integer", format: "int32" },
    expect: {
      request: ["breaking request-body-type-specialized"],
      response: ["safe response-body-type-specialized"],
      query: ["breaking request-parameter-type-specialized"],
    },
  },
  {
    name: "int32 removed",
    before: { type: "integer", format: "int32" },
    after: { type: "integer" },
    expect: { request: ["safe request-body-type-generalized"], response: ["breaking response-body-type-generalized"] },
  },
  {
    name: "int32 added",
    before: { type: "integer" },
    after: { type: "integer", format: "int32" },
    expect: { request: ["breaking request-body-type-specialized"], response: ["safe response-body-type-specialized"] },
  },
  {
    name: "int64 added",
    before: { type: "integer" },
    after: { type: "integer", format: "int64" },
    expect: { request: ["safe request-body-type-compatible"], response: ["safe response-body-type-compatible"] },
  },
  {
    name: "float to double",
    before: { type: "number", format: "float" },
    after: { type: "number", format: "double" },
    expect: { request: ["safe request-body-type-generalized"], response: ["breaking response-body-type-generalized"] },
  },
  {
    name: "double to float",
    before: { type: "number", format: "double" },
    after: { type: "number", format: "float" },
    expect: { request: ["breaking request-body-type-specialized"], response: ["safe response-body-type-specialized"] },
  },
  {
    name: "date to date-time",
    before: { type: "string", format: "date" },
    after: { type: "string", format: "date-time" },
    expect: {
      request: ["breaking request-body-type-changed"],
      response: ["breaking response-body-type-changed"],
      query: ["breaking request-parameter-type-changed"],
      header: ["breaking response-header-type-changed"],
    },
  },
  {
    name: "date-time to date",
    before: { type: "string", format: "date-time" },
    after: { type: "string", format: "date" },
    expect: { request: ["breaking request-body-type-changed"], response: ["breaking response-body-type-changed"] },
  },
  {
    name: "uuid removed",
    before: { type: "string", format: "uuid" },
    after: { type: "string" },
    expect: {
      request: ["safe request-body-type-generalized"],
      response: ["breaking response-body-type-generalized"],
      query: ["safe request-parameter-type-generalized"],
      header: ["breaking response-header-type-generalized"],
    },
  },
  {
    name: "uuid added",
    before: { type: "string" },
    after: { type: "string", format: "uuid" },
    expect: {
      request: ["breaking request-body-type-specialized"],
      response: ["safe response-body-type-specialized"],
      query: ["breaking request-parameter-type-specialized"],
    },
  },
  {
    name: "email to idn-email",
    before: { type: "string", format: "email" },
    after: { type: "string", format: "idn-email" },
    expect: { request: ["safe request-body-type-generalized"], response: ["breaking response-body-type-generalized"] },
  },
  {
    name: "uri to uri-reference",
    before: { type: "string", format: "uri" },
    after: { type: "string", format: "uri-reference" },
    expect: { request: ["safe request-body-type-generalized"], response: ["breaking response-body-type-generalized"] },
  },
  {
    name: "uri-reference to uri",
    before: { type: "string", format: "uri-reference" },
    after: { type: "string", format: "uri" },
    expect: { request: ["breaking request-body-type-specialized"], response: ["safe response-body-type-specialized"] },
  },
  {
    name: "ipv4 to ipv6",
    before: { type: "string", format: "ipv4" },
    after: { type: "string", format: "ipv6" },
    expect: { request: ["breaking request-body-type-changed"], response: ["breaking response-body-type-changed"] },
  },
  {
    name: "byte to binary",
    before: { type: "string", format: "byte" },
    after: { type: "string", format: "binary" },
    openapi: "3.0.3",
    expect: { request: ["breaking request-body-type-changed"], response: ["breaking response-body-type-changed"] },
  },
  {
    name: "password is a hint",
    before: { type: "string" },
    after: { type: "string", format: "password" },
    expect: { request: ["safe request-body-type-compatible"], response: ["safe response-body-type-compatible"] },
  },
  {
    name: "an own format is a hint",
    before: { type: "string", format: "pet-name" },
    after: { type: "string" },
    expect: { request: ["safe request-body-type-compatible"], response: ["safe response-body-type-compatible"] },
  },
  {
    name: "date-time added",
    before: { type: "string" },
    after: { type: "string", format: "date-time" },
    expect: { request: ["breaking request-body-type-specialized"], response: ["safe response-body-type-specialized"] },
  },
  {
    name: "number to integer with int64",
    before: { type: "number" },
    after: { type: "integer", format: "int64" },
    expect: { request: ["breaking request-body-type-specialized"], response: ["safe response-body-type-specialized"] },
  },
  {
    name: "an empty format says nothing",
    before: { type: "string", format: "" },
    after: { type: "string" },
    expect: { request: [], response: [] },
  },
  {
    name: "format inside items",
    before: { type: "array", items: { type: "string", format: "date" } },
    after: { type: "array", items: { type: "string", format: "date-time" } },
    expect: {
      request: ["breaking request-property-type-changed"],
      response: ["breaking response-property-type-changed"],
      query: ["breaking request-parameter-property-type-changed"],
    },
  },
  {
    name: "contentEncoding added",
    before: { type: "string" },
    after: { type: "string", contentEncoding: "base64" },
    expect: {
      request: ["breaking request-body-content-encoding-changed"],
      response: ["breaking response-body-content-encoding-changed"],
    },
  },
  {
    name: "contentEncoding changed",
    before: { type: "string", contentEncoding: "base64" },
    after: { type: "string", contentEncoding: "base64url" },
    expect: {
      request: ["breaking request-body-content-encoding-changed"],
      response: ["breaking response-body-content-encoding-changed"],
    },
  },
  {
    name: "contentMediaType changed",
    before: { type: "string", contentMediaType: "image/png" },
    after: { type: "string", contentMediaType: "image/jpeg" },
    expect: {
      request: ["breaking request-body-content-media-type-changed"],
      response: ["breaking response-body-content-media-type-changed"],
    },
  },
  {
    name: "contentSchema added",
    before: { type: "string", contentMediaType: "application/json" },
    after: {
      type: "string",
      contentMediaType: "application/json",
      contentSchema: { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
    },
    expect: {
      request: ["breaking request-body-content-schema-added"],
      response: ["safe response-body-content-schema-added"],
    },
  },
  {
    name: "contentSchema narrowed inside",
    before: {
      type: "string",
      contentMediaType: "application/json",
      contentSchema: { type: "object", properties: { a: { type: "number" } } },
    },
    after: {
      type: "string",
      contentMediaType: "application/json",
      contentSchema: { type: "object", properties: { a: { type: "integer" } } },
    },
    expect: {
      request: ["breaking request-property-type-specialized"],
      response: ["safe response-property-type-specialized"],
    },
  },
];
