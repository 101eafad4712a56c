import { createHash } from "node:crypto";
import { InvalidCursorError } from "../../shared/jobs/errors.ts";
import type { Page, PageRequest } from "../../shared/jobs/paging.ts";

/**
 * A page of a list that is at hand as a whole and never changes. The cursor is the position, bound to the list.
 * @param listId names the list, filters included: a cursor of another one is refused
 * @throws InvalidCursorError
 */
export const pageOfList = <T>(listId: string, list: readonly T[], { limit, cursor }: PageRequest): Page<T> => {
  const mark = createHash("sha256").update(listId).digest("base64url").slice(0, 16);
  const start = cursor === undefined ? 0 : positionOf(cursor, mark, list.length);
  const end = start + limit;
  const items = list.slice(start, end);
  return end < list.length ? { items, nextCursor: `${mark}${end}` } : { items };
};

const positionOf = (cursor: string, mark: string, length: number): number => {
  const position = Number(cursor.slice(mark.length));
  if (!cursor.startsWith(mark) || !Number.isInteger(position) || position < 1 || position >= length) {
    throw new InvalidCursorError();
  }
  return position;
};
