import type { Page, PageRequest } from "../jobs/paging.ts";
import type { ChangeEvent, ChangeFilter } from "./change-event.ts";

export type ChangeStore = {
  /** Writes those that are not there yet; leaves the others, with their acknowledgement, as they are. */
  putOnce(events: readonly ChangeEvent[]): Promise<void>;
  get(tenantId: string, changeId: string): Promise<ChangeEvent | undefined>;
  /** Pages are full unless the list ends: a filter does not shorten them. */
  list(tenantId: string, filter: ChangeFilter, page: PageRequest): Promise<Page<ChangeEvent>>;
  /** `conflict` when it is resolved already or was acknowledged already. */
  acknowledge(
    tenantId: string,
    changeId: string,
    by: string,
    at: string,
  ): Promise<ChangeEvent | "conflict" | undefined>;
  /** `conflict` when it is resolved already. */
  resolve(tenantId: string, changeId: string, by: string, at: string): Promise<ChangeEvent | "conflict" | undefined>;
};
