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
  const hard: [string, before: JsonObject, after: JsonObject][] = [
    [
      "names an alternative by what is unread in it",
      alternatives(...plain),
      alternatives(...plain, { type: "object", properties: { pet: toPet } }),
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
