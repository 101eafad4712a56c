import { describe, expect, it } from "vitest";
import { bytesOfItem, type Item, readUnits, writeUnits } from "../../cost/billed-units.ts";

const S = (text: string) => ({ S: text });
const text = (bytes: number): Item => ({ PK: S("p"), SK: S("s"), t: S("x".repeat(bytes - 7)) });
const at = (of: Item, position: string): Item => ({ ...of, GSI2PK: S("DUE#1"), GSI2SK: S(position) });

describe("the bytes of an item", () => {
  it("are those of its names and values, as DynamoDB counts them", () => {
    expect(bytesOfItem({ PK: S("é") })).toBe(4);
    expect(bytesOfItem({ n: { N: "-120.50" } })).toBe(1 + 4);
    expect(bytesOfItem({ n: { N: "0" } })).toBe(1 + 1);
    expect(bytesOfItem({ b: { BOOL: true }, z: { NULL: true } })).toBe(4);
    expect(bytesOfItem({ l: { L: [S("ab"), S("c")] } })).toBe(1 + 3 + 2 + 1 + 1 + 1);
    expect(bytesOfItem({ m: { M: { a: S("bc") } } })).toBe(1 + 3 + 1 + 1 + 2);
    expect(bytesOfItem(text(300))).toBe(300);
  });

  it("take a task token for as long as those of AWS are", () => {
    expect(bytesOfItem({ taskToken: S("short") })).toBe(9 + 1_000);
  });
});

describe("a write", () => {
  it("is paid for by the larger of what was there and what is there then, by the kilobyte", () => {
    expect(writeUnits(undefined, text(1_024))).toBe(1);
    expect(writeUnits(text(1_025), text(200))).toBe(2);
    expect(writeUnits(text(200), text(3_000))).toBe(3);
    expect(writeUnits(text(200), undefined)).toBe(1);
  });

  it("is paid for where it was refused, too", () => {
    expect(writeUnits(undefined, undefined)).toBe(1);
    expect(writeUnits(text(2_000), text(2_000))).toBe(2);
  });

  it("is paid for again in an index whose entry it puts, takes away or moves, and not in one that stays", () => {
    expect(writeUnits(undefined, at(text(100), "1"))).toBe(2);
    expect(writeUnits(at(text(100), "1"), text(100))).toBe(2);
    expect(writeUnits(at(text(100), "1"), at(text(100), "2"))).toBe(3);
    expect(writeUnits(at(text(100), "1"), at(text(200), "1"))).toBe(1);
  });
});

it("a read is paid for by four kilobytes, and by half where it may be a moment old", () => {
  expect([readUnits(0, true), readUnits(4_096, true), readUnits(4_097, true), readUnits(10, false)]).toEqual([
    1, 1, 2, 0.5,
  ]);
});
