import { describe, expect, it } from "vitest";
import { AppError, compare } from "../../../cli/library/forewarn.ts";
import { compareDocuments, withoutRootHashes } from "../rules/compare-documents.ts";

const api = (required: boolean) => ({
  openapi: "3.0.3",
  info: { title: "Pets", version: "1" },
  paths: {
    "/pets": {
      get: {
        parameters: [{ name: "limit", in: "query", required, schema: { type: "integer" } }],
        responses: { "204": { description: "Done" } },
      },
    },
  },
});
const today = "2026-01-01";

describe("compare", () => {
  it("gives the change set of two documents, without lines that nobody wrote", () => {
    expect(compare(api(false), api(true), { today })).toEqual(
      withoutRootHashes(compareDocuments(api(false), api(true))),
    );
  });

  it("knows the lines of text and of bytes", () => {
    const text = JSON.stringify(api(true), null, 1);
    const old = new TextEncoder().encode(JSON.stringify(api(false), null, 1));
    const { before, after, findings } = compare(old, text, {
      today,
      sourceBefore: "old.json",
      sourceAfter: "new.json",
    });
    expect([before.source, after.source]).toEqual(["old.json", "new.json"]);
    expect(findings.map((one) => [one.ruleId, one.before?.line, one.after?.line])).toEqual([
      ["request-parameter-became-required", 11, 14],
    ]);
  });

  it("refuses what is no document with an error of its own", () => {
    expect(() => compare([], api(true))).toThrow(AppError);
    expect(() => compare("{", api(true))).toThrow(/the document ends in the middle/);
  });
});
