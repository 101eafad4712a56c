import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { compareModels } from "../../../shared/rules/compare-models.ts";
import { normalize } from "../../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../../shared/spec/parse.ts";

describe("causes", () => {
  it("are the six edits that matter to a client among the nine between two versions of a real document", () => {
    const read = (version: string) => {
      const file = new URL(`../../fixtures/specs/stripe-adj/${version}.json.gz`, import.meta.url);
      return normalize(parseDocument(gunzipSync(readFileSync(file))));
    };
    const changes = compareModels(read("old"), read("new"));
    expect(changes.counts).toEqual({ breaking: 0, risky: 0, safe: 6, total: 6, causes: 6 });
    expect(changes.causes.map(({ scope, affectedOperations }) => [scope, affectedOperations.length])).toEqual([
      ["schema", 416],
      ["schema", 416],
      ["endpoint", 1],
      ["endpoint", 1],
      ["endpoint", 1],
      ["endpoint", 1],
    ]);
    expect(changes.findings.map((finding) => finding.ruleId)).toEqual([
      "response-optional-property-added",
      "response-optional-property-added",
      "new-optional-request-property",
      "new-optional-request-property",
      "new-optional-request-property",
      "endpoint-added",
    ]);
  });
});
