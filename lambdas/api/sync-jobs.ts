import type * as z from "zod";
import type { syncJob, syncJobRoutes, unchangedChecks } from "../../shared/contracts/api/sync-jobs.ts";
import type { Dependency, UnchangedChecks } from "../../shared/dependencies/dependency.ts";
import { NotFoundError } from "../../shared/jobs/errors.ts";
import { type SyncJob, stagesOfJob } from "../../shared/jobs/job.ts";
import { readHistory } from "../../shared/jobs/sync-history.ts";
import { catalogTenantId } from "../../shared/providers/catalog-tenant.ts";
import type { ApiPorts } from "./api-ports.ts";
import { ownDependency } from "./dependencies.ts";
import type { HandlersOf } from "./route-handler.ts";

export const syncJobHandlers = (ports: ApiPorts): HandlersOf<typeof syncJobRoutes> => ({
  async startSync({ params, caller }) {
    const { job } = await ports.syncs.submit(caller.tenantId, params.dependencyId, "manual");
    return { status: 202, body: { data: toSyncJob(job) } };
  },

  async listSyncJobs({ params, query, caller }) {
    const dependency = await ownDependency(ports, caller.tenantId, params.dependencyId);
    const { providerSurfaceId: surfaceId, id } = dependency;
    const synced = surfaceId === undefined ? dependency : await ports.dependencies.get(catalogTenantId, surfaceId);
    if (synced === undefined) return { status: 200, body: { data: [] } };
    const { items, nextCursor } = await readHistory(ports.jobs, synced, query);
    const data = items.map((row) =>
      row.row === "job" ? shownTo(dependency, toSyncJob(row.job)) : toUnchangedChecks(id, row.checks),
    );
    return { status: 200, body: { data, nextCursor } };
  },

  async getSyncJob({ params, caller }) {
    const job = await ports.jobs.get(params.jobId);
    if (job === undefined || job.tenantId !== caller.tenantId) throw new NotFoundError("sync job", params.jobId);
    return { status: 200, body: { data: toSyncJob(job) } };
  },

  async retrySyncJob({ params, caller }) {
    const job = await ports.syncs.retry(caller.tenantId, params.jobId);
    return { status: 202, body: { data: toSyncJob(job) } };
  },

  async cancelSyncJob({ params, caller }) {
    const job = await ports.syncs.cancel(caller.tenantId, params.jobId);
    return { status: 202, body: { data: toSyncJob(job) } };
  },
});

const toUnchangedChecks = (
  dependencyId: string,
  { count, firstAt, lastAt }: UnchangedChecks,
): z.output<typeof unchangedChecks> => ({
  type: "dependency.checks",
  dependencyId,
  trigger: "schedule",
  outcome: "unchanged",
  count,
  firstAt,
  lastAt,
});

/** A provider surface's job as one of its followers sees it: nothing of the others, whom its progress counts. */
const shownTo = ({ id, providerSurfaceId }: Dependency, job: z.output<typeof syncJob>): z.output<typeof syncJob> =>
  providerSurfaceId === undefined ? job : { ...job, dependencyId: id, progress: undefined };

/** Without the lease and the keys of the body store, which are the engine's own. */
export const toSyncJob = (from: SyncJob): z.output<typeof syncJob> => ({
  id: from.id,
  type: from.type,
  dependencyId: from.dependencyId,
  trigger: from.trigger,
  status: from.status,
  stage: from.stage,
  completedStages: stagesOfJob[from.type].flatMap((stage) => {
    const checkpoint = from.checkpoints[stage];
    return checkpoint === undefined ? [] : [{ stage, completedAt: checkpoint.at }];
  }),
  attempt: from.attempt,
  progress:
    from.progress === undefined
      ? undefined
      : { message: from.progress.message, completed: from.progress.completed, total: from.progress.total },
  baseSnapshotId: from.baseSnapshotId,
  outcome: from.outcome,
  errors: from.errors.map(({ at, stage, attempt, name, message, kind }) => ({
    at,
    stage,
    attempt,
    name,
    message,
    kind,
  })),
  rateLimitedUntil: from.rateLimitedUntil,
  cancelRequestedAt: from.cancelRequestedAt,
  createdAt: from.createdAt,
  startedAt: from.startedAt,
  updatedAt: from.updatedAt,
  finishedAt: from.finishedAt,
});
