import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { SourcePlace } from "../../../shared/diff/change-set.ts";
import { allRules } from "../../../shared/rules/registry.ts";
import { compareDocuments } from "./compare-documents.ts";

/** A table of each family of rules; a line of it is the whole finding that the example of a rule gives, tab by tab. */
const folder = new URL("example-findings/", import.meta.url);
const [heading, ...lines] = readdirSync(folder)
  .sort()
  .flatMap((file, index) =>
    readFileSync(new URL(file, folder), "utf8").trimEnd().split("\n").slice(Math.min(index, 1)),
  );
const expected = new Map(lines.map((line) => [line.slice(0, line.indexOf("\t")), line]));
const rules = allRules();

const pointerOf = (place: SourcePlace | null) => place?.pointer ?? "-";

/** The columns of the tables' heading. */
function linesOf(before: unknown, after: unknown): string[] {
  const { findings, causes } = compareDocuments(before, after);
  return findings.map((finding, index) =>
    [
      finding.ruleId,
      [finding.level, finding.direction, finding.kind].join(" "),
      finding.message,
      JSON.stringify(finding.args),
      pointerOf(finding.before),
      pointerOf(finding.after),
      finding.affectedOperations.map(({ method, path }) => `${method} ${path}`).join(", ") || "-",
      causes.find((cause) => cause.findings.includes(index))?.scope ?? "no cause",
    ].join("\t"),
  );
}

describe("the finding of each rule's example", () => {
  it("stands in one table", () => {
    expect(heading).toBe("rule\tjudged\tmessage\targuments\tbefore\tafter\toperations\tcause");
    expect(lines.map((line) => line.split("\t")[0]).sort()).toEqual([...rules.keys()].sort());
  });

  it.each([...rules])("%s says what the tables say, in all its parts", (id, { example }) => {
    expect(linesOf(example.before, example.after)).toEqual([expected.get(id)]);
  });
});
