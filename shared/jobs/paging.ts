/** One page of a list, newest first. `nextCursor` is opaque, and absent on the last page. */
export type Page<T> = { items: T[]; nextCursor?: string };

/** `limit` is 1 to 100. A cursor that this list did not issue gives `InvalidCursorError`. */
export type PageRequest = { limit: number; cursor?: string };
