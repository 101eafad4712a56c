import type { Dependency } from "../dependencies/dependency.ts";
import type { DependencyStore } from "../dependencies/ports.ts";
import { ConflictError, NotFoundError } from "./errors.ts";
import type { SyncJob } from "./job.ts";
import type { Page, PageRequest } from "./paging.ts";
import type { JobStore } from "./ports.ts";
import type { SyncService } from "./sync-service.ts";

/** Which jobs; every part that is given must hold. */
export type RetryFilter = {
  statuses: readonly ("failed" | "cancelled")[];
  dependencyId?: string | undefined;
  /** `name` of the job's last error. */
  errorName?: string | undefined;
  /** Of the job's end, both inclusive. */
  from?: string | undefined;
  to?: string | undefined;
};

/** `skipped`: it was retried or superseded meanwhile, and nothing is left to do. */
export type RetriedJob = { job: SyncJob; outcome: "retried" | "wouldRetry" } | SkippedJob;
type SkippedJob = { job: SyncJob; outcome: "skipped"; reason: string };

export type BulkRetryPorts = {
  jobs: Pick<JobStore, "listByDependency">;
  dependencies: Pick<DependencyStore, "get" | "list">;
  syncs: Pick<SyncService, "retry">;
};

/** Jobs that are looked up or retried at once. */
const atOnce = 5;

/**
 * Retries the newest job of each of a tenant's dependencies where it matches; what an older one could not do the newer one
 * did, or failed at too. A page is so many dependencies, `request.limit` at most. The same page again, after an answer that
 * was lost, finds the jobs queued or running and leaves them alone.
 * @param isDryRun only tells what it would do
 * @throws NotFoundError for an unknown or another tenant's dependency
 * @throws InvalidCursorError
 */
export const retryJobs = async (
  ports: BulkRetryPorts,
  tenantId: string,
  filter: RetryFilter,
  request: PageRequest,
  isDryRun: boolean,
): Promise<Page<RetriedJob>> => {
  const { items: dependencies, nextCursor } = await targetsOf(ports, tenantId, filter.dependencyId, request);
  const items: RetriedJob[] = [];
  for (let start = 0; start < dependencies.length; start += atOnce) {
    const retried = await Promise.all(
      dependencies.slice(start, start + atOnce).map(async ({ id }) => {
        const { items: newest } = await ports.jobs.listByDependency(tenantId, id, { limit: 1 });
        return Promise.all(newest.filter((job) => matches(job, filter)).map((job) => retryOne(ports, job, isDryRun)));
      }),
    );
    items.push(...retried.flat());
  }
  return { items, ...(nextCursor === undefined ? {} : { nextCursor }) };
};

const targetsOf = async (
  { dependencies }: BulkRetryPorts,
  tenantId: string,
  dependencyId: string | undefined,
  request: PageRequest,
): Promise<Page<Dependency>> => {
  if (dependencyId === undefined) return dependencies.list(tenantId, request);
  const found = await dependencies.get(tenantId, dependencyId);
  if (found === undefined) throw new NotFoundError("dependency", dependencyId, "dependencyId");
  return { items: [found] };
};

const matches = (job: SyncJob, { statuses, errorName, from, to }: RetryFilter): boolean => {
  if (job.status !== "failed" && job.status !== "cancelled") return false;
  const endedMs = Date.parse(job.finishedAt ?? job.updatedAt);
  return (
    statuses.includes(job.status) &&
    (errorName === undefined || job.errors.at(-1)?.name === errorName) &&
    (from === undefined || endedMs >= Date.parse(from)) &&
    (to === undefined || endedMs <= Date.parse(to))
  );
};

const retryOne = async ({ syncs }: BulkRetryPorts, job: SyncJob, isDryRun: boolean): Promise<RetriedJob> => {
  if (isDryRun) return { job, outcome: "wouldRetry" };
  try {
    return { job: await syncs.retry(job.tenantId, job.id), outcome: "retried" };
  } catch (error) {
    if (error instanceof ConflictError || error instanceof NotFoundError)
      return { job, outcome: "skipped", reason: error.message };
    throw error;
  }
};
