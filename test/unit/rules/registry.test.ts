import { describe, expect, it } from "vitest";
import { allRules, checks } from "../../../shared/rules/registry.ts";

const rules = allRules();

describe("the registry of rules", () => {
  it("declares every id once", () => {
    const ids = checks.flatMap((check) => Object.keys(check.rules));
    expect(ids.length).toBe(new Set(ids).size);
    expect(ids.length).toBeGreaterThanOrEqual(60);
  });

  it("writes ids in kebab-case and sentences without a full stop", () => {
    const misspelt = [...rules].filter(([id, { message }]) => !/^[a-z]+(-[a-z]+)*$/.test(id) || message.endsWith("."));
    expect(misspelt).toEqual([]);
  });

  it("says why and what to do in whole sentences", () => {
    const silent = [...rules].filter(([, { why, migration }]) => !/\.$/.test(why) || !/\.$/.test(migration));
    expect(silent.map(([id]) => id)).toEqual([]);
  });
});
