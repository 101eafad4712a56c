import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
// The schema of OASIS, which Microsoft's matchers for tests bring along.
import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { compare } from "../../../cli/library/forewarn.ts";
import { renderSarif } from "../../../shared/report/sarif.ts";
import { type AdjustedChangeSet, adjustChangeSet } from "../../../shared/rules/adjust-change-set.ts";
import { allRules } from "../../../shared/rules/registry.ts";
import { changeSetOfText, noChanges, smallChangeSet } from "./change-sets.ts";

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url));
const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const isValid = ajv.compile(schema);

const problemsOf = (changes: AdjustedChangeSet, rulesUrl?: string) => {
  isValid(JSON.parse(renderSarif(changes, { version: "1.2.3", rulesUrl })));
  return isValid.errors ?? [];
};

const specOf = (pair: string, version: "old" | "new") =>
  gunzipSync(read(`test/fixtures/specs/${pair}/${version}.json.gz`));

describe("the report as SARIF, held against the schema of OASIS", () => {
  it("is not valid when something is wrong, so that the schema is known to be looked at", () => {
    expect(isValid({ version: "2.1.0", runs: [{ results: [{}] }] })).toBe(false);
  });

  it.each(["github-adj", "stripe-adj"])("is valid for two real versions: %s", (pair) => {
    const [sourceBefore, sourceAfter] = ["api/old.json", "https://api.example.com/open api.json?x=ä"];
    const changes = compare(specOf(pair, "old"), specOf(pair, "new"), { sourceBefore, sourceAfter });
    expect(changes.findings.length).toBeGreaterThan(5);
    expect(problemsOf(changes, "https://docs.example.com/rules/")).toEqual([]);
  });

  it("is valid with a finding of every rule, which have no lines", () => {
    const findings = [...allRules()].flatMap(
      ([, { example }]) => compare(Object(example.before), Object(example.after), { today: "2026-01-01" }).findings,
    );
    expect(findings.length).toBeGreaterThanOrEqual(allRules().size);
    expect(problemsOf({ ...smallChangeSet, findings }, "https://docs.example.com/rules")).toEqual([]);
  });

  it.each<[string, AdjustedChangeSet]>([
    ["no changes", noChanges],
    ["a finding of the whole document", withoutOperations()],
    ["hostile text", changeSetOfText(`a b\\c"<>%\u0000\ud800\n|{}^äß💥`)],
    ["standard input", { ...smallChangeSet, after: { ...smallChangeSet.after, source: "-" } }],
    ["a path of Windows", { ...smallChangeSet, after: { ...smallChangeSet.after, source: "C:\\apis\\new one.yaml" } }],
    ["ignored findings", ignoring("GET /pets")],
  ])("is valid for %s", (_, changes) => {
    expect(problemsOf(changes)).toEqual([]);
  });

  it("tells what was ignored as suppressed, with who answers for it until when", () => {
    const log = JSON.parse(renderSarif(ignoring("GET /pets"), { version: "1.2.3" }));
    const results: { ruleId: string; suppressions?: object[]; properties: { affectedOperations: string[] } }[] =
      log.runs[0].results;
    expect(
      results.map(({ ruleId, suppressions, properties }) => [ruleId, properties.affectedOperations, suppressions]),
    ).toEqual([
      ["request-property-type-changed", ["POST /pets"], undefined],
      ["response-property-type-changed", ["POST /pets"], undefined],
      ["rule-of-another-release", ["GET /pets"], undefined],
      [
        "response-property-type-changed",
        ["GET /pets"],
        [{ kind: "external", status: "accepted", justification: "agreed (ada, until 2026-12-31)" }],
      ],
    ]);
  });

  it("links each rule to its page where it is told where the pages are", () => {
    const { driver } = JSON.parse(
      renderSarif(smallChangeSet, { version: "1.2.3", rulesUrl: "https://docs.example.com/rules/" }),
    ).runs[0].tool;
    expect(driver.rules.map(({ id, helpUri }: { id: string; helpUri?: string }) => [id, helpUri])).toEqual([
      ["request-property-type-changed", "https://docs.example.com/rules/schema.html#request-property-type-changed"],
      ["response-property-type-changed", "https://docs.example.com/rules/schema.html#response-property-type-changed"],
      ["rule-of-another-release", undefined],
    ]);
  });
});

function withoutOperations(): AdjustedChangeSet {
  const findings = smallChangeSet.findings.map((finding) => ({
    ...finding,
    operation: null,
    affectedOperations: [],
    pointer: "",
    before: { pointer: "" },
    after: null,
  }));
  return { ...smallChangeSet, findings };
}

function ignoring(operation: string): AdjustedChangeSet {
  const entry = { rule: "response-property-type-changed", reason: "agreed", owner: "ada", until: "2026-12-31" };
  return adjustChangeSet(
    smallChangeSet,
    { ignores: [{ ...entry, operation }] },
    { today: "2026-01-01", tagsOf: () => [] },
  );
}
