import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../shared/spec/model.ts";
import type { JsonObject } from "../../../shared/spec/parse.ts";
import { answering, modelOf } from "./documents.ts";

// One file above the usual length: a list of spellings that must, and of edits that must not, keep a hash.

const pet = {
  type: "object",
  required: ["id", "name"],
  properties: {
    id: { type: "integer" },
    name: { type: "string", maxLength: 50 },
    kind: { type: "string", enum: ["cat", "dog"] },
  },
};
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const node = (next: JsonValue) => ({ type: "object", properties: { value: { type: "string" }, next } });
const both = (self: JsonValue, other: JsonValue) => ({ type: "object", properties: { self, other } });

function rootHash(document: object): string {
  return modelOf(document).rootHash;
}

describe("documents that mean the same have one root hash", () => {
  it.each<[string, object, object]>([
    [
      "reordered keys, enum and required",
      answering(pet),
      answering({
        properties: {
          name: { maxLength: 50, type: "string" },
          kind: { enum: ["dog", "cat"], type: "string" },
          id: { type: "integer" },
        },
        required: ["name", "id"],
        type: "object",
      }),
    ],
    ["a component inlined", answering(ref("Pet"), { Pet: pet }), answering(pet)],
    ["a component renamed", answering(ref("Pet"), { Pet: pet }), answering(ref("Animal"), { Animal: pet })],
    ["a component behind another name", answering(ref("Pet"), { Pet: ref("Animal"), Animal: pet }), answering(pet)],
    ["a component that nobody uses", answering(pet, { Unused: { type: "string" } }), answering(pet)],
    ["an allOf of one", answering({ allOf: [ref("Pet")], description: "the pet" }, { Pet: pet }), answering(pet)],
    ["an anyOf of one", answering({ anyOf: [pet] }), answering(pet)],
    [
      "branches in another order",
      answering({ oneOf: [{ type: "string" }, pet] }),
      answering({ oneOf: [pet, { type: "string" }] }),
    ],
    [
      "nullable in 3.1 spelling",
      answering({ type: "string", nullable: true }),
      answering({ type: ["string", "null"] }, {}, "3.1.0"),
    ],
    [
      "a nullable enum in 3.1 spelling",
      answering({ type: "string", nullable: true, enum: ["a", "b"] }),
      answering({ type: ["null", "string"], enum: ["a", null, "b"] }, {}, "3.1.0"),
    ],
    [
      "a nullable union in 3.1 spelling",
      answering({ nullable: true, anyOf: [pet] }),
      answering({ anyOf: [pet, { type: "null" }] }, {}, "3.1.0"),
    ],
    [
      "a nullable reference in 3.1 spelling",
      answering({ nullable: true, allOf: [ref("P")] }, { P: pet }),
      answering({ anyOf: [ref("P"), { type: "null" }] }, { P: pet }, "3.1.0"),
    ],
    [
      "exclusive bounds in 3.1 spelling",
      answering({ type: "number", minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false }),
      answering({ type: "number", exclusiveMinimum: 1, maximum: 9 }, {}, "3.1.0"),
    ],
    ["a constant as an enum of one", answering({ enum: ["a"] }), answering({ const: "a" }, {}, "3.1.0")],
    [
      "words beside a reference in 3.1",
      answering({ ...ref("P"), description: "x" }, { P: pet }, "3.1.0"),
      answering(ref("P"), { P: pet }, "3.1.0"),
    ],
    [
      "defaults written out",
      answering(pet),
      answering({ ...pet, nullable: false, additionalProperties: true, minProperties: 0, deprecated: false }),
    ],
    ["additionalProperties as an empty schema", answering({ additionalProperties: {} }), answering({})],
    [
      "a recursive component under another name",
      answering(ref("Node"), { Node: node(ref("Node")) }),
      answering(ref("Knot"), { Knot: node(ref("Knot")) }),
    ],
    [
      "a recursive component unrolled once outside",
      answering(ref("Node"), { Node: node(ref("Node")) }),
      answering(node(ref("Node")), { Node: node(ref("Node")) }),
    ],
    [
      "a recursive component unrolled into two",
      answering(ref("A"), { A: node(ref("A")) }),
      answering(ref("A"), { A: node(ref("B")), B: node(ref("A")) }),
    ],
    [
      "a cycle entered elsewhere",
      answering({ properties: { a: ref("A"), b: ref("B") } }, { A: { items: ref("B") }, B: { not: ref("A") } }),
      answering({ properties: { b: ref("B"), a: ref("A") } }, { B: { not: ref("A") }, A: { items: ref("B") } }),
    ],
    [
      "percent-encoded references",
      answering({ $ref: "#/components/schemas/A%20b~1c" }, { "A b/c": pet }),
      answering(pet),
    ],
    [
      "a reference into a component",
      answering({ $ref: "#/components/schemas/P/properties/name" }, { P: pet }),
      answering({ type: "string", maxLength: 50 }),
    ],
    [
      "items that refer to what is no component",
      answering({ type: "array", items: { $ref: "#/components/schemas/P/properties/name" } }, { P: pet }),
      answering({ type: "array", items: { type: "string", maxLength: 50 } }),
    ],
    [
      "additionalProperties by a component that accepts anything",
      answering({ additionalProperties: ref("Any") }, { Any: { description: "any" } }),
      answering({}),
    ],
    [
      "a branch that accepts anything",
      answering({ allOf: [{ oneOf: [pet, { type: "string" }] }, { description: "words" }] }),
      answering({ oneOf: [pet, { type: "string" }] }),
    ],
    [
      "keywords beside an allOf, and in it",
      answering({ allOf: [ref("Name")], minLength: 1, readOnly: true }, { Name: { type: "string", maxLength: 9 } }),
      answering({ type: "string", minLength: 1, maxLength: 9, readOnly: true }),
    ],
    ["branches that repeat a property", answering({ allOf: [ref("P"), pet] }, { P: pet }), answering(pet)],
    [
      "a copy of a cycle that leads into the original",
      answering(both(ref("A"), ref("B")), { A: both(ref("A"), ref("B")), B: { not: ref("A") } }),
      answering(both(ref("A"), ref("B")), {
        A: both(ref("A"), { not: ref("A") }),
        B: { not: both(ref("A"), ref("B")) },
      }),
    ],
    ["$anchor", answering({ $ref: "#pet" }, { P: { $anchor: "pet", ...pet } }, "3.1.0"), answering(pet, {}, "3.1.0")],
    [
      "percent-encoded names of discriminated branches",
      answering(
        { oneOf: [{ $ref: "#/components/schemas/%43at" }], discriminator: { propertyName: "kind" } },
        { Cat: pet },
      ),
      answering({ oneOf: [ref("Cat")], discriminator: { propertyName: "kind" } }, { Cat: pet }),
    ],
    [
      "the implied discriminator values",
      answering({ oneOf: [ref("Cat")], discriminator: { propertyName: "kind" } }, { Cat: pet }),
      answering(
        { oneOf: [ref("Cat")], discriminator: { propertyName: "kind", mapping: { Cat: "#/components/schemas/Cat" } } },
        { Cat: pet },
      ),
    ],
  ])("%s", (_, one, other) => {
    expect(rootHash(one)).toBe(rootHash(other));
  });

  const operation = (members: object, rest: object = {}, pathItem: object = {}) => ({
    openapi: "3.0.0",
    paths: { "/pets/{id}": { ...pathItem, get: { responses: { "200": { description: "ok" } }, ...members } } },
    ...rest,
  });
  const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
  const limit = { name: "limit", in: "query", schema: { type: "integer" } };

  it.each<[string, object, object]>([
    [
      "path-level parameters moved down",
      operation({ parameters: [limit] }, {}, { parameters: [id] }),
      operation({ parameters: [id, limit] }),
    ],
    [
      "a parameter as a component",
      operation({ parameters: [{ $ref: "#/components/parameters/L" }] }, { components: { parameters: { L: limit } } }),
      operation({ parameters: [limit] }),
    ],
    [
      "parameter defaults written out",
      operation({ parameters: [limit] }),
      operation({ parameters: [{ ...limit, required: false, style: "form", explode: true, deprecated: false }] }),
    ],
    [
      "header names in another case",
      operation({ parameters: [{ ...limit, in: "header", name: "X-Limit" }] }),
      operation({ parameters: [{ ...limit, in: "header", name: "x-limit" }] }),
    ],
    [
      "headers that the specification ignores",
      operation({ parameters: [{ ...limit, in: "header", name: "Authorization" }] }),
      operation({}),
    ],
    [
      "security inherited or repeated",
      operation({}, { security: [{ a: [] }, { b: ["y", "x"] }] }),
      operation({ security: [{ b: ["x", "y"] }, { a: [] }] }),
    ],
    [
      "a security scheme renamed",
      operation(
        { security: [{ a: [] }] },
        { components: { securitySchemes: { a: { type: "http", scheme: "Basic" } } } },
      ),
      operation(
        { security: [{ z: [] }] },
        { components: { securitySchemes: { z: { type: "http", scheme: "basic" } } } },
      ),
    ],
    ["the default server written out", operation({}), operation({}, { servers: [{ url: "/" }] })],
    [
      "servers moved down",
      operation({}, { servers: [{ url: "https://a" }] }),
      operation({ servers: [{ url: "https://a/" }] }, { servers: [{ url: "https://a" }] }),
    ],
    [
      "media types in another case",
      operation({ requestBody: { content: { "Application/JSON;Charset=utf-8": {} } } }),
      operation({ requestBody: { content: { "application/json; charset=utf-8": {} } } }),
    ],
    [
      "words",
      operation({ summary: "a", description: "b", "x-internal": 1 }, { info: { title: "x", version: "1" } }),
      operation({ summary: "c", externalDocs: { url: "d" } }, { info: { title: "y", version: "2" } }),
    ],
    ["tags in another order", operation({ tags: ["a", "b"] }), operation({ tags: ["b", "a"] })],
  ])("%s", (_, one, other) => {
    expect(rootHash(one)).toBe(rootHash(other));
  });

  it("Swagger 2.0 and the same API in OpenAPI 3.0", () => {
    const two = {
      swagger: "2.0",
      host: "api.example.com",
      basePath: "/v1",
      schemes: ["https"],
      consumes: ["application/json"],
      produces: ["application/json"],
      securityDefinitions: {
        o: {
          type: "oauth2",
          flow: "accessCode",
          authorizationUrl: "https://a",
          tokenUrl: "https://t",
          scopes: { r: "read" },
        },
      },
      paths: {
        "/pets": {
          parameters: [{ name: "ids", in: "query", type: "array", items: { type: "string" }, collectionFormat: "csv" }],
          get: {
            security: [{ o: ["r"] }],
            responses: {
              200: {
                description: "ok",
                schema: { $ref: "#/definitions/Pet" },
                headers: { "X-Rate": { type: "integer" } },
              },
            },
          },
          post: {
            parameters: [
              { name: "pet", in: "body", required: true, schema: { $ref: "#/definitions/Pet" } },
              { name: "q", in: "query", type: "integer", minimum: 0, exclusiveMinimum: true },
            ],
            responses: { default: { description: "any" } },
          },
        },
        "/photos": {
          post: {
            consumes: ["multipart/form-data"],
            parameters: [
              { name: "file", in: "formData", type: "file", required: true },
              { name: "tags", in: "formData", type: "array", items: { type: "string" }, collectionFormat: "multi" },
            ],
            responses: { 204: { description: "done" } },
          },
          get: { produces: ["image/png"], responses: { 200: { description: "ok", schema: { type: "file" } } } },
        },
      },
      definitions: { Pet: { ...pet, "x-nullable": true } },
    };
    const json = (schema: object) => ({ "application/json": { schema } });
    const ids = { name: "ids", in: "query", schema: { type: "array", items: { type: "string" } }, explode: false };
    const three = {
      openapi: "3.0.0",
      servers: [{ url: "https://api.example.com/v1" }],
      paths: {
        "/pets": {
          get: {
            parameters: [ids],
            security: [{ o: ["r"] }],
            responses: {
              200: {
                description: "ok",
                content: json(ref("Pet")),
                headers: { "X-Rate": { schema: { type: "integer" } } },
              },
            },
          },
          post: {
            parameters: [
              ids,
              { name: "q", in: "query", schema: { type: "integer", minimum: 0, exclusiveMinimum: true } },
            ],
            requestBody: { required: true, content: json(ref("Pet")) },
            responses: { default: { description: "any" } },
          },
        },
        "/photos": {
          post: {
            requestBody: {
              required: true,
              content: {
                "multipart/form-data": {
                  schema: {
                    type: "object",
                    required: ["file"],
                    properties: {
                      file: { type: "string", format: "binary" },
                      tags: { type: "array", items: { type: "string" } },
                    },
                  },
                },
              },
            },
            responses: { 204: { description: "done" } },
          },
          get: {
            responses: {
              200: { description: "ok", content: { "image/png": { schema: { type: "string", format: "binary" } } } },
            },
          },
        },
      },
      components: {
        schemas: { Pet: { ...pet, nullable: true } },
        securitySchemes: {
          o: {
            type: "oauth2",
            flows: {
              authorizationCode: { authorizationUrl: "https://a", tokenUrl: "https://t", scopes: { r: "Read" } },
            },
          },
        },
      },
    };
    expect(rootHash(two)).toBe(rootHash(three));
  });
});

describe("an allOf of objects", () => {
  const extra = { properties: { c: { type: "string" } }, required: ["id"] };
  const flat = { ...pet, required: ["id", "name", "c"], properties: { ...pet.properties, c: { type: "string" } } };
  const nested = { allOf: [{ allOf: [ref("P")] }, extra], required: ["c"] };

  it("is the same as one object with all their properties", () => {
    expect(rootHash(answering(nested, { P: pet }))).toBe(rootHash(answering(flat)));
  });

  it.each<[string, object]>([
    ["a branch is closed", { ...extra, additionalProperties: false }],
    ["a property has two schemas", { properties: { id: { type: "string" } } }],
    ["a branch accepts null", { ...extra, type: ["object", "null"] }],
    ["a branch has a default", { ...extra, default: {} }],
    ["two branches list values", { ...extra, allOf: [{ enum: [1, 2] }, { enum: [2, 3] }], enum: [1, 2, 3] }],
  ])("is not when %s", (_, branch) => {
    const written = { allOf: [ref("P"), branch] };
    const merged = { ...pet, ...branch, properties: { ...pet.properties, c: { type: "string" } } };
    expect(rootHash(answering(JSON.parse(JSON.stringify(written)), { P: pet }, "3.1.0"))).not.toBe(
      rootHash(answering(merged, {}, "3.1.0")),
    );
  });

  it("may contain itself, and fan out endlessly", () => {
    const components: JsonObject = { Self: { allOf: [ref("Self"), extra] } };
    for (let i = 0; i < 60; i++) components[`F${i}`] = { allOf: [ref(`F${i + 1}`), ref(`F${i + 1}`)] };
    components.F60 = pet;
    const model = modelOf(answering({ anyOf: [ref("Self"), ref("F0")] }, components));
    expect(model.warnings).toEqual([]);
  });
});

describe("documents that mean something else have another root hash", () => {
  const base = { type: "object", required: ["a"], properties: { a: { type: "string" }, b: { type: "integer" } } };
  const changes: [string, JsonValue][] = [
    ["a property removed", { ...base, properties: { a: { type: "string" } } }],
    ["a property renamed", { ...base, properties: { a: { type: "string" }, c: { type: "integer" } } }],
    ["types exchanged", { ...base, properties: { a: { type: "integer" }, b: { type: "string" } } }],
    ["required changed", { ...base, required: ["b"] }],
    ["additionalProperties false", { ...base, additionalProperties: false }],
    ["a property deprecated", { ...base, properties: { ...base.properties, a: { type: "string", deprecated: true } } }],
    ["a default", { ...base, properties: { ...base.properties, a: { type: "string", default: null } } }],
    ["an empty property", { ...base, properties: { ...base.properties, c: {} } }],
    ["wrapped in a list", { type: "array", items: base }],
    ["not", { not: base }],
    ["allOf with more", { allOf: [base, { required: ["b"] }] }],
    ["oneOf twice", { oneOf: [base, base] }],
    ["anyOf twice", { anyOf: [base, base] }],
    ["dangling", { $ref: "#/components/schemas/Nothing" }],
    ["an extensible enum", { ...base, "x-extensible-enum": ["a"] }],
    ["pattern", { ...base, propertyNames: { pattern: "a" } }],
    ["another pattern", { ...base, propertyNames: { pattern: "\u8000" } }],
    ["prefix items", { prefixItems: [{ type: "string" }, { type: "integer" }] }],
    ["prefix items in another order", { prefixItems: [{ type: "integer" }, { type: "string" }] }],
    ["an enum of text", { enum: ["1"] }],
    ["an enum of a number", { enum: [1] }],
    ["an enum of a fraction", { enum: [1.5] }],
    ["an enum of a list", { enum: [["1"]] }],
    ["an enum of an object", { enum: [{ a: "1" }] }],
    ["an enum of another object", { enum: [{ a: "1", b: null }] }],
  ];

  it("for each of many schemas", () => {
    const hashes = [["as it was", base] as const, ...changes].map(([, schema]) =>
      rootHash(answering(schema, {}, "3.1.0")),
    );
    expect(new Set(hashes).size).toBe(changes.length + 1);
  });

  it("tells cycles apart that look alike from every node for a few steps", () => {
    const label = (title: string, next: JsonValue) => ({ format: title, items: next });
    const two = { A: label("a", ref("B")), B: label("b", ref("A")) };
    const three = { A: label("a", ref("B")), B: label("b", ref("C")), C: label("c", ref("A")) };
    const self = { A: label("a", ref("A")) };
    const hashes = [two, three, self].map((components) => rootHash(answering(ref("A"), components)));
    expect(new Set(hashes).size).toBe(3);
  });

  it("sees one odd schema in a long ring of equal ones, and how long the ring is", () => {
    const ring = (length: number, odd: number) => {
      const components: JsonObject = {};
      for (let i = 0; i < length; i++) components[`R${i}`] = { items: ref(`R${(i + 1) % length}`) };
      if (odd >= 0) components[`R${odd}`] = { maxItems: 5, items: ref(`R${(odd + 1) % length}`) };
      return rootHash(answering(ref("R0"), components));
    };
    expect(ring(300, -1)).toBe(ring(1, -1));
    expect(new Set([ring(300, -1), ring(300, 0), ring(300, 1), ring(301, 0)]).size).toBe(4);
  });

  it("counts operation ids, tags, deprecation, sunset and servers", () => {
    const operation = (members: object) =>
      rootHash({ openapi: "3.0.0", paths: { "/a": { get: { responses: {}, ...members } } } });
    const hashes = [
      {},
      { operationId: "a" },
      { tags: ["a"] },
      { deprecated: true },
      { "x-sunset": "2030-01-01" },
      { "x-stability-level": "beta" },
      { servers: [{ url: "/b" }] },
      { security: [{}] },
    ].map(operation);
    expect(new Set(hashes).size).toBe(8);
  });
});

describe("annotations", () => {
  it("have a hash apart from the meaning, at every level above them", () => {
    const [before, after] = ["a", "b"].map((description) =>
      modelOf(answering({ properties: { x: { type: "string", description } } })),
    );
    const hashes = (model: typeof before) =>
      [model, model?.operations[0], model?.operations[0]?.responses[0]].map((node) => node?.annotationsHash);
    expect(after?.rootHash).toBe(before?.rootHash);
    hashes(before).forEach((hash, index) => {
      expect(hashes(after)[index]).not.toBe(hash);
    });
  });

  it("are empty where nothing is said", () => {
    const model = modelOf({
      openapi: "3.0.0",
      paths: { "/a": { get: { responses: { 200: { content: { "a/b": { schema: { type: "string" } } } } } } } },
    });
    expect([model.annotationsHash, model.operations[0]?.annotationsHash, model.schemas[0]?.annotationsHash]).toEqual([
      "",
      "",
      "",
    ]);
  });
});

describe("an operation's shape", () => {
  it("stays equal when the operation moves and is renamed", () => {
    const at = (path: string, method: string, operationId: string) =>
      modelOf({
        openapi: "3.0.0",
        paths: { [path]: { [method]: { operationId, responses: { 200: { description: "ok" } } } } },
      }).operations[0]?.shapeHash;
    expect(at("/a", "get", "x")).toBe(at("/b/c", "post", "y"));
  });
});
