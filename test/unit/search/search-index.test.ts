import { describe, expect, it } from "vitest";
import { buildIndex } from "../../../shared/search/build-index.ts";
import { decodeIndex, encodeIndex } from "../../../shared/search/index-file.ts";
import { mergeIndexes } from "../../../shared/search/merge-indexes.ts";
import { askModels, rankRows } from "../../../shared/search/rank-rows.ts";
import { operationAt, type SearchIndex } from "../../../shared/search/search-index.ts";
import { searchWords } from "../../../shared/search/words.ts";

const model = { id: "embedded:test", dimension: 2 };

const indexOf = (dependencyId: string, rows: readonly { title: string; vector: [number, number] }[]): SearchIndex =>
  buildIndex(
    { dependencyId, snapshotId: "s", model },
    rows.map(({ title, vector }) => ({
      operation: {
        method: "GET",
        path: `/${title.replaceAll(" ", "-")}`,
        summary: title,
        tags: [],
        deprecated: false,
        domain: "d",
        hash: title,
        vectorId: title,
      },
      fields: { title, path: "", tags: "", inputs: "", description: "" },
      vector: Float32Array.from(vector),
    })),
  );

const pets = indexOf("pets", [
  { title: "list pets", vector: [1, 0] },
  { title: "feed a pet", vector: [0, 1] },
]);
const shop = indexOf("shop", [{ title: "list orders", vector: [0.6, 0.8] }]);
const both = mergeIndexes([pets, shop]);
const titles = (ranked: readonly { row: number }[]) => ranked.map(({ row }) => operationAt(both, row).summary);
const question = new Map([[model.id, Float32Array.from([0, 1])]]);

describe("a search index", () => {
  it("splits names at case and punctuation, drops words that say nothing, and cuts words to their stem", () => {
    expect(searchWords("How do I listPullRequests of the repo_name?")).toEqual([
      "list",
      "pull",
      "request",
      "repo",
      "name",
    ]);
  });

  it("comes back from its file as it was", () => {
    expect(encodeIndex(decodeIndex(encodeIndex(both)))).toEqual(encodeIndex(both));
  });

  it("answers as merged what its parts have, by words", () => {
    expect(titles(rankRows(both, "lists of pets", new Map(), { by: "words" }))).toEqual([
      "list pets",
      "feed a pet",
      "list orders",
    ]);
  });

  it("answers by meaning where no word is shared", () => {
    expect(titles(rankRows(both, "nourish", question))).toEqual(["feed a pet", "list orders"]);
  });

  it("goes by words alone where the model cannot be asked", () => {
    expect(rankRows(both, "orders", new Map())).toEqual([
      { row: 2, score: 1, words: { score: expect.any(Number), rank: 1 } },
    ]);
  });

  it("says of each hit what speaks for it", () => {
    const [first] = rankRows(both, "feed", question);
    expect(first).toEqual({
      row: 1,
      score: expect.closeTo(1, 5),
      words: { score: expect.any(Number), rank: 1 },
      meaning: { similarity: 1, rank: 1 },
    });
  });

  it("looks in one dependency alone when it is told to", () => {
    expect(titles(rankRows(both, "list", question, { dependencyId: "shop" }))).toEqual(["list orders"]);
  });

  it("goes on without a model that fails, and tells of it", async () => {
    const failures: string[] = [];
    const embedder = {
      embed: async () => {
        throw new Error("away");
      },
    };
    const vectors = await askModels(both, "pets", embedder, { onFailure: (modelId) => failures.push(modelId) });
    expect([vectors.size, failures]).toEqual([0, [model.id]]);
  });

  it("refuses a file of another format", () => {
    expect(() => decodeIndex(Buffer.from("something else"))).toThrow("another format");
  });
});
