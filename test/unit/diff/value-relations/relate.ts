import { describe, expect, it } from "vitest";
import { createValueProof, type ValueRelation } from "../../../../shared/diff/schema-cover.ts";
import type { JsonValue } from "../../../../shared/spec/model.ts";
import { schemaIn } from "../models.ts";

type Schema = { [key: string]: JsonValue } | boolean;

/** Pairs of schemas: the second one accepts more, accepts the same, or cannot be told to do either. */
export type Pairs = { widened?: [Schema, Schema][]; equal?: [Schema, Schema][]; unknown?: [Schema, Schema][] };

const pairsOf = (subjects: Record<string, Pairs>, kind: keyof Pairs, relation: ValueRelation, swapped: ValueRelation) =>
  Object.entries(subjects).flatMap(([subject, pairs]) =>
    (pairs[kind] ?? []).map(
      ([before, after]) =>
        [subject, JSON.stringify(before), JSON.stringify(after), before, after, [relation, swapped]] as const,
    ),
  );

function relationsOf(before: Schema, after: Schema): ValueRelation[] {
  return [
    [before, after],
    [after, before],
  ].map(([old = {}, fresh = {}]) => {
    const [one, other] = [schemaIn("before", old), schemaIn("after", fresh)];
    return createValueProof(one.side, other.side).relationOf(one.id, other.id);
  });
}

/** Tests each pair as it stands and the other way round. */
export function relate(subjects: Record<string, Pairs>): void {
  describe("the values of two schemas, either of them the new one", () => {
    it.each([
      ...pairsOf(subjects, "widened", "widened", "narrowed"),
      ...pairsOf(subjects, "equal", "equal", "equal"),
      ...pairsOf(subjects, "unknown", undefined, undefined),
    ])("%s: %s and %s", (_, __, ___, before, after, relations) => {
      expect(relationsOf(before, after)).toEqual(relations);
    });
  });
}
