import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { compare } from "../../../cli/library/forewarn.ts";
import { renderJunit } from "../../../shared/report/junit.ts";
import { changeSetOfText, noChanges, smallChangeSet } from "./change-sets.ts";

const control = String.fromCharCode(27);

/** What a parser of XML has against the text. */
const problemOf = (xml: string) => {
  const result = XMLValidator.validate(xml);
  return result === true ? undefined : result.err;
};

/** What a reader of the report counts: suites, tests and failures. */
const countsOf = (xml: string) => {
  const asLists = { isArray: (name: string) => ["testsuite", "testcase", "failure"].includes(name) };
  const { testsuites } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "", ...asLists }).parse(xml);
  const suites: { testcase?: { failure?: object[] }[] }[] = testsuites.testsuite;
  const cases = suites.flatMap(({ testcase = [] }) => testcase);
  const failures = cases.flatMap(({ failure = [] }) => failure);
  return {
    said: [Number(testsuites.tests), Number(testsuites.failures)],
    found: [cases.length, failures.length],
  };
};

describe("the report as JUnit's XML", () => {
  it("has a suite for each cause and a failed test for each breaking finding", () => {
    expect(renderJunit(smallChangeSet)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="forewarn: Pets 1 → Pets 2" tests="3" failures="2" errors="0">
        <testsuite name="Changed the type of the request property \`tag\` of \`Pet\` from string to integer, which 2 operations use" tests="2" failures="2" errors="0">
          <testcase classname="request-property-type-changed" name="changed the type of the request property \`tag\` of \`Pet\` from string to integer at /components/schemas/Pet/properties/tag/type">
            <failure type="request-property-type-changed" message="changed the type of the request property \`tag\` of \`Pet\` from string to integer">breaking: changed the type of the request property \`tag\` of \`Pet\` from string to integer
      at /components/schemas/Pet/properties/tag/type
      old.yaml:9 → api/new.yaml:12
      POST /pets</failure>
          </testcase>
          <testcase classname="response-property-type-changed" name="changed the type of the response property \`tag\` of \`Pet\` from string to integer at /components/schemas/Pet/properties/tag/type">
            <failure type="response-property-type-changed" message="changed the type of the response property \`tag\` of \`Pet\` from string to integer">breaking: changed the type of the response property \`tag\` of \`Pet\` from string to integer
      at /components/schemas/Pet/properties/tag/type
      old.yaml:9 → api/new.yaml:12
      GET /pets
      POST /pets</failure>
          </testcase>
        </testsuite>
        <testsuite name="Removed GET /pets" tests="1" failures="0" errors="0">
          <testcase classname="rule-of-another-release" name="removed GET /pets at /paths/~1pets/get">
            <system-out>risky: removed GET /pets
      at /paths/~1pets/get
      old.yaml:4
      GET /pets</system-out>
          </testcase>
        </testsuite>
      </testsuites>
      "
    `);
  });

  it("fails the tests of the levels that the caller fails on", () => {
    const counts = /<testsuites .* tests="(\d+)" failures="(\d+)"/.exec(
      renderJunit(smallChangeSet, { failingLevels: ["breaking", "risky"] }),
    );
    expect(counts?.slice(1)).toEqual(["3", "3"]);
  });

  it("has one test that passed when nothing changed", () => {
    expect(renderJunit(noChanges)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="forewarn: Pets 1 → Pets 2" tests="1" failures="0" errors="0">
        <testsuite name="forewarn" tests="1" failures="0" errors="0">
          <testcase classname="forewarn" name="No changes: both documents describe the same API."/>
        </testsuite>
      </testsuites>
      "
    `);
  });

  it.each([
    ["a small report", renderJunit(smallChangeSet)],
    [
      "markup, controls and halves of characters",
      renderJunit(changeSetOfText(`<a b='"'>&]]>\r\n\t${control}\0\ud800￾`)),
    ],
  ])("is well-formed with %s", (_, xml) => {
    expect(problemOf(xml)).toBeUndefined();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: https://www.w3.org/TR/xml/#charsets
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u);
  });

  it("is understood as it was meant, for two real versions of an API", () => {
    const specOf = (version: string) =>
      gunzipSync(readFileSync(new URL(`../../fixtures/specs/github-adj/${version}.json.gz`, import.meta.url)));
    const changes = compare(specOf("old"), specOf("new"), { sourceBefore: "old.json", sourceAfter: "new.json" });
    const xml = renderJunit(changes, { failingLevels: ["breaking", "risky"] });
    const { total, breaking, risky } = changes.counts;
    expect(problemOf(xml)).toBeUndefined();
    expect(countsOf(xml)).toEqual({ said: [total, breaking + risky], found: [total, breaking + risky] });
  });
});
