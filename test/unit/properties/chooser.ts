/** A number from 0 to below `count`. */
export type Choose = (count: number) => number;

/** Choices that follow from `seed` alone (mulberry32, by Tommy Ettinger, public domain). */
export function chooserOf(seed: number): Choose {
  let state = seed | 0;
  return (count) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * count);
  };
}

/** `items` in another order. */
export function shuffled<T>(items: readonly T[], choose: Choose): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = choose(last + 1);
    [result[last], result[other]] = [result[other] as T, result[last] as T]; // both indexes are inside
  }
  return result;
}
