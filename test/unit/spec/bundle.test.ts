import { describe, expect, it } from "vitest";
import { bundleDocument } from "../../../shared/spec/bundle/bundle-document.ts";
import type { JsonValue } from "../../../shared/spec/model.ts";
import { normalize } from "../../../shared/spec/normalize/normalize.ts";
import { mayHaveParts } from "../../../shared/spec/part-hint.ts";
import { answering, bytesOf, parseText } from "./documents.ts";
import { bundleFiles, type Files, rootFile, sourceOf } from "./split-document.ts";

const text = (value: JsonValue) => JSON.stringify(value, null, 1);
const answer = (schema: JsonValue, openapi?: string) => text(answering(schema, {}, openapi));

async function componentsOf(files: Files): Promise<JsonValue | undefined> {
  return (await bundleFiles(files)).document.components;
}

async function messageOf(files: Files, limits = {}): Promise<string> {
  const error: unknown = await bundleFiles(files, { limits }).catch((cause: unknown) => cause);
  return error instanceof Error ? `${error.name}: ${error.message}` : "no error";
}

describe("what another file holds", () => {
  it("becomes a component under the name that its place or its file has", async () => {
    const files = {
      [rootFile]: answer({
        anyOf: [{ $ref: "a/Pet.yaml" }, { $ref: "all.json#/definitions/Cat" }, { $ref: "all.json#/Dog" }],
      }),
      "api/a/Pet.yaml": "type: string",
      "api/all.json": text({ definitions: { Cat: { type: "integer" } }, Dog: { type: "number" } }),
    };
    expect(await componentsOf(files)).toEqual({
      schemas: { Cat: { type: "integer" }, Dog: { type: "number" }, Pet: { type: "string" } },
    });
  });

  it("gets a longer name where two would have the same, whichever comes first", async () => {
    const schemas = { "api/a/Pet.yaml": "type: string", "api/b/Pet.yaml": "type: integer" };
    const [a, b] = [{ $ref: "a/Pet.yaml" }, { $ref: "b/Pet.yaml" }];
    const expected = { schemas: { Pet: { type: "string" }, b_Pet: { type: "integer" } } };
    expect(await componentsOf({ [rootFile]: answer({ anyOf: [a, b] }), ...schemas })).toEqual(expected);
    expect(await componentsOf({ [rootFile]: answer({ anyOf: [b, a] }), ...schemas })).toEqual(expected);
  });

  it("leaves the document's own names alone", async () => {
    const files = {
      [rootFile]: text(answering({ $ref: "Pet.yaml" }, { Pet: { type: "boolean" } })),
      "api/Pet.yaml": "type: string",
    };
    expect(await componentsOf(files)).toEqual({
      schemas: { Pet: { type: "boolean" }, api_Pet: { type: "string" } },
    });
  });

  it("stands once, however many ways lead to it", async () => {
    const reads: Record<string, number> = {};
    const files: Files = {
      [rootFile]: answer({
        anyOf: [
          { $ref: "Pet.yaml" },
          { $ref: "./x/../Pet.yaml#" },
          { $ref: "index.yaml#/Animal" },
          { $ref: "Pet.yaml#/properties/friend" },
        ],
      }),
      "api/index.yaml": "Animal: { $ref: Pet.yaml }",
      "api/Pet.yaml":
        "--- { type: object, properties: { friend: { $ref: '#' }, back: { $ref: 'openapi.json#/components/schemas/Own' } } }",
    };
    const root = parseText(
      answering(
        {
          anyOf: JSON.parse(files[rootFile] ?? "").paths["/pets"].get.responses["200"].content["application/json"]
            .schema.anyOf,
        },
        { Own: { type: "string" } },
      ),
    );
    const bundle = await bundleDocument(root, rootFile, sourceOf(files, reads));
    expect(reads).toEqual({ "api/index.yaml": 1, "api/Pet.yaml": 1 });
    expect(bundle.document).toEqual(
      answering(
        { anyOf: Array.from({ length: 4 }, () => ({ $ref: "#/components/schemas/Pet" })) },
        {
          Own: { type: "string" },
          Pet: {
            type: "object",
            properties: { friend: { $ref: "#/components/schemas/Pet" }, back: { $ref: "#/components/schemas/Own" } },
          },
        },
      ),
    );
  });

  it("is put in where a map, an operation or the components are referred to", async () => {
    const files: Files = {
      [rootFile]: text({
        openapi: "3.1.0",
        info: { $ref: "info.yaml" },
        paths: { $ref: "paths.yaml" },
        components: { schemas: { $ref: "schemas/index.yaml" } },
      }),
      "api/info.yaml": "--- { title: Pets, version: '1' }",
      "api/paths.yaml": "/pets: { get: { $ref: 'list-pets.yaml' } }",
      "api/list-pets.yaml":
        "--- { responses: { '200': { description: ok, content: { text/json: { schema: { $ref: 'openapi.json#/components/schemas/Pet' } } } } } }",
      "api/schemas/index.yaml": "Pet: { $ref: Pet.yaml }",
      "api/schemas/Pet.yaml": "--- { type: object, properties: { $ref: common.yaml } }",
      "api/schemas/common.yaml": "id: { type: string }",
    };
    const bundle = await bundleFiles(files);
    expect(bundle.document).toEqual({
      openapi: "3.1.0",
      info: { title: "Pets", version: "1" },
      paths: {
        "/pets": {
          get: {
            responses: {
              "200": { description: "ok", content: { "text/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
            },
          },
        },
      },
      components: { schemas: { Pet: { type: "object", properties: { id: { type: "string" } } } } },
    });
    expect(bundle.locate("/components/schemas/Pet/properties/id/type")).toEqual({
      line: 1,
      column: 7,
      source: "api/schemas/common.yaml",
      pointer: "/id/type",
    });
  });

  it("keeps what stands beside the reference, where that counts", async () => {
    const model = normalize(
      await bundleFiles({
        [rootFile]: answer({ $ref: "Id.yaml", maxLength: 5 }, "3.1.0"),
        "api/Id.yaml": "--- { type: string, minLength: 1 }",
      }),
    );
    const whole = normalize(
      parseText(
        answering({ $ref: "#/components/schemas/Id", maxLength: 5 }, { Id: { type: "string", minLength: 1 } }, "3.1.0"),
      ),
    );
    expect(model.rootHash).toBe(whole.rootHash);
  });

  it("can be referred to by a discriminator and by an anchor, and in Swagger 2.0", async () => {
    const mapped = {
      [rootFile]: answer(
        {
          oneOf: [{ $ref: "Dog.yaml" }],
          discriminator: { propertyName: "kind", mapping: { d: "Dog.yaml", x: "Other" } },
        },
        "3.1.0",
      ),
      "api/Dog.yaml": "--- { properties: { tail: { $ref: '#tail' } }, $defs: { t: { $anchor: tail, type: string } } }",
    };
    const bundle = await bundleFiles(mapped);
    expect(JSON.stringify(bundle.document.paths)).toContain('"mapping":{"d":"#/components/schemas/Dog","x":"Other"}');
    expect(normalize(bundle).warnings).toEqual([]);
    const swagger = {
      [rootFile]: text({
        swagger: "2.0",
        info: { title: "Pets", version: "1" },
        paths: {
          "/pets": {
            get: {
              parameters: [{ $ref: "p.yaml#/limit" }],
              responses: { "200": { description: "ok", schema: { $ref: "Pet.yaml" } } },
            },
          },
        },
      }),
      "api/p.yaml": "limit: { name: limit, in: query, type: integer }",
      "api/Pet.yaml": "type: string",
    };
    const { document } = await bundleFiles(swagger);
    expect(document).toMatchObject({
      parameters: { limit: { name: "limit", in: "query", type: "integer" } },
      definitions: { Pet: { type: "string" } },
    });
  });

  it("is not looked for in examples, defaults, extensions and properties that are called $ref", async () => {
    const parsed = parseText(
      answering({
        type: "object",
        default: { $ref: "a.yaml" },
        example: { $ref: "b.yaml" },
        enum: [{ $ref: "c.yaml" }],
        "x-data": { $ref: "d.yaml" },
        properties: { $ref: { type: "string" } },
      }),
    );
    expect(await bundleDocument(parsed, rootFile, sourceOf({}))).toBe(parsed);
  });

  it("is found through a place that only a reference in the document leads to", async () => {
    const files = {
      [rootFile]: text({
        ...answering({ $ref: "#/x-own/Pet" }),
        "x-own": { Pet: { type: "array", items: { $ref: "Id.yaml" } } },
      }),
      "api/Id.yaml": "type: string",
    };
    expect(normalize(await bundleFiles(files)).warnings).toEqual([]);
  });

  it("leaves a reference to a $id of the document as it is", async () => {
    const document = answering(
      { $ref: "https://a.test/id" },
      { Id: { $id: "https://a.test/id", type: "string" } },
      "3.1.0",
    );
    const parsed = parseText(document);
    expect(await bundleDocument(parsed, rootFile, sourceOf({}))).toBe(parsed);
  });
});

describe("a reference that cannot be followed", () => {
  it.each([
    [
      "a file that is missing",
      { [rootFile]: answer({ $ref: "Pet.yaml" }) },
      "api/openapi.json:16: the reference Pet.yaml cannot be followed: api/Pet.yaml: there is no such file",
    ],
    [
      "a file that another one names",
      {
        [rootFile]: answer({ $ref: "Pet.yaml" }),
        "api/Pet.yaml": "type: object\nproperties:\n  id:\n    $ref: Id.yaml",
      },
      "api/Pet.yaml:4: the reference Id.yaml cannot be followed: api/Id.yaml: there is no such file",
    ],
    [
      "a place that is not in the file",
      { [rootFile]: answer({ $ref: "all.yaml#/Pet" }), "api/all.yaml": "Dog: {}" },
      "api/openapi.json:16: the reference all.yaml#/Pet cannot be followed: api/all.yaml has nothing at /Pet",
    ],
    [
      "an anchor that is not in the file",
      { [rootFile]: answer({ $ref: "all.yaml#pet" }), "api/all.yaml": "Dog: {}" },
      "api/openapi.json:16: the reference all.yaml#pet cannot be followed: api/all.yaml has no $anchor pet",
    ],
    [
      "a file that is no YAML",
      { [rootFile]: answer({ $ref: "Pet.yaml" }), "api/Pet.yaml": "a: [" },
      "api/openapi.json:16: the reference Pet.yaml cannot be followed: api/Pet.yaml is not valid YAML at line 1, column 5: unexpected end of the stream within a flow collection",
    ],
    [
      "a map that is put into itself",
      {
        [rootFile]: answer({ properties: { $ref: "all.yaml" } }),
        "api/all.yaml": "a: { properties: { $ref: all.yaml } }",
      },
      "api/all.yaml:1: the reference all.yaml cannot be followed: it leads back to itself",
    ],
  ])("tells of %s, with file, line and reference", async (_, files, message) => {
    expect(await messageOf(files)).toBe(`BrokenReferenceError: ${message}`);
  });

  it("is a warning, as in one file, when files refer to one another and to nothing else", async () => {
    const ring = { [rootFile]: answer({ $ref: "a.yaml" }), "api/a.yaml": "$ref: b.yaml", "api/b.yaml": "$ref: a.yaml" };
    expect(normalize(await bundleFiles(ring)).warnings.map(({ code }) => code)).toEqual(["ref-cycle", "ref-cycle"]);
  });
});

describe("too many parts", () => {
  const files: Files = { [rootFile]: answer({ $ref: "0.json" }) };
  for (let index = 0; index < 5; index++) files[`api/${index}.json`] = text({ items: { $ref: `${index + 1}.json` } });
  files["api/5.json"] = "{}";

  it.each([
    [{ maxParts: 5 }, "the document refers to more than 5 other files"],
    [{ maxPartBytes: 100 }, "the files that the document refers to have more than 100 bytes"],
    [{ maxPartDepth: 5 }, "files refer to files more than 5 deep"],
  ])("are refused by %o", async (limits, message) => {
    expect(await messageOf(files, limits)).toBe(`TooManyPartsError: ${message}`);
  });

  it("are refused when a few files put one another in without end", async () => {
    const bomb: Files = { [rootFile]: answer({ properties: { $ref: "0.json" } }) };
    for (let index = 0; index < 30; index++) {
      const next = { properties: { $ref: `${index + 1}.json` } };
      bomb[`api/${index}.json`] = text({ a: next, b: next });
    }
    bomb["api/30.json"] = "{}";
    expect(await messageOf(bomb)).toBe("TooManyPartsError: files are put into one another 100000 times");
  });
});

describe("the look at the text for other files", () => {
  it.each([
    ['{"$ref": "#/a"}', false],
    ["a: {$ref: '#/a'}", false],
    ['a:\n  $ref: "#/a"\nb: $ref', true],
    ['{"$ref" :\n "a.json"}', true],
    ["a: {$ref: a.yaml#/b}", true],
    ["a: 1", false],
  ])("sees in %j whether there may be any", (written, expected) => {
    expect(mayHaveParts(bytesOf(written))).toBe(expected);
    expect(mayHaveParts(Buffer.from(`\ufeff${written}`, "utf16le"))).toBe(true);
  });
});
