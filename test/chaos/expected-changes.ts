import type { Level } from "../../shared/diff/change-set.ts";
import { compareModels } from "../../shared/rules/compare-models.ts";
import type { SpecModel } from "../../shared/spec/model.ts";
import { normalize } from "../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../shared/spec/parse.ts";
import { type Course, documentAt } from "./upstream/documents.ts";

/** What the step from one version to another comes to, judged outside the pipeline. */
export type ExpectedChanges = {
  /** Rule and place of each change event, sorted. */
  findings: string[];
  /** The worst level of each cause, by its key. */
  causes: ReadonlyMap<string, Level>;
};

/** A change event in the words of `ExpectedChanges`. */
export const findingText = ({ ruleId, pointer }: { ruleId: string; pointer: string }): string => `${ruleId} ${pointer}`;

type Step = { number: number; course: Course; from: number; to: number };

/** A judge that remembers what it has compared. */
export const createJudge = (): ((step: Step) => ExpectedChanges) => {
  const models = new Map<string, SpecModel>();
  const modelOf = (number: number, version: number, course: Course): SpecModel => {
    const key = `${number} ${version} ${course}`;
    const model = models.get(key) ?? normalize(parseDocument(documentAt(number, version, course).plain));
    models.set(key, model);
    return model;
  };
  return ({ number, course, from, to }) => {
    const { findings, causes } = compareModels(modelOf(number, from, course), modelOf(number, to, course));
    return {
      findings: findings.map(findingText).sort(),
      causes: new Map(causes.map(({ key, level }) => [key, level])),
    };
  };
};
