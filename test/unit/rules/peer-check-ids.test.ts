import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { requestWith, responseWith } from "../../../shared/rules/example-documents.ts";
import { allRules } from "../../../shared/rules/registry.ts";
import { ruleIdsOf } from "./compare-documents.ts";

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const [, ...lines] = read("test/fixtures/peer-check-ids/peer-check-ids.tsv").trim().split("\n");
const peerIds = lines.map((line) => line.split("\t")[0] ?? "");
const page = read("docs/rules/differences.md");
const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)].map(([, id = "", why = ""]) => ({ id, why }));
const rules = allRules();

describe("the 509 ids of the best-known engine", () => {
  it("are each a rule of ours or a line of the page of differences", () => {
    expect(peerIds.length).toBe(509);
    const missing = peerIds.filter((id) => !rules.has(id));
    expect(rows.map(({ id }) => id).sort()).toEqual(missing.sort());
  });

  it("are counted on the page", () => {
    expect(page).toContain(`${509 - rows.length} are rules of ours`);
    expect(page).toContain(`The other ${rows.length} are here`);
  });

  it("differ for one of two reasons, in a sentence that names only rules that exist", () => {
    const unclear = rows.filter(
      ({ why }) => !/^(Same meaning as|Does not name a change of the contract:) .*\.$/.test(why),
    );
    expect(unclear).toEqual([]);
    const named = rows.flatMap(({ why }) => [...why.matchAll(/our `([a-z-]+)`/g)].map(([, id = ""]) => id));
    expect(named.filter((id) => !rules.has(id))).toEqual([]);
  });
});

describe("what the page says of them", () => {
  const text = { type: "string", minLength: 2 };
  const described = { allOf: [text, { description: "A name" }] };
  const object = (value: object) => ({ type: "object", properties: { value: { type: "integer", ...value } } });

  it("holds for a member that only describes", () => {
    for (const wrap of [requestWith, responseWith]) expect(ruleIdsOf(wrap(text), wrap(described))).toEqual([]);
    expect(ruleIdsOf(requestWith(described), requestWith(text))).toEqual([]);
  });

  it("holds for what does not travel in a direction", () => {
    const [sent, received] = [{ readOnly: true }, { writeOnly: true }];
    const edit = (wrap: typeof requestWith, flag: object) =>
      ruleIdsOf(wrap(object({ ...flag, maximum: 9 })), wrap(object({ ...flag, maximum: 5 })));
    expect(edit(requestWith, sent)).toEqual([]);
    expect(edit(responseWith, sent)).toEqual(["response-property-max-decreased"]);
    expect(edit(responseWith, received)).toEqual([]);
    expect(edit(requestWith, received)).toEqual(["request-property-max-decreased"]);
  });
});
