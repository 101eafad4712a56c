import type { Dependency, UnchangedChecks } from "../dependencies/dependency.ts";
import { decodeCursor, encodeCursor, jobList } from "./cursor.ts";
import { InvalidCursorError } from "./errors.ts";
import type { SyncJob } from "./job.ts";
import type { Page, PageRequest } from "./paging.ts";
import type { JobStore } from "./ports.ts";

/** One row of a dependency's history: a sync, or the checks in a row that found nothing new. */
export type HistoryRow = { row: "job"; job: SyncJob } | { row: "checks"; checks: UnchangedChecks };

/** Marks the cursor that goes on with the checks before a job, and not with the job before them. */
const checksMark = ".checks";

/**
 * A dependency's history, newest first: its sync jobs, and between them, each folded into one row, the checks that found
 * nothing. A page has `limit` rows at most.
 * @throws InvalidCursorError
 */
export const readHistory = async (
  jobs: Pick<JobStore, "get" | "listByDependency">,
  dependency: Dependency,
  { limit, cursor }: PageRequest,
): Promise<Page<HistoryRow>> => {
  const { tenantId, id } = dependency;
  const list = `history/${tenantId}/${id}`;
  const after = decodeCursor(list, cursor);
  const rows: (HistoryRow & { position: string })[] = [];
  const addChecks = (checks: UnchangedChecks | undefined, position: string): void => {
    if (checks !== undefined) rows.push({ row: "checks", checks, position });
  };

  const afterJobId = after?.replace(checksMark, "");
  if (after === undefined) addChecks(dependency.unchangedChecks, newest);
  else if (after !== newest && !after.endsWith(checksMark))
    addChecks((await ownJob(jobs, dependency, after)).checksBefore, after + checksMark);

  const jobCursor =
    afterJobId === undefined || afterJobId === newest ? undefined : encodeCursor(jobList(tenantId, id), afterJobId);
  const page = await jobs.listByDependency(tenantId, id, { limit, cursor: jobCursor });
  for (const job of page.items) {
    rows.push({ row: "job", job, position: job.id });
    addChecks(job.checksBefore, job.id + checksMark);
  }
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const isMore = rows.length > shown.length || page.nextCursor !== undefined;
  return {
    items: shown.map(({ position: _, ...row }) => row),
    ...(isMore && last !== undefined ? { nextCursor: encodeCursor(list, last.position) } : {}),
  };
};

/** Stands for the checks since the newest job. */
const newest = "newest";

/** The job that a cursor names. It was given out with a row of this dependency's, so that another one's is made up. */
const ownJob = async (jobs: Pick<JobStore, "get">, dependency: Dependency, jobId: string): Promise<SyncJob> => {
  const job = await jobs.get(jobId);
  if (job?.tenantId !== dependency.tenantId || job.dependencyId !== dependency.id) throw new InvalidCursorError();
  return job;
};
