import { UsageError } from "../errors.ts";

type Page<T> = { data: T[]; nextCursor?: string | undefined };

/** The most that a list route gives at once. */
const maxPage = 100;

/** The argument of commands that list. */
export const limitArg = {
  limit: { type: "string", default: "20", valueHint: "N", description: "How many to list at most" },
} as const;

/**
 * Reads `--limit`.
 * @throws UsageError when it is not a whole number from 1 to 10,000
 */
export const readLimit = (text: string): number => {
  const limit = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > 10_000) throw new UsageError(`--limit is a number from 1 to 10000, not ${text}`);
  return limit;
};

/**
 * The first `limit` items of a list, over as many pages as that takes.
 * @example await collect(50, (page) => client.call("listDependencies", { query: page }));
 */
export const collect = async <T>(
  limit: number,
  readPage: (page: { limit: number; cursor?: string }) => Promise<Page<T>>,
): Promise<T[]> => {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const wanted = Math.min(maxPage, limit - items.length);
    const page = await readPage({ limit: wanted, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor !== undefined && items.length < limit);
  return items;
};
