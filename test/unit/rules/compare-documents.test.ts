import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../shared/spec/json-object.ts";
import { richDocument, richSwagger } from "./rich-documents.ts";
import { editsPerDocument, expectSameOfEdits, expectSameOfSlices, parse } from "./slices.ts";

describe("comparing two documents", () => {
  const pet = { type: "object", properties: { name: { type: "string" }, age: { type: "integer" } } };
  const toPet = { $ref: "#/components/schemas/Pet" };
  const answering = (path: string, schema: JsonObject): JsonObject => ({
    openapi: "3.1.0",
    info: { title: "Pets", version: "1" },
    paths: { [path]: { get: { responses: { "200": { content: { "application/json": { schema } } } } } } },
    components: { schemas: { Pet: pet } },
  });
  const alternatives = (...oneOf: JsonObject[]) => answering("/pets", { oneOf });
  const plain = [{ type: "string" }, { type: "integer" }];
  const calling = (path: string, operation: JsonObject): JsonObject => ({
    openapi: "3.1.0",
    info: { title: "Pets", version: "1" },
    paths: { [path]: { post: { responses: { "204": { description: "Done" } }, ...operation } } },
    components: {
      schemas: { Pet: pet, House: { type: "object", properties: { pets: { type: "array", items: toPet } } } },
    },
  });
  const toHouse = { $ref: "#/components/schemas/House" };
  const taking = (...parameters: JsonObject[]) => calling("/pets", { parameters });
  const headed = (headers: JsonObject) => calling("/pets", { responses: { "204": { description: "Done", headers } } });
  const query = (name: string, schema: JsonObject): JsonObject => ({ name, in: "query", schema });
  const body = (schema: JsonObject): JsonObject => ({ content: { "application/json": { schema } } });
  const moved = (path: string, schema: JsonObject, more: JsonObject = {}) =>
    calling(path, {
      parameters: [query("filter", schema)],
      requestBody: body(schema),
      security: [{ key: ["read"] }],
      ...more,
    });
  const hard: [string, before: JsonObject, after: JsonObject][] = [
    [
      "names an alternative by what is unread in it",
      alternatives(...plain),
      alternatives(...plain, { type: "object", properties: { pet: toPet } }),
    ],
    ["knows a parameter that has another name", taking(query("a", toPet)), taking(query("b", toPet))],
    ["knows a parameter that has another name and is written out", taking(query("a", toPet)), taking(query("b", pet))],
    [
      "tells two parameters that came from two that went",
      taking(query("a", toPet), query("b", toHouse)),
      taking(query("c", toHouse), query("d", toPet)),
    ],
    [
      "knows a parameter by its content",
      taking({ name: "a", in: "query", ...body(toHouse) }),
      taking({ name: "b", in: "query", ...body(toHouse) }),
    ],
    ["knows a header that has another name", headed({ "x-a": { schema: toPet } }), headed({ "x-b": { schema: pet } })],
    [
      "tells headers by what they hold",
      headed({ "x-a": { schema: toPet }, "x-b": body(toHouse) }),
      headed({ "x-c": { schema: toHouse }, "x-d": body(toHouse) }),
    ],
    ["knows an operation that moved with all that it takes", moved("/pets", toPet), moved("/dogs", toPet)],
    [
      "knows an operation that moved and writes out what it takes",
      moved("/pets", toHouse),
      moved("/dogs", { type: "object", properties: { pets: { type: "array", items: pet } } }),
    ],
    ["tells an operation from one that takes something else elsewhere", moved("/pets", toPet), moved("/dogs", toHouse)],
    [
      "tells an operation from one that asks for something else elsewhere",
      moved("/pets", toPet),
      moved("/dogs", toPet, { security: [{ key: ["write"] }] }),
    ],
    [
      "tells an operation from one that must have a body elsewhere",
      moved("/pets", toPet),
      moved("/dogs", toPet, { requestBody: { required: true, ...body(toPet) } }),
    ],
    ["knows an operation that moved and writes out what it gives", answering("/pets", toPet), answering("/dogs", pet)],
  ];
  it.each(hard)("%s, as reading all of it does", (_, before, after) => {
    const [old, fresh] = [parse(before), parse(after)];
    expect([expectSameOfSlices(old, fresh), expectSameOfSlices(fresh, old)]).toEqual([true, true]);
  });

  const documents: [string, () => JsonObject][] = [
    ["an OpenAPI 3.0 document", () => richDocument("3.0.3")],
    ["an OpenAPI 3.1 document", () => richDocument("3.1.0")],
    ["a Swagger 2.0 document", richSwagger],
  ];
  it.each(documents)(
    "says what reading all of it says, however %s is edited",
    (_, make) => expectSameOfEdits(make(), editsPerDocument),
    editsPerDocument * 2000,
  );
});
