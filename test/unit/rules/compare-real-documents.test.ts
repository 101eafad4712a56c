import { describe, expect, it } from "vitest";
import { isJsonObject, type JsonObject } from "../../../shared/spec/json-object.ts";
import type { ParsedDocument } from "../../../shared/spec/parse.ts";
import { addDeeply } from "../../../shared/spec/slice/read-more.ts";
import { editsPerDocument, expectSameOfEdits, expectSameOfSlices, readFixture } from "./slices.ts";

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

describe("comparing two real documents", () => {
  it.each(["stripe-adj", "github-adj"])("reads a part of %s and says what reading all of it says", (pair) => {
    const [old, fresh] = [readFixture(pair, "old"), readFixture(pair, "new")];
    expect([expectSameOfSlices(old, fresh), expectSameOfSlices(fresh, old)]).toEqual([true, true]);
  });

  const documents: [string, () => JsonObject, edits: number][] = [
    ["the GitHub API", () => cutPaths(readFixture("github-adj", "old"), 300, 6), editsPerDocument],
    // Each of its operations leads to nearly all of its schemas.
    ["the Stripe API", () => cutPaths(readFixture("stripe-adj", "old"), 100, 1), editsPerDocument / 12],
  ];
  it.each(documents)(
    "says what reading all of it says, however a part of %s is edited",
    (_, make, edits) => expectSameOfEdits(make(), edits),
    editsPerDocument * 2000,
  );
});
