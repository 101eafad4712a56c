import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { ChangeSet } from "../../../shared/diff/change-set.ts";
import { compareDocuments } from "../../../shared/rules/compare-documents.ts";
import { compareModels } from "../../../shared/rules/compare-models.ts";
import { isJsonObject, type JsonObject } from "../../../shared/spec/json-object.ts";
import { normalize } from "../../../shared/spec/normalize/normalize.ts";
import { type ParsedDocument, parseDocument } from "../../../shared/spec/parse.ts";
import { addDeeply } from "../../../shared/spec/slice/read-more.ts";
import { withoutRootHashes } from "./compare-documents.ts";
import { editRandomly } from "./random-edits.ts";
import { richDocument, richSwagger } from "./rich-documents.ts";

const today = "2026-01-01";
/** Edited documents of each kind; `npm run test:slices` takes many. */
const editsPerDocument = Number(process.env.FOREWARN_RANDOM_EDITS ?? 60);

const parse = (document: JsonObject): ParsedDocument =>
  parseDocument(new TextEncoder().encode(JSON.stringify(document, null, 1)));

const readFixture = (pair: string, version: "old" | "new"): ParsedDocument =>
  parseDocument(gunzipSync(readFileSync(new URL(`../../fixtures/specs/${pair}/${version}.json.gz`, import.meta.url))));

/** What comparing the whole models gives, in the words of a comparison of documents. */
function compareWhole(before: ParsedDocument, after: ParsedDocument): ChangeSet {
  const options = { today, locateBefore: before.locate, locateAfter: after.locate };
  return withoutRootHashes(compareModels(normalize(before), normalize(after), options));
}

function compareSliced(before: ParsedDocument, after: ParsedDocument) {
  return compareDocuments(
    { parsed: before },
    { parsed: after },
    {
      ...{ today, locateBefore: before.locate, locateAfter: after.locate, maxChangedPart: 1 },
    },
  );
}

/** `count` paths of a document and the components that they lead to. */
function cutPaths({ document }: ParsedDocument, first: number, count: number): JsonObject {
  const paths = Object.fromEntries(Object.entries(document.paths ?? {}).slice(first, first + count));
  const components: JsonObject = {};
  const waiting = addDeeply(new Set(), paths);
  for (let reference = waiting.pop(); reference !== undefined; reference = waiting.pop()) {
    const [, , kind = "", name = ""] = reference.split("/");
    const written = isJsonObject(document.components) ? document.components[kind] : undefined;
    const target = isJsonObject(written) ? written[name] : undefined;
    const kept = components[kind] ?? {};
    if (target === undefined || !isJsonObject(kept) || Object.hasOwn(kept, name)) continue;
    components[kind] = { ...kept, [name]: target };
    waiting.push(...addDeeply(new Set(), target));
  }
  return { ...document, paths, components };
}

describe("comparing two documents", () => {
  it.each(["stripe-adj", "github-adj"])("reads a part of %s and says what reading all of it says", (pair) => {
    const [old, fresh] = [readFixture(pair, "old"), readFixture(pair, "new")];
    for (const [before, after] of [
      [old, fresh],
      [fresh, old],
    ] as const) {
      const { changes, isSliced } = compareSliced(before, after);
      expect(changes).toEqual(compareWhole(before, after));
      expect(isSliced).toBe(true);
    }
  });

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
    for (const [old, fresh] of [
      [parse(before), parse(after)],
      [parse(after), parse(before)],
    ] as const) {
      const { changes, isSliced } = compareSliced(old, fresh);
      expect(changes).toEqual(compareWhole(old, fresh));
      expect(isSliced).toBe(true);
    }
  });

  const documents: [string, () => JsonObject, edits: number][] = [
    ["an OpenAPI 3.0 document", () => richDocument("3.0.3"), editsPerDocument],
    ["an OpenAPI 3.1 document", () => richDocument("3.1.0"), editsPerDocument],
    ["a Swagger 2.0 document", richSwagger, editsPerDocument],
    ["a part of the GitHub API", () => cutPaths(readFixture("github-adj", "old"), 300, 6), editsPerDocument],
    // Each of its operations leads to nearly all of its schemas.
    ["a part of the Stripe API", () => cutPaths(readFixture("stripe-adj", "old"), 100, 1), editsPerDocument / 12],
  ];
  it.each(documents)(
    "says what reading all of it says, however %s is edited",
    (_, make, edits) => {
      const document = make();
      const before = parse(document);
      let sliced = 0;
      for (let seed = 1; seed <= edits; seed++) {
        const { edited, names } = editRandomly(document, seed);
        const after = parse(edited);
        for (const [old, fresh] of [
          [before, after],
          [after, before],
        ] as const) {
          const { changes, isSliced } = compareSliced(old, fresh);
          expect(changes, `seed ${seed}: ${names.join(", ")}`).toEqual(compareWhole(old, fresh));
          if (isSliced) sliced++;
        }
      }
      expect(sliced).toBeGreaterThan(edits); // of twice as many comparisons
    },
    editsPerDocument * 2000,
  );
});
