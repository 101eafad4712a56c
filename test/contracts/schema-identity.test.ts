import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const folder = new URL("../../shared/diff/", import.meta.url);

describe("comparers of schemas", () => {
  it("ask their side whether two schemas are the same, and compare no hashes: those of a slice do not tell alone", () => {
    const comparers = readdirSync(folder).filter(
      (name) => /^(schema|keyword)-.*\.ts$/.test(name) && name !== "schema-side.ts",
    );
    expect(comparers.length).toBeGreaterThan(5);
    const comparing = comparers.filter((name) => /\.hash\b/.test(readFileSync(new URL(name, folder), "utf8")));
    expect(comparing).toEqual([]);
  });
});
