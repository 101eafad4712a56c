import type { OperationNode, SchemaId, SchemaNode } from "../spec/model.ts";
import type { SlicedModel } from "../spec/normalize/normalize.ts";
import type { ConduitBody, Lead } from "../spec/slice/slice.ts";
import { Doubts, isUnread, isVague, type SchemaRef, type SideName } from "./doubts.ts";

/** Which schemas of two models mean the same. All that compares schemas asks here and compares no hashes itself. */
export type SchemaMeanings = {
  areSame(left: SchemaRef, right: SchemaRef): boolean;
  /**
   * Whether the two are one schema of either document that is written alike in both: comparing them says nothing of
   * themselves, so that they may be compared though nobody knows whether they differ.
   */
  isOnePlace(before: SchemaNode, after: SchemaNode): boolean;
  /** What the two lead to, where they are a conduit that was not read: nothing else of them may differ. */
  leadsOf(before: SchemaNode, after: SchemaNode): readonly Lead[] | undefined;
  /** Bodies of an operation that were left unread, and what they lead to. */
  unreadBodiesOf(operation: OperationNode): readonly ConduitBody[];
  /** The hash of a schema where it serves as its name, which is the same in every comparison. */
  nameOf(node: SchemaNode): string;
  /** Says that each of the old schemas `before` was told apart from each of the new ones `after`. */
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
export const meaningsOfWholes: SchemaMeanings = {
  areSame: (left, right) => left.hash === right.hash,
  isOnePlace: () => false,
  leadsOf: () => undefined,
  unreadBodiesOf: () => [],
  nameOf: ({ hash }) => hash,
  tellAllApart: () => undefined,
  doubtfulPlaces: () => [],
};

/**
 * Meanings of two slices, where a hash may be made of places: equal ones mean the same, different ones may do so too. What
 * was told apart by such hashes is looked into in the end.
 */
export function meaningsOfSlices(
  before: SlicedModel,
  after: SlicedModel,
  leads: ReadonlyMap<string, readonly Lead[]>,
): SchemaMeanings {
  const doubts = new Doubts(before, after);
  const named = new Set<string>();
  let isLost = false;
  const refOf = (side: SideName, { model }: SlicedModel, id: SchemaId): SchemaRef => ({
    side,
    hash: model.schemas[id]?.hash ?? "",
  });
  const areSame = (left: SchemaRef, right: SchemaRef): boolean => {
    if (left.hash === right.hash) return true;
    doubts.noteOne(left, right);
    return false;
  };
  const leadsOf = (old: SchemaNode, fresh: SchemaNode) =>
    old.pointer === fresh.pointer && isUnread(old.hash) && isUnread(fresh.hash) ? leads.get(old.pointer) : undefined;
  const isOnePlace = (old: SchemaNode, fresh: SchemaNode): boolean =>
    leadsOf(old, fresh) !== undefined ||
    (old.pointer === fresh.pointer && before.alikePlaces.has(old.pointer) && after.alikePlaces.has(fresh.pointer));
  return {
    areSame,
    isOnePlace,
    leadsOf,
    unreadBodiesOf: (operation) => before.conduitBodies.get(operation) ?? [],
    nameOf({ hash, pointer }) {
      if (isVague(hash)) named.add(pointer);
      return hash;
    },
    tellAllApart(beforeIds, afterIds) {
      isLost ||= beforeIds.length * afterIds.length > maxPairs;
      if (isLost) return;
      for (const beforeId of beforeIds) {
        for (const afterId of afterIds) {
          const [old, fresh] = [before.model.schemas[beforeId], after.model.schemas[afterId]];
          // Such a component is known by its name.
          if (old !== undefined && fresh !== undefined && old.name !== undefined && isOnePlace(old, fresh)) continue;
          areSame(refOf("before", before, beforeId), refOf("after", after, afterId));
        }
      }
    },
    tellApart: (pairs) => doubts.note(pairs),
    doubtfulPlaces() {
      const places = isLost ? undefined : doubts.unsettledPlaces();
      return places === undefined ? undefined : [...named, ...places];
    },
  };
}
