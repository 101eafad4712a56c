import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareModels } from "../../../shared/rules/compare-models.ts";
import { allRules } from "../../../shared/rules/registry.ts";
import type { SpecModel } from "../../../shared/spec/model.ts";
import { timeMirrorWaivers } from "../rules/mirror-waivers.ts";
import { timeMirrorsOf } from "../rules/mirrors.ts";
import { modelOf } from "../spec/documents.ts";
import { chooserOf } from "./chooser.ts";
import { mutate, mutations } from "./mutations.ts";
import { cutDocument, readRealDocument } from "./real-documents.ts";
import { propertyTimeoutMs, runSettings } from "./run-settings.ts";

const rules = allRules();
const waived = new Set(timeMirrorWaivers.flatMap(({ ids }) => ids));

function ruleIdsOf(before: SpecModel, after: SpecModel): Set<string> {
  return new Set(compareModels(before, after, { today: "2026-01-01" }).findings.map(({ ruleId }) => ruleId));
}

/** The rules of `ids` that no rule of `others` mirrors, and that have no waiver. */
function withoutMirror(ids: Set<string>, others: Set<string>): string[] {
  return [...ids].filter((id) => {
    const rule = rules.get(id);
    return rule !== undefined && !waived.has(id) && !timeMirrorsOf(id, rule).some((mirror) => others.has(mirror));
  });
}

/** What a comparison says in one direction only. */
function unmirrored(before: SpecModel, after: SpecModel): string[] {
  const [there, back] = [ruleIdsOf(before, after), ruleIdsOf(after, before)];
  return [...withoutMirror(there, back), ...withoutMirror(back, there)];
}

describe("two documents that change places", () => {
  it.each(["stripe-adj", "github-adj"])("are told apart by the mirrors of the rules: %s", (pair) => {
    const [before, after] = ["old", "new"].map((side) => modelOf(readRealDocument(`${pair}/${side}`)));
    if (before === undefined || after === undefined) throw new Error("a pair has two documents");
    expect(unmirrored(before, after)).toEqual([]);
  });

  it(
    "are told apart by the mirrors of the rules when one keyword differs",
    () => {
      const document = cutDocument(readRealDocument("github-adj/old"), 6, chooserOf(5));
      const model = modelOf(document);
      fc.assert(
        fc.property(fc.constantFrom(...mutations), fc.nat(), (mutation, seed) => {
          const made = mutate(document, mutation, seed);
          fc.pre(made !== undefined);
          if (made === undefined) return;
          expect(unmirrored(model, modelOf(made.mutated)), `${mutation.name} at ${made.edit.pointer}`).toEqual([]);
        }),
        runSettings(0.4),
      );
    },
    propertyTimeoutMs,
  );
});
