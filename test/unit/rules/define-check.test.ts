import { describe, expect, it } from "vitest";
import type { Fact } from "../../../shared/diff/facts.ts";
import { judge } from "../../../shared/rules/judge.ts";
import { defineCheck } from "../../../shared/rules/rule.ts";
import { modelOf } from "../diff/models.ts";

const rule = {
  level: "safe",
  direction: "none",
  area: "paths",
  kind: "existence",
  action: "add",
  why: "Because.",
  migration: "Nothing.",
  example: { before: {}, after: {} },
} as const;

const operation = modelOf({ paths: { "/pets": { get: { responses: {} } } } }).operations[0];
const fact: Fact = {
  subject: "operation",
  action: "added",
  before: undefined,
  after: operation,
  wholePath: true,
  location: { before: null, after: "/paths/~1pets/get", scope: "endpoint", edit: "/paths/~1pets", container: "" },
  direction: "none",
  usedBy: [{ method: "GET", path: "/pets" }],
};

describe("a check", () => {
  it("can report only what it declares, with every argument of the message", () => {
    const check = defineCheck({
      rules: { "path-met": { ...rule, message: "met {path} at {place}" } },
      run(facts, report) {
        for (const one of facts.operation) {
          report("path-met", one, { path: one.after?.path ?? "" });
          // @ts-expect-error an id that is not declared
          report("path-missed", one, { path: "" });
          // @ts-expect-error an argument that the message needs is missing
          const report2 = () => report("path-met", one, {});
          expect(report2).toBeTypeOf("function");
        }
      },
    });
    const none = new Proxy({} as Parameters<typeof check.run>[0], {
      get: (_, subject) => (subject === "operation" ? [fact] : []),
    });
    const reported = check.run(none, { today: "2026-01-01" });
    expect(reported.map(({ ruleId, args }) => [ruleId, args])).toEqual([["path-met", { path: "/pets" }]]);
  });

  it("is asked with the facts of its subject alone", () => {
    const reported = judge([fact], { today: "2026-01-01" });
    expect(reported.map(({ ruleId, args }) => [ruleId, args])).toEqual([
      ["endpoint-added", { operation: "GET /pets" }],
    ]);
  });
});
