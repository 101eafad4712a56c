import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalSha256 } from "../../../shared/pipeline/canonical-hash.ts";

const hashOf = (text: string) => canonicalSha256(new TextEncoder().encode(text));
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, reversed(inner)]),
  );
};

describe("the canonical hash", () => {
  it("is the same for the same JSON, in whatever order and with whatever blanks it is written", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value: unknown = JSON.parse(text);
        expect(hashOf(JSON.stringify(reversed(value), null, 2))).toBe(hashOf(JSON.stringify(value)));
      }),
    );
  });

  it.each([
    ["the order of a list", "[1,2]", "[2,1]"],
    ["a list and an object of the same content", '[["a",1]]', '{"a":1}'],
    ["a list and the object that stands for it", "[1]", '{"list":[1]}'],
    ["a member named __proto__", '{"__proto__":1}', "{}"],
    ["a number and its text", '{"a":1}', '{"a":"1"}'],
    ["nothing and null", '{"a":null}', "{}"],
  ])("differs by %s", (_, one, other) => {
    expect(hashOf(one)).toBeDefined();
    expect(hashOf(one)).not.toBe(hashOf(other));
  });

  it.each([
    ["YAML", "openapi: 3.1.0"],
    ["numbers that could lose digits", '{"maximum":9223372036854775807}'],
    ["what is nested without end", "[".repeat(200_000) + "]".repeat(200_000)],
    ["what is large", `"${"x".repeat(8 * 1024 * 1024)}"`],
  ])("is none for %s", (_, text) => {
    expect(hashOf(text)).toBeUndefined();
  });

  it("is none for what is not UTF-8", () => {
    expect(canonicalSha256(Uint8Array.of(0x22, 0xff, 0x22))).toBeUndefined();
  });
});
