import fc from "fast-check";
import { dump } from "js-yaml";
import { describe, expect, it } from "vitest";
import { compareModels } from "../../../shared/rules/compare-models.ts";
import type { JsonObject } from "../../../shared/spec/json-object.ts";
import { modelOf } from "../spec/documents.ts";
import { documentsByVersion } from "./generated-documents.ts";
import { respell, respellings, stepArbitrary } from "./respellings.ts";
import { propertyTimeoutMs, runSettings } from "./run-settings.ts";

/** What a comparison in both directions says, and whether the root hashes are equal. */
function differences(before: JsonObject | string, after: JsonObject | string) {
  const [old, fresh] = [modelOf(before), modelOf(after)];
  const said = (one: typeof old, other: typeof old) =>
    compareModels(one, other, { today: "2026-01-01" }).findings.map(({ ruleId, message }) => `${ruleId}: ${message}`);
  return { isSame: old.rootHash === fresh.rootHash, there: said(old, fresh), back: said(fresh, old) };
}

const nothing = { isSame: true, there: [], back: [] };

describe.each(documentsByVersion)("the same API in %s", (_, documents) => {
  it.each(respellings)(
    "$name",
    ({ name }) => {
      fc.assert(
        fc.property(documents, fc.nat(), (document, seed) => {
          expect(differences(document, respell(document, [{ respelling: name, seed }]))).toEqual(nothing);
        }),
        runSettings(0.06),
      );
    },
    propertyTimeoutMs,
  );

  it(
    "is itself",
    () => {
      fc.assert(
        fc.property(documents, (document) => {
          expect(differences(document, document)).toEqual(nothing);
        }),
        runSettings(0.2),
      );
    },
    propertyTimeoutMs,
  );

  it(
    "re-spelled in several ways at once, and through YAML",
    () => {
      fc.assert(
        fc.property(documents, fc.array(stepArbitrary, { minLength: 1, maxLength: 6 }), (document, steps) => {
          expect(differences(document, dump(respell(document, steps)))).toEqual(nothing);
        }),
        runSettings(0.3),
      );
    },
    propertyTimeoutMs,
  );
});
