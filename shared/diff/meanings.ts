import type { SchemaId, SchemaNode, SpecModel } from "../spec/model.ts";
import { Doubts, isVague, type SchemaRef } from "./doubts.ts";

/** Which schemas of two models mean the same. */
export type SchemaMeanings = {
  areSame(before: SchemaId, after: SchemaId): boolean;
  /** The hash of a schema where it serves as its name, which is the same in every comparison. */
  nameOf(node: SchemaNode): string;
  /** Says that each of `before` was told apart from each of `after`. */
  tellAllApart(before: readonly SchemaId[], after: readonly SchemaId[]): void;
  /** Set where hashes do not tell alone: says that two things were told apart which have these schemas in common places. */
  tellApart?: (pairs: readonly [SchemaRef, SchemaRef][]) => void;
  /**
   * Places that have to be read in order to tell for certain that what was told apart differs; empty when it does.
   * `undefined` when only the whole documents can tell.
   */
  doubtfulPlaces(): string[] | undefined;
};

/** Above this many pairs of schemas, it is not tried to tell all of them apart. */
const maxPairs = 40_000;

/** Meanings of models that were read in whole: by hash. */
export function compareMeanings(before: SpecModel, after: SpecModel): SchemaMeanings {
  return {
    areSame: (beforeId, afterId) => before.schemas[beforeId]?.hash === after.schemas[afterId]?.hash,
    nameOf: (node) => node.hash,
    tellAllApart: () => undefined,
    doubtfulPlaces: () => [],
  };
}

/**
 * Meanings of two slices, where a hash may be made of places: equal ones mean the same, different ones may do so too. What
 * was told apart by such hashes is looked into in the end.
 */
export function compareMeaningsOfSlices(before: SpecModel, after: SpecModel): SchemaMeanings {
  const doubts = new Doubts(before.schemas, after.schemas);
  const { areSame } = compareMeanings(before, after);
  const named = new Set<string>();
  let isLost = false;
  const tellApart = (beforeId: SchemaId, afterId: SchemaId): void =>
    doubts.note([
      [
        { side: "before", id: beforeId },
        { side: "after", id: afterId },
      ],
    ]);
  return {
    areSame(beforeId, afterId) {
      if (areSame(beforeId, afterId)) return true;
      tellApart(beforeId, afterId);
      return false;
    },
    nameOf(node) {
      if (isVague(node.hash)) named.add(node.pointer);
      return node.hash;
    },
    tellAllApart(beforeIds, afterIds) {
      isLost ||= beforeIds.length * afterIds.length > maxPairs;
      if (isLost) return;
      for (const beforeId of beforeIds) for (const afterId of afterIds) tellApart(beforeId, afterId);
    },
    tellApart: (pairs) => doubts.note(pairs),
    doubtfulPlaces() {
      const places = isLost ? undefined : doubts.unsettledPlaces();
      return places === undefined ? undefined : [...named, ...places];
    },
  };
}
