import { dump } from "js-yaml";
import { describe, expect, it } from "vitest";
import { compareModels } from "../../../shared/rules/compare-models.ts";
import type { SpecModel } from "../../../shared/spec/model.ts";
import { modelOf } from "../spec/documents.ts";
import { readRealDocument } from "./real-documents.ts";

function compare(before: SpecModel, after: SpecModel) {
  const { findings, causes } = compareModels(before, after, { today: "2026-01-01" });
  return { findings, causes };
}

describe.each(["stripe-adj", "github-adj"])("the pair %s", (pair) => {
  const [old, fresh] = [readRealDocument(`${pair}/old`), readRealDocument(`${pair}/new`)];
  const [before, after] = [modelOf(old), modelOf(fresh)];

  it("says the same in every run", () => {
    expect(compare(modelOf(old), modelOf(fresh))).toEqual(compare(before, after));
    expect(compare(modelOf(fresh), modelOf(old))).toEqual(compare(after, before));
  });

  it("says nothing of a document and itself", () => {
    expect(compare(before, before)).toEqual({ findings: [], causes: [] });
    expect(compare(after, after)).toEqual({ findings: [], causes: [] });
  });
});

it("a pair says the same through YAML", () => {
  const [old, fresh] = [readRealDocument("stripe-adj/old"), readRealDocument("stripe-adj/new")];
  const [before, after] = [modelOf(old), modelOf(fresh)];
  const [beforeYaml, afterYaml] = [modelOf(dump(old)), modelOf(dump(fresh))];
  expect(compare(beforeYaml, afterYaml)).toEqual(compare(before, after));
  expect(compare(afterYaml, beforeYaml)).toEqual(compare(after, before));
});
