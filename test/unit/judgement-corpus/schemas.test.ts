import { describe, expect, it } from "vitest";
import { compareDocuments } from "../rules/compare-documents.ts";
import { findingLines, readFindingsTables } from "./findings-tables.ts";
import { alternativesCases1 } from "./schemas/alternatives-1.ts";
import { alternativesCases2 } from "./schemas/alternatives-2.ts";
import { alternativesCases3 } from "./schemas/alternatives-3.ts";
import { alternativesCases4 } from "./schemas/alternatives-4.ts";
import { besideAllOfCases1 } from "./schemas/beside-all-of-1.ts";
import { besideAllOfCases2 } from "./schemas/beside-all-of-2.ts";
import { documentOf, type Place, rootOf, type SchemaCase } from "./schemas/cases.ts";
import { conditionsCases } from "./schemas/conditions.ts";
import { discriminatorsCases1 } from "./schemas/discriminators-1.ts";
import { discriminatorsCases2 } from "./schemas/discriminators-2.ts";
import { discriminatorsCases3 } from "./schemas/discriminators-3.ts";
import { formatsCases } from "./schemas/formats.ts";
import { limitsCases1 } from "./schemas/limits-1.ts";
import { limitsCases2 } from "./schemas/limits-2.ts";
import { limitsCases3 } from "./schemas/limits-3.ts";
import { limitsCases4 } from "./schemas/limits-4.ts";
import { limitsCases5 } from "./schemas/limits-5.ts";
import { listsCases } from "./schemas/lists.ts";
import { listsCases2 } from "./schemas/lists-2.ts";
import { mixedCases1 } from "./schemas/mixed-1.ts";
import { mixedCases2 } from "./schemas/mixed-2.ts";
import { mixedCases3 } from "./schemas/mixed-3.ts";
import { nullCases } from "./schemas/null.ts";
import { objectsCases1 } from "./schemas/objects-1.ts";
import { objectsCases2 } from "./schemas/objects-2.ts";
import { objectsCases3 } from "./schemas/objects-3.ts";
import { objectsCases4 } from "./schemas/objects-4.ts";
import { patternsCases } from "./schemas/patterns.ts";
import { propertiesCases1 } from "./schemas/properties-1.ts";
import { propertiesCases2 } from "./schemas/properties-2.ts";
import { referencesCases } from "./schemas/references.ts";
import { swappedReferencesCases } from "./schemas/swapped-references.ts";
import { typesCases } from "./schemas/types.ts";
import { typesCases2 } from "./schemas/types-2.ts";
import { typesCases3 } from "./schemas/types-3.ts";
import { typesCases4 } from "./schemas/types-4.ts";
import { unionsCases1 } from "./schemas/unions-1.ts";
import { unionsCases2 } from "./schemas/unions-2.ts";
import { unionsCases3 } from "./schemas/unions-3.ts";
import { unionsCases4 } from "./schemas/unions-4.ts";
import { valuesCases1 } from "./schemas/values-1.ts";
import { valuesCases2 } from "./schemas/values-2.ts";
import { valuesCases3 } from "./schemas/values-3.ts";
import { wordsCases } from "./schemas/words.ts";
import { wrappedInAllOfCases1 } from "./schemas/wrapped-in-all-of-1.ts";
import { wrappedInAllOfCases2 } from "./schemas/wrapped-in-all-of-2.ts";

const subjects: Record<string, readonly SchemaCase[]> = {
  types: typesCases,
  formats: formatsCases,
  null: nullCases,
  "values-1": valuesCases1,
  "values-2": valuesCases2,
  "limits-1": limitsCases1,
  "limits-2": limitsCases2,
  "limits-3": limitsCases3,
  patterns: patternsCases,
  "properties-1": propertiesCases1,
  "properties-2": propertiesCases2,
  "objects-1": objectsCases1,
  "objects-2": objectsCases2,
  conditions: conditionsCases,
  lists: listsCases,
  "unions-1": unionsCases1,
  "unions-2": unionsCases2,
  "unions-3": unionsCases3,
  "unions-4": unionsCases4,
  "discriminators-1": discriminatorsCases1,
  "discriminators-2": discriminatorsCases2,
  references: referencesCases,
  "alternatives-1": alternativesCases1,
  "alternatives-2": alternativesCases2,
  "alternatives-3": alternativesCases3,
  "alternatives-4": alternativesCases4,
  "wrapped-in-all-of-1": wrappedInAllOfCases1,
  "wrapped-in-all-of-2": wrappedInAllOfCases2,
  "beside-all-of-1": besideAllOfCases1,
  "beside-all-of-2": besideAllOfCases2,
  "swapped-references": swappedReferencesCases,
  "limits-4": limitsCases4,
  "limits-5": limitsCases5,
  "types-2": typesCases2,
  "types-3": typesCases3,
  "types-4": typesCases4,
  "values-3": valuesCases3,
  "objects-3": objectsCases3,
  "objects-4": objectsCases4,
  "lists-2": listsCases2,
  "discriminators-3": discriminatorsCases3,
  words: wordsCases,
  "mixed-1": mixedCases1,
  "mixed-2": mixedCases2,
  "mixed-3": mixedCases3,
};

/** What is said of each case at the first place where anything is: each finding in all that a reader sees of it. */
const tables = readFindingsTables(new URL("schemas/findings/", import.meta.url));
const firstPlaceOf = ({ expect: wanted }: SchemaCase) => places.find((place) => (wanted[place] ?? []).length > 0);

const places = ["request", "response", "query", "header", "webhook", "callback"] as const satisfies readonly Place[];

describe.each(Object.entries(subjects))("one change of a schema: %s", (_, cases) => {
  const judgements = cases.flatMap((one) =>
    places.flatMap((place) => {
      const wanted = one.expect[place];
      return wanted === undefined ? [] : [{ name: `${one.name} (${place})`, one, place, wanted }];
    }),
  );

  it.each(judgements)("$name", ({ one, place, wanted }) => {
    const changes = compareDocuments(documentOf(place, one, "before"), documentOf(place, one, "after"));
    const { findings, causes } = changes;
    expect(findings.map(({ level, ruleId }) => `${level} ${ruleId}`)).toEqual(wanted);
    expect(causes.length).toBe(wanted.length === 0 ? 0 : (one.causes ?? 1));
    const reached = findings.filter(({ ruleId }) => ruleId !== "api-schema-removed");
    expect(reached.filter(({ operation }) => operation === null)).toEqual([]);
    if (place === firstPlaceOf(one))
      expect(findingLines(one.name, changes, rootOf(place))).toEqual(tables.get(one.name));
  });
});

describe("the corpus of schema changes", () => {
  it("tells every case by a name of its own", () => {
    const names = Object.values(subjects).flatMap((cases) => cases.map(({ name }) => name));
    expect(names.length).toBeGreaterThan(400);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect([...tables.keys()].filter((name) => !names.includes(name))).toEqual([]);
  });
});
