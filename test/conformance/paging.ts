import { expect, vi } from "vitest";
import type { Page, PageRequest } from "../../shared/jobs/paging.ts";

/** Repeats an assertion about a list while an index catches up; on the local cloud and in memory the first try holds. */
export const eventually = (assertion: () => Promise<void>): Promise<void> =>
  vi.waitFor(assertion, { timeout: 15_000, interval: 100 });

/** Every item of a list, read page by page; fails when a page before the last is not full. */
export const allPages = async <T>(list: (page: PageRequest) => Promise<Page<T>>, limit: number): Promise<T[]> => {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<T> = await list({ limit, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items);
    if (page.nextCursor !== undefined) expect(page.items).toHaveLength(limit);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
};

/** The cursor of a list's first page of one. */
export const firstCursor = async <T>(list: (page: PageRequest) => Promise<Page<T>>): Promise<string> => {
  const { nextCursor } = await list({ limit: 1 });
  if (nextCursor === undefined) throw new Error("the list has one page only");
  return nextCursor;
};
