import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../shared/spec/json-object.ts";
import { sliceDocuments } from "../../../shared/spec/slice/slice-documents.ts";
import { expectSameOfSlices, parse } from "./slices.ts";

const toLeaf = { $ref: "#/components/schemas/Leaf" };
const toOther = { $ref: "#/components/schemas/Other" };
const leaf = { type: "object", required: ["id"], properties: { id: { type: "string" }, size: { type: "integer" } } };
const edited = { ...leaf, properties: { ...leaf.properties, size: { type: "string" } } };
const other = { type: "object", required: ["name"], properties: { name: { type: "string" } } };

type Edit = { from?: JsonObject; to?: JsonObject; other?: JsonObject };

/** An API that gives what `holder` says, which leads to a schema that the two documents write differently. */
const documents = (holder: JsonObject, { from = leaf, to = edited, other: third = other }: Edit = {}) => {
  const schema = { $ref: "#/components/schemas/Holder" };
  const answer = { description: "ok", content: { "application/json": { schema } } };
  const withLeaf = (one: JsonObject) =>
    parse({
      openapi: "3.0.3",
      info: { title: "Conduits", version: "1" },
      paths: { "/things": { get: { responses: { "200": answer } } } },
      components: { schemas: { Holder: holder, Leaf: one, Other: third } },
    });
  return [withLeaf(from), withLeaf(to)] as const;
};

const object = (property: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: "object",
  properties: { inner: property },
  ...more,
});
const text = { type: "string", maxLength: 9 };
const card: Edit = {
  other: { type: "object", required: ["id", "kind"], properties: { kind: { type: "string", enum: ["card"] } } },
};
const kindOf = (kind: string) => ({ type: "string", enum: [kind] });
const bank = (schema: { type: string; properties: JsonObject }) => ({
  ...schema,
  required: ["kind"],
  properties: { ...schema.properties, kind: kindOf("bank") },
});

describe("a schema that merely leads to a difference", () => {
  const unread: [string, JsonObject, Edit?][] = [
    ["as a property", object(toLeaf)],
    ["as a property that is described", object({ ...toLeaf, description: "the leaf" })],
    ["as an item", { type: "array", items: toLeaf }],
    ["as a property of an object written in place", object(object({ type: "array", items: toLeaf }))],
    ["as any other property", { type: "object", additionalProperties: toLeaf }],
    ["as an alternative to a string", object({ anyOf: [text, toLeaf] })],
    ["as an alternative to null", object({ anyOf: [toLeaf], nullable: true })],
    ["as an alternative to an object that requires another name", object({ oneOf: [toLeaf, toOther] })],
    [
      "as an alternative to an object of another kind",
      object({ oneOf: [toLeaf, toOther] }),
      { ...card, from: bank(leaf), to: bank(edited) },
    ],
  ];
  it.each(unread)("is not read when it holds that %s", (_, holder, edit) => {
    const [before, after] = documents(holder, edit);
    const slices = sliceDocuments(before, after, 1);
    expect([...(slices?.leads ?? [])].map(([place]) => place)).toEqual(["/components/schemas/Holder"]);
    expect(slices?.before.conduitOperations.size).toBe(1);
    expect([expectSameOfSlices(before, after), expectSameOfSlices(after, before)]).toEqual([true, true]);
  });

  const read: [string, JsonObject, Edit?][] = [
    ["in an allOf", { allOf: [toLeaf, { type: "object", properties: { more: { type: "string" } } }] }],
    ["as what it is not", object({ not: toLeaf })],
    ["as a property that is read-only", object(toLeaf), { from: leaf, to: { ...leaf, readOnly: true } }],
    ["inside a property that is read-only", object(object(toLeaf, { readOnly: true }))],
    ["as a property that was deprecated", object(toLeaf), { from: leaf, to: { ...leaf, deprecated: true } }],
    ["as a single alternative", object({ anyOf: [toLeaf] })],
    ["as an alternative to all objects", object({ anyOf: [{ type: "object" }, toLeaf] })],
    [
      "as an alternative to an object that requires no less",
      object({ anyOf: [toLeaf, toOther] }),
      { other: { ...other, required: ["id", "name"] } },
    ],
    [
      "as an alternative that requires something else now",
      object({ anyOf: [toLeaf, toOther] }),
      { to: { ...edited, required: ["size"] } },
    ],
    [
      "as an alternative that is no object any more",
      object({ anyOf: [{ type: "integer" }, toLeaf] }),
      { to: { type: "integer" } },
    ],
    ["by a discriminator", object(toLeaf, { discriminator: { propertyName: "kind", mapping: { leaf: "Leaf" } } })],
    [
      "as one of more than a hundred alternatives",
      object({ anyOf: [...Array.from({ length: 100 }, () => text), toLeaf] }),
    ],
    ["beside alternatives", object(toLeaf, { anyOf: [{ required: ["inner"] }, { required: ["outer"] }] })],
    ["as any other property, free until now", { type: "object", additionalProperties: toLeaf }, { from: {}, to: leaf }],
    ["under another name of it", toLeaf],
  ];
  it.each(read)("is read when it holds that %s", (_, holder, edit) => {
    const [before, after] = documents(holder, edit);
    expect(sliceDocuments(before, after, 1)?.leads.size).toBe(0);
    expectSameOfSlices(before, after);
    expectSameOfSlices(after, before);
  });
});

describe("words", () => {
  it("that changed let nothing be read", () => {
    const [before, after] = documents(object(toLeaf), { to: { ...leaf, description: "A leaf." } });
    expect(sliceDocuments(before, after, 1)?.before.changed.size).toBe(0);
    expect([expectSameOfSlices(before, after), expectSameOfSlices(after, before)]).toEqual([true, true]);
  });

  it("count where they are data", () => {
    const withDefault = (description: string) => ({ ...leaf, default: { id: "a", description } });
    const [before, after] = documents(object(toLeaf), { from: withDefault("old"), to: withDefault("new") });
    expect(sliceDocuments(before, after, 1)?.leads.size).toBe(1);
    expect([expectSameOfSlices(before, after), expectSameOfSlices(after, before)]).toEqual([true, true]);
  });

  it.each([
    [{ description: "old" }, { maxLength: 9 }],
    [
      { description: "old", title: "Old" },
      { description: "new", maxLength: 9 },
    ],
    [{}, { summary: "new", description: "new" }],
  ])("hide no other edit of the same schema: %j, %j", (was, is) => {
    const name = (more: JsonObject) => ({ ...leaf, properties: { id: { type: "string", ...more } } });
    const [before, after] = documents(object(toLeaf), { from: name(was), to: name(is) });
    expect([expectSameOfSlices(before, after), expectSameOfSlices(after, before)]).toEqual([true, true]);
  });
});
