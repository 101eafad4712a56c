import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareModels } from "../../../shared/rules/compare-models.ts";
import type { JsonObject } from "../../../shared/spec/json-object.ts";
import { modelOf } from "../spec/documents.ts";
import { chooserOf } from "./chooser.ts";
import { documentsByVersion } from "./generated-documents.ts";
import { type Edit, emptyEdits, mutate, mutations, severalEdits, silentEdits } from "./mutations.ts";
import { cutDocument, readRealDocument } from "./real-documents.ts";
import { propertyTimeoutMs, runSettings } from "./run-settings.ts";

const cutsOfEach = 3;

/** Some paths of a real API, and what they use. */
const cutsOf = (name: string, paths: number): JsonObject[] => {
  const whole = readRealDocument(name);
  return Array.from({ length: cutsOfEach }, (_, index) => cutDocument(whole, paths, chooserOf(index)));
};

const real: [string, JsonObject[]][] = [
  ["Stripe", cutsOf("stripe-adj/old", 1)],
  ["GitHub", cutsOf("github-adj/old", 8)],
];

const seeds = fc.nat();

/** The cuts are compared with many edits each: each is read once. */
const models = new Map(real.flatMap(([, cuts]) => cuts.map((cut) => [cut, modelOf(cut)] as const)));

/** What is wrong with what a comparison says of one edit; `undefined` when it is right, or there is a written reason. */
function complaint(before: JsonObject, after: JsonObject, edit: Edit): string | undefined {
  const [old, fresh] = [models.get(before) ?? modelOf(before), modelOf(after)];
  const { findings, causes } = compareModels(old, fresh, { today: "2026-01-01" });
  const excused = (excuses: typeof silentEdits) => excuses.some((excuse) => excuse.covers(edit));
  const where = `${edit.mutation.kind} ${edit.mutation.name} at ${edit.pointer}`;
  const said = findings.map(({ ruleId, message }) => `\n  ${ruleId}: ${message}`).join("");
  if (old.rootHash === fresh.rootHash) return excused(emptyEdits) ? undefined : `one root hash: ${where}`;
  if (findings.length === 0) return excused(silentEdits) ? undefined : `nothing said: ${where}`;
  return causes.length === 1 || excused(severalEdits) ? undefined : `${causes.length} causes: ${where}${said}`;
}

describe.each(real)("an edit of one keyword of the API of %s", (_, cuts) => {
  it(
    "is one cause, or there is a written reason",
    () => {
      fc.assert(
        fc.property(fc.constantFrom(...cuts), fc.constantFrom(...mutations), seeds, (document, mutation, seed) => {
          const made = mutate(document, mutation, seed);
          fc.pre(made !== undefined);
          if (made !== undefined) expect(complaint(document, made.mutated, made.edit)).toBeUndefined();
        }),
        runSettings(0.5),
      );
    },
    propertyTimeoutMs,
  );
});

describe.each(documentsByVersion)("an edit of one keyword in %s", (_, documents) => {
  it(
    "changes the root hash",
    () => {
      fc.assert(
        fc.property(documents, fc.constantFrom(...mutations), seeds, (document, mutation, seed) => {
          const made = mutate(document, mutation, seed);
          fc.pre(made !== undefined);
          if (made === undefined || emptyEdits.some((excuse) => excuse.covers(made.edit))) return;
          const message = `${mutation.kind} ${mutation.name} at ${made.edit.pointer}`;
          expect(modelOf(made.mutated).rootHash, message).not.toBe(modelOf(document).rootHash);
        }),
        runSettings(1),
      );
    },
    propertyTimeoutMs,
  );
});
