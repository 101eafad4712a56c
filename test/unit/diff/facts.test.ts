import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { diffModels } from "../../../shared/diff/diff-models.ts";
import { allRules } from "../../../shared/rules/registry.ts";
import { normalize } from "../../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../../shared/spec/parse.ts";

const modelOf = (document: unknown) => normalize(parseDocument(new TextEncoder().encode(JSON.stringify(document))));
const examples = [...allRules().values()].map(({ example: { before, after } }) => [modelOf(before), modelOf(after)]);

/** Subject, action, and which of the two documents has the thing: one line for each kind of fact. */
const kindsOfFacts = readFileSync(new URL("kinds-of-facts.txt", import.meta.url), "utf8")
  .trimEnd()
  .split("\n");

it("says of each kind of change what changed, how, and what either document has of it", () => {
  const kinds = new Set<string>();
  for (const [before, after] of examples) {
    if (before === undefined || after === undefined) continue;
    for (const fact of diffModels(before, after)) {
      const sides = (["before", "after"] as const).filter((side) => fact[side] !== undefined);
      kinds.add([fact.subject, fact.action, ...sides].join(" "));
    }
  }
  expect([...kinds].sort()).toEqual(kindsOfFacts);
});
