import { compareStrings } from "../canonical-json.ts";

/** `items` sorted by their key, in place; of those with one key the last stays, as in an object that is written twice. */
export function sortByKey<T>(items: T[], keyOf: (item: T) => string): T[] {
  if (items.length < 2) return items;
  items.sort((a, b) => compareStrings(keyOf(a), keyOf(b))); // stable
  return items.filter((item, index) => {
    const next = items[index + 1];
    return next === undefined || keyOf(next) !== keyOf(item);
  });
}
