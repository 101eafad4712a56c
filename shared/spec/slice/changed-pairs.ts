import { decodeFragment, splitPointer } from "../pointers.ts";
import type { TreePairs } from "./tree-pairs.ts";

/**
 * Marks every pair that does not mean the same on both sides for certain: where members differ, what holds such a pair, and
 * what refers to one, to a fixpoint. What stays unmarked is written alike at the same place, and so is all that it leads to.
 * @returns 1 for each marked pair; `undefined` where a reference names its target by other means than its place (`$id`,
 * `$anchor`, another document), so that this cannot be told
 */
export function markChangedPairs(pairs: TreePairs): Uint8Array<ArrayBuffer> | undefined {
  const marked = new Uint8Array(pairs.count);
  const users = new Map<number, number[][]>();
  const pending: number[] = [];
  const mark = (pair: number): void => {
    for (let id = pair; id >= 0 && marked[id] === 0; id = pairs.parentOf(id)) {
      marked[id] = 1;
      pending.push(id);
    }
  };
  for (const [reference, from] of pairs.references) {
    const tokens = reference.startsWith("#") ? splitPointer(decodeFragment(reference.slice(1))) : undefined;
    if (tokens === undefined) return undefined;
    if (pairs.differing.length === 0) continue;
    const target = pairs.find(tokens);
    if (target === undefined) continue; // leads nowhere in both
    if (target === "unpaired") from.forEach(mark);
    else {
      const known = users.get(target.id);
      if (known === undefined) users.set(target.id, [from]);
      else known.push(from);
    }
  }
  pairs.differing.forEach(mark);
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    for (const from of users.get(id) ?? []) from.forEach(mark);
  }
  return marked;
}

/** Marks every pair that is written differently: where members differ, and what holds such a pair. */
export function markDifferentPairs(pairs: TreePairs): Uint8Array {
  const marked = new Uint8Array(pairs.count);
  for (const pair of pairs.differing) {
    for (let id = pair; id >= 0 && marked[id] === 0; id = pairs.parentOf(id)) marked[id] = 1;
  }
  return marked;
}
