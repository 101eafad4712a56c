/** One page of a list, newest first. `nextCursor` is opaque, and absent on the last page. */
export type Page<T> = { items: T[]; nextCursor?: string };

/** `limit` is 1 to 100. A cursor that this list did not issue gives `InvalidCursorError`. */
export type PageRequest = { limit: number; cursor?: string };

const largestPage = 100;

/** Every item of a list. Pages are read as they are needed: who stops early reads no further one. */
export async function* everyItem<T>(readPage: (request: PageRequest) => Promise<Page<T>>): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const page = await readPage({ limit: largestPage, ...(cursor === undefined ? {} : { cursor }) });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}
