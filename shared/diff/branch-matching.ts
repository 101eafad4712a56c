import type { SchemaId, SchemaNode } from "../spec/model.ts";
import { canonicalText } from "./json.ts";
import type { SchemaSide } from "./schema-side.ts";

export type BranchMatches = {
  /** Pairs whose meaning differs; equal branches are left out. */
  changed: [before: SchemaId, after: SchemaId][];
  removed: SchemaId[];
  added: SchemaId[];
  /** How many branches mean exactly the same in both. */
  equalCount: number;
};

/** Shared part of the property names from which two object branches count as one that was edited. */
const minSimilarity = 0.5;
/** Above this many pairs, branches that neither hash nor name connects count as removed and added. */
const maxComparedPairs = 40_000;

/**
 * Finds which branch of a union became which, so that an edit inside a branch is a change and not a removal beside an
 * addition: by hash first, then by component name, title or discriminating value, then by likeness.
 */
export function matchBranches(
  beforeSide: SchemaSide,
  afterSide: SchemaSide,
  before: readonly SchemaId[],
  after: readonly SchemaId[],
): BranchMatches {
  const matches: BranchMatches = { changed: [], removed: [...before], added: [...after], equalCount: 0 };
  const pairUp = (keyOf: (node: SchemaNode, side: SchemaSide) => string | undefined, areEqual: boolean): void => {
    const open = new Map<string, SchemaId[]>();
    for (const id of matches.added) {
      const key = keyOf(afterSide.node(id), afterSide);
      if (key !== undefined) open.set(key, [...(open.get(key) ?? []), id]);
    }
    const taken = new Set<SchemaId>();
    const left: SchemaId[] = [];
    for (const id of matches.removed) {
      const key = keyOf(beforeSide.node(id), beforeSide);
      const partner = key === undefined ? undefined : open.get(key)?.shift();
      if (partner === undefined) left.push(id);
      else {
        taken.add(partner);
        if (areEqual) matches.equalCount += 1;
        else matches.changed.push([id, partner]);
      }
    }
    matches.removed = left;
    matches.added = matches.added.filter((id) => !taken.has(id));
  };

  // Two components may be alike: the one that kept its name is not the one that was edited.
  pairUp(({ name, hash }) => (name === undefined ? undefined : `${name} ${hash}`), true);
  pairUp((node) => node.hash, true);
  beforeSide.meanings.tellAllApart(matches.removed, after);
  beforeSide.meanings.tellAllApart(before, matches.added);
  pairUp((node) => node.name, false);
  pairUp(discriminatingText, false);
  pairUp((node) => node.title, false);
  pairByLikeness(matches, beforeSide, afterSide);
  return matches;
}

/** The fixed values of a branch (`type: "card"`), which tell it from its siblings. */
function discriminatingText(node: SchemaNode, side: SchemaSide): string | undefined {
  const fixed: string[] = [];
  for (const [name, id] of Object.entries(node.properties ?? {})) {
    const property = side.node(id);
    const value = property.const ?? (property.enum?.length === 1 ? property.enum[0] : undefined);
    if (value !== undefined) fixed.push(`${name}=${canonicalText(value)}`);
  }
  return fixed.length === 0 ? undefined : fixed.sort().join("&");
}

function pairByLikeness(matches: BranchMatches, beforeSide: SchemaSide, afterSide: SchemaSide): void {
  if (matches.removed.length * matches.added.length > maxComparedPairs) return;
  const candidates: { before: SchemaId; after: SchemaId; score: number }[] = [];
  const isOnlyPair = matches.removed.length === 1 && matches.added.length === 1;
  for (const before of matches.removed) {
    for (const after of matches.added) {
      const score = likeness(beforeSide, before, afterSide, after, isOnlyPair);
      if (score >= minSimilarity) candidates.push({ before, after, score });
    }
  }
  candidates.sort((left, right) => right.score - left.score);
  const takenBefore = new Set<SchemaId>();
  const takenAfter = new Set<SchemaId>();
  for (const { before, after } of candidates) {
    if (takenBefore.has(before) || takenAfter.has(after)) continue;
    takenBefore.add(before);
    takenAfter.add(after);
    matches.changed.push([before, after]);
  }
  matches.removed = matches.removed.filter((id) => !takenBefore.has(id));
  matches.added = matches.added.filter((id) => !takenAfter.has(id));
}

/** `null` is left out: it may stand beside the alternative instead of in it. */
function typesText({ types }: SchemaNode): string {
  return types?.filter((type) => type !== "null").join(" ") ?? "";
}

/** 0 when the two cannot be one branch, 1 when they look alike. Two different components are never one branch. */
function likeness(
  beforeSide: SchemaSide,
  beforeId: SchemaId,
  afterSide: SchemaSide,
  afterId: SchemaId,
  isOnlyPair: boolean,
): number {
  const before = beforeSide.node(beforeId);
  const after = afterSide.node(afterId);
  if (typesText(before) !== typesText(after)) return 0;
  const beforeNames = [...beforeSide.propertiesOf(beforeId).keys()];
  const afterNames = new Set(afterSide.propertiesOf(afterId).keys());
  if (beforeNames.length === 0 && afterNames.size === 0) {
    const bothNamed = before.name !== undefined && after.name !== undefined;
    return bothNamed && !isOnlyPair ? 0 : before.format === after.format ? 1 : minSimilarity;
  }
  const shared = beforeNames.filter((name) => afterNames.has(name)).length;
  return shared / (beforeNames.length + afterNames.size - shared);
}
