export type UniquePairs<T> = { pairs: [before: T, after: T][]; before: T[]; after: T[] };

/**
 * Pairs what has the same key on both sides, where exactly one on each side has it; the rest stays as it was.
 * @param keyOf `undefined` for what is not to be paired
 * @param mayPair last word on a pair
 */
export function pairUnique<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T, side: "before" | "after") => string | undefined,
  mayPair: (before: T, after: T) => boolean = () => true,
): UniquePairs<T> {
  // Stryker disable next-line all: only speed; nothing pairs with nothing
  if (before.length === 0 || after.length === 0) return { pairs: [], before: [...before], after: [...after] };
  const olds = groupBy(before, (item) => keyOf(item, "before"));
  const news = groupBy(after, (item) => keyOf(item, "after"));
  const pairs: [T, T][] = [];
  const paired = new Set<T>();
  for (const [key, [old, ...others]] of olds) {
    const [fresh, ...more] = news.get(key) ?? [];
    if (old === undefined || fresh === undefined || others.length > 0 || more.length > 0) continue;
    if (!mayPair(old, fresh)) continue;
    pairs.push([old, fresh]);
    paired.add(old).add(fresh);
  }
  return { pairs, before: before.filter((one) => !paired.has(one)), after: after.filter((one) => !paired.has(one)) };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
