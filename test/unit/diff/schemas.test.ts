import { describe, expect, it } from "vitest";
import { factLines, petPaths } from "./models.ts";

const text = { type: "string" };
const paths = petPaths("GET /pets");
const petsOf = (...schemas: [before: object, after: object]) =>
  factLines({ paths, components: { schemas: schemas[0] } }, { paths, components: { schemas: schemas[1] } });
const pet = (schema: object) => ({ Pet: schema });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const facts = (lines: ReturnType<typeof factLines>) => lines.map(({ fact, after, before }) => [fact, after ?? before]);

describe("a schema that several operations share", () => {
  it("is compared once a direction and lists every operation", () => {
    const document = (type: string) => ({
      paths: petPaths("GET /pets", "POST /pets", "PUT /pets/first"),
      components: { schemas: pet({ type: "object", properties: { age: { type } } }) },
    });
    const place = "/components/schemas/Pet/properties/age/type";
    expect(factLines(document("integer"), document("string"))).toEqual([
      {
        fact: "type changed",
        direction: "request",
        before: place,
        after: place,
        usedBy: ["POST /pets", "PUT /pets/first"],
      },
      {
        fact: "type changed",
        direction: "response",
        before: place,
        after: place,
        usedBy: ["GET /pets", "POST /pets", "PUT /pets/first"],
      },
    ]);
  });

  it("is one fact where it is a body here and a property there", () => {
    const document = (properties: object) => ({
      paths: {
        ...petPaths("GET /pets"),
        "/lists": {
          get: {
            responses: {
              "200": {
                description: "Pets",
                content: { "application/json": { schema: { type: "array", items: ref("Pet") } } },
              },
            },
          },
        },
      },
      components: { schemas: pet({ type: "object", properties }) },
    });
    expect(factLines(document({}), document({ tag: text }))).toEqual([
      {
        fact: "property added",
        direction: "response",
        before: null,
        after: "/components/schemas/Pet/properties/tag",
        usedBy: ["GET /lists", "GET /pets"],
      },
    ]);
  });

  it("may contain itself", () => {
    const node = (value: object) => ({
      Pet: { type: "object", properties: { parent: ref("Pet"), house: ref("House") } },
      House: { type: "object", properties: { owner: ref("Pet"), value } },
    });
    expect(facts(petsOf(node(text), node({ type: "integer" })))).toEqual([
      ["type changed", "/components/schemas/House/properties/value/type"],
    ]);
  });

  it("says nothing when a component is only renamed", () => {
    const named = (name: string) => ({ Pet: { type: "object", properties: { house: ref(name) } }, [name]: text });
    expect(petsOf(named("House"), named("Home"))).toEqual([]);
  });
});

describe("a reference that was pointed at another component", () => {
  it("is an edit of the place that refers, not of the component", () => {
    const schemas = (name: string) => ({
      Pet: { type: "object", properties: { owner: ref(name) } },
      User: { type: "object", properties: { name: text } },
      Person: { type: "object", properties: { name: { type: "integer" } } },
    });
    const [fact, ...others] = petsOf(schemas("User"), schemas("Person"));
    expect([fact?.fact, fact?.before, fact?.after]).toEqual([
      "type changed",
      "/components/schemas/User/properties/name/type",
      "/components/schemas/Person/properties/name/type",
    ]);
    expect(others).toEqual([]);
  });
});

describe("the branches of a union", () => {
  const card = { type: "object", properties: { number: text, brand: text } };
  const bank = { type: "object", properties: { account: text, bank: text } };

  it("are compared with their earlier selves when one is edited and all are reordered", () => {
    const edited = { type: "object", properties: { number: text, brand: text, year: text } };
    expect(facts(petsOf(pet({ oneOf: [card, bank] }), pet({ oneOf: [bank, edited] })))).toEqual([
      ["property added", "/components/schemas/Pet/oneOf/1/properties/year"],
    ]);
  });

  it("are told apart by component name before likeness", () => {
    const schemas = (cat: object) => ({
      Pet: { oneOf: [ref("Cat"), ref("Dog")] },
      Cat: { type: "object", properties: cat },
      Dog: { type: "object", properties: { name: text } },
    });
    expect(facts(petsOf(schemas({ lives: text }), schemas({ name: text, lives: { type: "integer" } })))).toEqual([
      ["property added", "/components/schemas/Cat/properties/name"],
      ["type changed", "/components/schemas/Cat/properties/lives/type"],
    ]);
  });

  it("are added and removed where nothing connects them", () => {
    expect(facts(petsOf(pet({ oneOf: [card, bank] }), pet({ oneOf: [card, text] })))).toEqual([
      ["branch removed", "/components/schemas/Pet/oneOf/1"],
      ["branch added", "/components/schemas/Pet/oneOf/1"],
    ]);
  });

  it("are the values of an enum when each is one value", () => {
    const kinds = (...values: string[]) => pet({ oneOf: values.map((value) => ({ const: value, title: value })) });
    expect(facts(petsOf(kinds("cat", "dog"), kinds("cat", "dog", "bird")))).toEqual([
      ["enum values-added", "/components/schemas/Pet/oneOf"],
    ]);
  });

  it("say nothing when null only moved beside the schema", () => {
    const nullable = { type: ["string", "null"], maxLength: 9 };
    expect(petsOf(pet(nullable), pet({ anyOf: [{ type: "string", maxLength: 9 }, { type: "null" }] }))).toEqual([]);
  });

  it("make a union nullable when the only new one is null", () => {
    const lines = petsOf(pet({ oneOf: [card, bank] }), pet({ oneOf: [card, bank, { type: "null" }] }));
    expect(lines.map(({ fact }) => fact)).toEqual(["nullability added"]);
  });

  it("make a schema nullable when the only new one is null", () => {
    expect(facts(petsOf(pet(card), pet({ anyOf: [card, { type: "null" }] })))).toEqual([
      ["nullability added", "/components/schemas/Pet/anyOf"],
    ]);
  });
});

describe("the members of an allOf", () => {
  const base = { type: "object", properties: { name: text }, required: ["name"] };

  it("say nothing when a property only moved from one to another", () => {
    const schemas = (own: object, inherited: object) => ({
      Pet: { allOf: [ref("Base"), { type: "object", properties: own, required: ["tag"] }] },
      Base: { type: "object", properties: inherited, minProperties: 1 },
    });
    const before = schemas({ tag: text, age: text }, { name: text });
    const after = schemas({ age: text }, { name: text, tag: text });
    expect(petsOf(before, after)).toEqual([]);
  });

  it("are said property by property when a new one only gathers properties", () => {
    const extra = { type: "object", properties: { tag: text } };
    const schemas = (members: object[]) => ({ Pet: { allOf: members }, Base: base, Extra: extra });
    expect(facts(petsOf(schemas([ref("Base")]), schemas([ref("Base"), ref("Extra")])))).toEqual([
      ["property added", "/components/schemas/Extra/properties/tag"],
    ]);
  });
});

describe("a format that stands for limits", () => {
  it("says the same as the limits", () => {
    const written = { type: "integer", format: "int32", minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };
    expect(petsOf(pet(written), pet({ type: "integer", format: "int32" }))).toEqual([]);
  });
});

describe("properties that travel one way", () => {
  it("are left out of the other", () => {
    const document = (id: object) => ({
      paths: petPaths("POST /pets"),
      components: { schemas: pet({ type: "object", properties: { id } }) },
    });
    const before = document({ ...text, readOnly: true, maxLength: 9 });
    const after = document({ ...text, readOnly: true, maxLength: 5 });
    expect(factLines(before, after).map(({ fact, direction }) => [fact, direction])).toEqual([
      ["bound decreased", "response"],
    ]);
  });
});
