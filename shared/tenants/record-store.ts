import { everyItem, type Page, type PageRequest } from "../jobs/paging.ts";

/** A list of a tenant's own things, by id. Another tenant's thing is not there. */
export type RecordStore<T> = {
  /** @throws ConflictError when there is one of this id */
  create(record: T): Promise<void>;
  get(tenantId: string, id: string): Promise<T | undefined>;
  /** Newest first: ids are ULIDs. */
  list(tenantId: string, page: PageRequest): Promise<Page<T>>;
  /**
   * Reads, changes and writes without losing another's write; `change` is a pure function that may run several times, and
   * gives `undefined` for nothing to write. Gives what is there then.
   */
  update(tenantId: string, id: string, change: (record: T) => T | undefined): Promise<T | undefined>;
  remove(tenantId: string, id: string): Promise<boolean>;
};

/** Every record of a list. */
export const listAll = <T>({ list }: Pick<RecordStore<T>, "list">, tenantId: string): Promise<T[]> =>
  Array.fromAsync(everyItem((page) => list(tenantId, page)));
