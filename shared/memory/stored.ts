import { decodeCursor, encodeCursor } from "../jobs/cursor.ts";
import type { Page, PageRequest } from "../jobs/paging.ts";

/**
 * A copy as a database would give it back: nothing is shared with the caller, and fields that are `undefined` are gone.
 */
export const storedCopy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/**
 * One page of `items` by their sort keys, which are unique in the list.
 * @throws InvalidCursorError
 */
export const pageOf = <T>(
  list: string,
  items: Iterable<T>,
  sortKey: (item: T) => string,
  request: PageRequest,
  order: "newestFirst" | "oldestFirst" = "newestFirst",
): Page<T> => {
  const direction = order === "newestFirst" ? -1 : 1;
  const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -direction : direction);
  const after = decodeCursor(list, request.cursor);
  const rest = [...items]
    .filter((item) => after === undefined || compare(sortKey(item), after) > 0)
    .sort((a, b) => compare(sortKey(a), sortKey(b)));
  const page = rest.slice(0, request.limit);
  const last = page.at(-1);
  return {
    items: page.map(storedCopy),
    ...(rest.length > page.length && last !== undefined ? { nextCursor: encodeCursor(list, sortKey(last)) } : {}),
  };
};
