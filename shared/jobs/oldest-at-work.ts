import { type Pause, pauseOf } from "../pauses/pause.ts";
import type { SyncJob } from "./job.ts";
import type { JobStore } from "./ports.ts";

/** The most that a page of a list holds. */
const maxPage = 100;

/** Queued, not started, and not to be started now: it takes none of the room. */
const isHeldBack = (job: SyncJob, active: readonly Pause[]): boolean =>
  job.status === "queued" && job.executionArn === undefined && pauseOf(active, job.tenantId, job.type) !== undefined;

/**
 * The oldest unfinished jobs, `limit` at most, without those that wait for people to resume them: what may run at once.
 * `isAll` says whether there are no others.
 */
export const oldestAtWork = async (
  jobs: Pick<JobStore, "listUnfinished">,
  active: readonly Pause[],
  limit: number,
): Promise<{ items: SyncJob[]; isAll: boolean }> => {
  const items: SyncJob[] = [];
  let cursor: string | undefined;
  do {
    const wanted = active.length === 0 ? Math.min(maxPage, limit - items.length) : maxPage;
    const page = await jobs.listUnfinished({ limit: wanted, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items.filter((job) => !isHeldBack(job, active)));
    cursor = page.nextCursor;
  } while (cursor !== undefined && items.length < limit);
  return { items: items.slice(0, limit), isAll: cursor === undefined && items.length <= limit };
};
