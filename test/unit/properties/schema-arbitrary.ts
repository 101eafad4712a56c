import fc from "fast-check";
import type { JsonObject } from "../../../shared/spec/json-object.ts";
import type { JsonValue } from "../../../shared/spec/model.ts";

export type Generation = "2.0" | "3.0" | "3.1";

/** Schema components that every generated document has, so that any reference leads somewhere. */
export const objectNames = ["Cat", "Dog", "Tree", "Alpha", "Beta"] as const;

export const propertyNames = ["id", "name", "kind", "size", "tags", "x-y", "a/b~c"] as const;

const word = fc.constantFrom("red", "green", "blue", "");
const count = fc.nat({ max: 9 });
const size = fc.integer({ min: -20, max: 20 });

/** Words about a schema: they are no part of what it means. */
const words = {
  description: fc.constantFrom("A thing.", "Another."),
  title: fc.constantFrom("Thing", "Other"),
  example: fc.constantFrom<JsonValue>("red", 1, null),
  "x-note": fc.constantFrom<JsonValue>("n", { a: 1 }),
};

const flags = { readOnly: fc.boolean(), writeOnly: fc.constant(false), deprecated: fc.boolean() };

/** An object with `type`, and any of `rest`. */
function typed(type: JsonValue, rest: Record<string, fc.Arbitrary<JsonValue>>): fc.Arbitrary<JsonObject> {
  return fc.record({ type: fc.constant(type), ...words, ...rest }, { requiredKeys: ["type"] });
}

function some<T>(items: readonly T[], least = 1): fc.Arbitrary<T[]> {
  return fc.subarray([...items], { minLength: least });
}

function dictionary(values: fc.Arbitrary<JsonValue>, most: number): fc.Arbitrary<JsonObject> {
  return fc.dictionary(fc.constantFrom(...propertyNames), values, { maxKeys: most, noNullPrototype: true });
}

function reference(generation: Generation): fc.Arbitrary<JsonObject> {
  const base = generation === "2.0" ? "#/definitions/" : "#/components/schemas/";
  return fc.constantFrom(...objectNames).map((name) => ({ $ref: base + name }));
}

function stringSchema(generation: Generation): fc.Arbitrary<JsonObject> {
  return typed("string", {
    minLength: count,
    maxLength: count.map((most) => most + 10),
    pattern: fc.constantFrom("^a", "^b+$"),
    format: fc.constantFrom("date-time", "uuid", "date"),
    enum: some(["red", "green", "blue"]),
    default: word,
    ...(generation !== "3.1" && { nullable: fc.boolean() }),
    ...(generation === "3.0" && { deprecated: fc.boolean() }),
    ...(generation === "3.1" && {
      contentEncoding: fc.constantFrom("base64", "base16"),
      contentMediaType: fc.constantFrom("application/json", "image/png"),
      contentSchema: fc.constant<JsonValue>({ type: "object", required: ["id"] }),
      "x-extensible-enum": some(["red", "green", "blue"]),
    }),
  }).map((schema) => forGeneration(schema, generation));
}

/** `nullable` in the spelling of `generation`. */
function forGeneration(schema: JsonObject, generation: Generation): JsonObject {
  if (generation !== "2.0" || schema.nullable === undefined) return schema;
  const { nullable, ...rest } = schema;
  return { ...rest, "x-nullable": nullable };
}

function numberSchema(generation: Generation): fc.Arbitrary<JsonObject> {
  const bounds: Record<string, fc.Arbitrary<JsonValue>> = generation === "3.1"
    ? { exclusiveMinimum: size, exclusiveMaximum: size.map((most) => most + 50) }
    : { exclusiveMinimum: fc.boolean(), exclusiveMaximum: fc.boolean(), nullable: fc.boolean() };
  return fc
    .constantFrom("integer", "number")
    .chain((type) =>
      typed(type, {
        ...bounds,
        minimum: size,
        maximum: size.map((most) => most + 50),
        multipleOf: fc.constantFrom(1, 5),
        format: fc.constantFrom("int64", "double"),
        enum: some([1, 2, 3]),
      }),
    )
    .map((schema) => forGeneration(schema, generation));
}

/** Keywords that only JSON Schema 2020-12 has, with schemas inside. */
function keywordsOf2020(inner: fc.Arbitrary<JsonValue>): Record<string, fc.Arbitrary<JsonValue>> {
  return {
    patternProperties: fc.dictionary(fc.constantFrom("^p", "^q"), inner, { maxKeys: 2, noNullPrototype: true }),
    propertyNames: fc.constant<JsonValue>({ pattern: "^[a-z]+$" }),
    dependentRequired: fc.constantFrom<JsonValue>({ id: ["name", "kind"] }, { name: ["id"], size: ["tags"] }),
    dependentSchemas: fc.constantFrom<JsonValue>({ id: { required: ["size"] } }, { kind: { minProperties: 2 } }),
    unevaluatedProperties: fc.constantFrom<JsonValue>(false, { type: "string" }),
    if: fc.constantFrom<JsonValue>({ required: ["id"] }, { properties: { kind: { const: "cat" } } }),
    // biome-ignore lint/suspicious/noThenProperty: the JSON Schema keyword
    then: fc.constant<JsonValue>({ required: ["name"] }),
    else: fc.constant<JsonValue>({ properties: { name: { type: "string", maxLength: 3 } } }),
  };
}

function objectSchema(generation: Generation, inner: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonObject> {
  return typed("object", {
    properties: dictionary(inner, 4),
    required: some(propertyNames),
    additionalProperties: fc.oneof(fc.constant<JsonValue>(false), fc.constant<JsonValue>(true), inner),
    minProperties: count,
    maxProperties: count.map((most) => most + 10),
    ...(generation !== "2.0" && flags),
    ...(generation === "3.1" && keywordsOf2020(inner)),
    xml: fc.constantFrom<JsonValue>({ name: "thing" }, { name: "thing", wrapped: false }, { attribute: true }),
  });
}

function arraySchema(generation: Generation, inner: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonObject> {
  return fc.record(
    {
      type: fc.constant("array"),
      items: inner,
      ...words,
      minItems: count,
      maxItems: count.map((most) => most + 10),
      uniqueItems: fc.boolean(),
      ...(generation === "3.1" && {
        prefixItems: fc.array(inner, { minLength: 1, maxLength: 2 }),
        contains: fc.constantFrom<JsonValue>({ type: "string" }, { const: 1 }),
        minContains: count,
        maxContains: count.map((most) => most + 10),
        unevaluatedItems: fc.constant<JsonValue>(false),
      }),
    },
    { requiredKeys: ["type", "items"] },
  );
}

/** A plain object in parts, as `allOf` is mostly used. */
function partsSchema(generation: Generation): fc.Arbitrary<JsonObject> {
  const ref = reference(generation);
  const part = fc.record(
    {
      type: fc.constant("object"),
      properties: dictionary(fc.constantFrom({ type: "string" }, { type: "integer" }), 2),
      required: some(propertyNames),
    },
    { requiredKeys: [] },
  );
  return fc.record(
    { allOf: fc.array(fc.oneof(ref, part), { minLength: 1, maxLength: 3 }), description: words.description },
    { requiredKeys: ["allOf"] },
  );
}

function unionSchema(inner: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonObject> {
  const branches = fc.array(inner, { minLength: 1, maxLength: 3 });
  const plain = fc
    .tuple(fc.constantFrom("oneOf", "anyOf"), branches)
    .map(([key, list]): JsonObject => ({ [key]: list }));
  const target = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const mapping = fc.constantFrom<JsonObject | undefined>(
    undefined,
    { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" },
    { cat: "Cat" },
  );
  const told = fc.tuple(fc.constantFrom("oneOf", "anyOf"), mapping).map(
    ([key, map]): JsonObject => ({
      [key]: [target("Cat"), target("Dog")],
      discriminator: { propertyName: "kind", ...(map !== undefined && { mapping: map }) },
    }),
  );
  return fc.oneof(
    plain,
    told,
    inner.map((schema): JsonObject => ({ not: schema })),
  );
}

function oddities(inner: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonValue>[] {
  return [
    fc.constantFrom<JsonValue>(
      true,
      { const: "red" },
      { const: 1 },
      { const: { a: [1] } },
      { type: ["string", "integer"] },
    ),
    fc.constantFrom<JsonValue>(
      { type: ["string", "null"], enum: ["red", null] },
      { type: ["object", "null"], properties: { id: { type: "integer" } } },
      { $ref: "#/components/schemas/Cat", description: "beside" },
      { $ref: "#/components/schemas/Cat", minProperties: 2 },
      { $ref: "#anchored" },
      { $dynamicRef: "#node" },
      { $ref: "#/components/schemas/Tree/$defs/Leaf" },
    ),
    inner.map((schema): JsonValue => ({ anyOf: [schema, { type: "null" }] })),
  ];
}

/** Any schema: references into the components, cycles and every combination. */
export function schemaArbitrary(generation: Generation): fc.Arbitrary<JsonValue> {
  const { schema } = fc.letrec<{ schema: JsonValue }>((tie) => ({
    schema: fc.oneof(
      { maxDepth: 3, depthSize: "small", withCrossShrink: true },
      stringSchema(generation),
      numberSchema(generation),
      fc.constantFrom<JsonValue>({ type: "boolean" }, {}, { type: "boolean", default: false }),
      reference(generation),
      objectSchema(generation, tie("schema")),
      arraySchema(generation, tie("schema")),
      partsSchema(generation),
      ...(generation === "2.0" ? [] : [unionSchema(tie("schema"))]),
      ...(generation === "3.0"
        ? [reference(generation).map((ref): JsonValue => ({ nullable: true, allOf: [ref] }))]
        : []),
      ...(generation === "3.1" ? oddities(tie("schema")) : []),
    ),
  }));
  return schema;
}

/** The components `objectNames`: two that a discriminator tells apart, a cycle, and two of any content. */
export function componentSchemas(generation: Generation): fc.Arbitrary<JsonObject> {
  const base = generation === "2.0" ? "#/definitions/" : "#/components/schemas/";
  const tree: JsonObject = {
    type: "object",
    required: ["value"],
    properties: {
      value: { type: "string" },
      children: { type: "array", items: { $ref: `${base}Tree` } },
      parent: generation === "3.1" ? { anyOf: [{ $ref: `${base}Tree` }, { type: "null" }] } : { $ref: `${base}Tree` },
      friend: { $ref: `${base}Alpha` },
    },
    ...(generation === "3.1" && {
      $dynamicAnchor: "node",
      $defs: { Leaf: { $anchor: "anchored", type: "string", minLength: 1 } },
    }),
  };
  const animal = (kind: string): JsonObject => ({
    type: "object",
    required: ["kind"],
    properties: { kind: { type: "string", enum: [kind] }, [`${kind}Name`]: { type: "string", maxLength: 40 } },
  });
  const any = objectSchema(generation, schemaArbitrary(generation));
  return fc.record({
    Cat: fc.constant(animal("cat")),
    Dog: fc.constant(animal("dog")),
    Tree: fc.constant(tree),
    Alpha: any,
    Beta: any,
  });
}
