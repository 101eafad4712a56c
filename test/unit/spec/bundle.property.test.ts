import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChangeSet } from "../../../shared/diff/change-set.ts";
import { compareModels } from "../../../shared/rules/compare-models.ts";
import type { JsonObject } from "../../../shared/spec/json-object.ts";
import { normalize } from "../../../shared/spec/normalize/normalize.ts";
import { type ParsedDocument, parseValue } from "../../../shared/spec/parse.ts";
import { bytesOf, parseText } from "./documents.ts";
import { petShop } from "./pet-shop.ts";
import {
  bundleFiles,
  type Destination,
  type Files,
  namedPieces,
  rootFile,
  splitDocument,
  valueAt,
} from "./split-document.ts";

const before = petShop({});
const after = petShop({ maximum: 50, nameType: "integer", ownerRequired: ["id", "email"], hasDelete: false });

const nowhereReferredTo = new Set(["Unused", "Odd", "key", "Name"]);

/** A way to cut a document: where each of its pieces goes. */
const cuts = fc.array(
  fc.record({
    isMoved: fc.boolean(),
    folder: fc.constantFrom("api/", "api/parts/", "api/parts/deep/", "shared/"),
    shared: fc.constantFrom(undefined, "one", "two"),
    extension: fc.constantFrom("json", "yaml"),
    leavesAlias: fc.boolean(),
  }),
  { minLength: 40, maxLength: 40 },
);

function filesOf(document: JsonObject, cut: typeof cuts extends fc.Arbitrary<infer Value> ? Value : never): Files {
  const pieces = namedPieces(document);
  return splitDocument(document, pieces, (piece): Destination | undefined => {
    const choice = cut[pieces.indexOf(piece) % cut.length];
    if (choice === undefined || !choice.isMoved) return undefined;
    const [section = "", written = ""] = piece.split("/").slice(-2);
    const name = written.replaceAll(/[^\w]+/g, "-");
    const { folder, shared, extension } = choice;
    // What nothing refers to, and another name of something, is in the document only there; an odd name is no file's.
    const leavesAlias = choice.leavesAlias || name !== written || nowhereReferredTo.has(name);
    return shared === undefined
      ? { file: `${folder}${section}/${name}.${extension}`, within: "", leavesAlias }
      : { file: `${folder}${shared}.${extension}`, within: piece, leavesAlias };
  });
}

/** What a change set says apart from where its documents are. */
function saidBy({ findings, causes, counts }: ChangeSet) {
  return { counts, causes, findings: findings.map(({ before: _, after: __, ...said }) => said) };
}

function compareParsed(old: ParsedDocument, fresh: ParsedDocument): ChangeSet {
  return compareModels(normalize(old), normalize(fresh), {
    today: "2026-01-01",
    locateBefore: (pointer) => old.locate(pointer),
    locateAfter: (pointer) => fresh.locate(pointer),
  });
}

describe("a document cut into files", () => {
  it("means what it means in one piece, whatever the cut", async () => {
    const whole = normalize(parseText(before));
    await fc.assert(
      fc.asyncProperty(cuts, async (cut) => {
        const model = normalize(await bundleFiles(filesOf(before, cut)));
        expect(model.rootHash).toBe(whole.rootHash);
        expect(model.componentsHash).toBe(whole.componentsHash);
        expect(model.annotationsHash).toBe(whole.annotationsHash);
        expect(model.warnings).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it("has the same findings, causes and reach as in one piece, when both sides are cut differently", async () => {
    const whole = compareParsed(parseText(before), parseText(after));
    expect(whole.counts.total).toBeGreaterThan(4);
    await fc.assert(
      fc.asyncProperty(cuts, cuts, async (cutBefore, cutAfter) => {
        const [old, fresh] = await Promise.all([
          bundleFiles(filesOf(before, cutBefore)),
          bundleFiles(filesOf(after, cutAfter)),
        ]);
        expect(saidBy(compareParsed(old, fresh))).toEqual(saidBy(whole));
      }),
      { numRuns: 25 },
    );
  });

  it("is located in the file and at the place where a thing is written", async () => {
    const { findings } = compareParsed(parseText(before), parseText(after));
    await fc.assert(
      fc.asyncProperty(cuts, async (cut) => {
        const files = filesOf(after, cut);
        const bundle = await bundleFiles(files);
        for (const { after: place } of findings) {
          if (place === null) continue;
          const found = bundle.locate(place.pointer);
          const { source = rootFile, pointer = place.pointer, line, column } = found ?? {};
          const written = parseValue(bytesOf(files[source] ?? ""));
          expect(written.locate(pointer)).toEqual({ line, column });
          expect(valueAt(written.value, pointer)).toEqual(valueAt(after, place.pointer));
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe("a real document of 4 MB cut into a file for each schema and path", () => {
  it("has the findings that it has in one piece", async () => {
    const read = (side: string): JsonObject =>
      JSON.parse(gunzipSync(readFileSync(`test/fixtures/specs/stripe-adj/${side}.json.gz`)).toString());
    const cut = (document: JsonObject) =>
      splitDocument(document, namedPieces(document), (piece) => ({
        file: `api/${piece.slice(1).replaceAll("~1", "-")}.json`,
        within: "",
        leavesAlias: true,
      }));
    const [old, fresh] = [read("old"), read("new")];
    const [cutOld, cutFresh] = await Promise.all([bundleFiles(cut(old)), bundleFiles(cut(fresh))]);
    const whole = saidBy(compareParsed(parseText(old), parseText(fresh)));
    expect(saidBy(compareParsed(cutOld, cutFresh))).toEqual(whole);
    expect(whole.counts.total).toBeGreaterThan(0);
  });
});
