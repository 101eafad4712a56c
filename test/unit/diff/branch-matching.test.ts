import { describe, expect, it } from "vitest";
import { matchBranches } from "../../../shared/diff/branch-matching.ts";
import type { JsonValue, SchemaNode } from "../../../shared/spec/model.ts";
import { schemaIn } from "./models.ts";

type Branch = { [key: string]: JsonValue };

/** What a branch is called in these tests; it tells nothing to the comparison. */
const label = ({ description, name, pointer }: SchemaNode): string => description ?? name ?? pointer;

/** The branches of two unions matched, in the words that describe them. */
function matched(before: Branch[], after: Branch[]) {
  const [old, fresh] = [schemaIn("before", { anyOf: before }), schemaIn("after", { anyOf: after })];
  const branchesOf = ({ side, id }: typeof old) => side.node(id).anyOf ?? [];
  const { changed, removed, added, equalCount } = matchBranches(
    old.side,
    fresh.side,
    branchesOf(old),
    branchesOf(fresh),
  );
  const [nameOld, nameFresh] = [old, fresh].map(
    ({ side }) =>
      (id: number) =>
        label(side.node(id)),
  );
  return {
    changed: changed.map(([one, other]) => `${nameOld?.(one)} → ${nameFresh?.(other)}`),
    removed: removed.map((id) => nameOld?.(id)),
    added: added.map((id) => nameFresh?.(id)),
    equalCount,
  };
}

const nothing = { changed: [], removed: [], added: [], equalCount: 0 };
const branch = (description: string, keywords: Branch): Branch => ({ description, ...keywords });
const text = { type: "string" };
const objectOf = (...names: string[]): Branch => ({
  type: "object",
  properties: Object.fromEntries(names.map((name) => [name, text])),
});
const kind = (value: JsonValue, more: Branch = {}): Branch => ({ properties: { kind: value, ...more } });

describe("the branches of two unions", () => {
  it("that mean the same are counted, however often and in whatever order they stand", () => {
    const [cat, dog] = [branch("cat", { minLength: 1 }), branch("dog", { minLength: 2 })];
    expect(matched([cat, dog], [dog, cat])).toEqual({ ...nothing, equalCount: 2 });
    expect(matched([cat, cat], [cat])).toEqual({ ...nothing, equalCount: 1, removed: ["cat"] });
    expect(matched([cat], [cat, cat])).toEqual({ ...nothing, equalCount: 1, added: ["cat"] });
  });

  it("are one that was edited where both have one title", () => {
    const edited = matched(
      [branch("old cat", { title: "Cat", type: "string" }), branch("old dog", { title: "Dog", type: "integer" })],
      [branch("new dog", { title: "Dog", type: "boolean" }), branch("new cat", { title: "Cat", type: "array" })],
    );
    expect(edited).toEqual({ ...nothing, changed: ["old cat → new cat", "old dog → new dog"] });
  });

  it("are one that was edited where both have the same fixed values, in whatever order", () => {
    const edited = matched(
      [
        branch("old card", kind({ const: "card" }, { step: { enum: [1] }, number: text })),
        branch("old cash", kind({ const: "cash" }, { step: { enum: [1] } })),
      ],
      [
        branch("new cash", { properties: { step: { const: 1 }, kind: { const: "cash" }, coins: text } }),
        branch("new card", { properties: { step: { const: 1 }, kind: { const: "card" }, iban: text, bic: text } }),
      ],
    );
    expect(edited).toEqual({ ...nothing, changed: ["old card → new card", "old cash → new cash"] });
  });

  it("are not one by values that are not fixed", () => {
    const open = { enum: ["card", "cash"] };
    expect(
      matched([branch("old", kind(open, { a: text, b: text, c: text }))], [branch("new", kind(open, { d: text }))]),
    ).toEqual({ ...nothing, removed: ["old"], added: ["new"] });
  });

  it("are one by a fixed value that is false, and not by another one", () => {
    const is = (value: JsonValue, ...names: string[]) =>
      kind({ const: value }, Object.fromEntries(names.map((name) => [name, text])));
    expect(matched([branch("old", is(false, "a", "b"))], [branch("new", is(false, "c", "d"))])).toEqual({
      ...nothing,
      changed: ["old → new"],
    });
    expect(matched([branch("old", is(false, "a", "b"))], [branch("new", is(true, "c", "d"))])).toEqual({
      ...nothing,
      removed: ["old"],
      added: ["new"],
    });
  });

  it("are one where they share half of their properties, and the likest first", () => {
    expect(matched([branch("old", objectOf("a", "b"))], [branch("new", objectOf("a"))])).toEqual({
      ...nothing,
      changed: ["old → new"],
    });
    expect(matched([branch("old", objectOf("a", "b", "c"))], [branch("new", objectOf("a"))])).toEqual({
      ...nothing,
      removed: ["old"],
      added: ["new"],
    });
    expect(
      matched(
        [branch("old one", objectOf("a", "b")), branch("old two", objectOf("a", "b", "c", "d"))],
        [branch("new two", objectOf("a", "b", "c")), branch("new one", objectOf("a", "b", "e"))],
      ),
    ).toEqual({ ...nothing, changed: ["old two → new two", "old one → new one"] });
  });

  it("are each matched once", () => {
    expect(
      matched(
        [branch("old one", objectOf("a", "b")), branch("old two", objectOf("a", "b", "c", "d"))],
        [branch("new", objectOf("a", "b", "c"))],
      ),
    ).toEqual({ ...nothing, changed: ["old two → new"], removed: ["old one"] });
    expect(
      matched(
        [branch("old", objectOf("a", "b", "c"))],
        [branch("new one", objectOf("a", "b")), branch("new two", objectOf("a", "b", "c", "d"))],
      ),
    ).toEqual({ ...nothing, changed: ["old → new two"], added: ["new one"] });
  });

  it("of different types are different, but for null", () => {
    expect(matched([branch("old", { type: "string", minLength: 1 })], [branch("new", { type: "integer" })])).toEqual({
      ...nothing,
      removed: ["old"],
      added: ["new"],
    });
    const nullable = branch("new", { type: ["null", "string"], minLength: 2 });
    expect(matched([branch("old", { type: "string", minLength: 1 })], [nullable])).toEqual({
      ...nothing,
      changed: ["old → new"],
    });
    expect(
      matched([branch("old", { type: ["array", "string"] })], [branch("new", { type: ["array", "boolean"] })]),
    ).toEqual({ ...nothing, removed: ["old"], added: ["new"] });
  });

  it("without properties are matched by their format first", () => {
    const [day, time] = [
      { type: "string", format: "date" },
      { type: "string", format: "date-time" },
    ];
    expect(
      matched(
        [branch("old day", day), branch("old time", time)],
        [branch("new time", { ...time, minLength: 9 }), branch("new day", { ...day, minLength: 9 })],
      ),
    ).toEqual({ ...nothing, changed: ["old day → new day", "old time → new time"] });
    expect(matched([branch("old", day)], [branch("new", time)])).toEqual({ ...nothing, changed: ["old → new"] });
  });

  it("are not one where only one of them has properties", () => {
    expect(matched([branch("old", { type: "object", minProperties: 1 })], [branch("new", objectOf("a"))])).toEqual({
      ...nothing,
      removed: ["old"],
      added: ["new"],
    });
  });
});
