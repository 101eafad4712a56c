import type * as z from "zod";
import type { embedJob, embedJobRoutes } from "../../shared/contracts/api/embed-jobs.ts";
import { badgeOf } from "../../shared/embeddings/badge.ts";
import { type EmbedJob, withRetry } from "../../shared/embeddings/embed-job.ts";
import { ConflictError } from "../../shared/jobs/errors.ts";
import type { ApiPorts } from "./api-ports.ts";
import { ownDependency } from "./dependencies.ts";
import { embedJobOf } from "./embedding-badge.ts";
import type { HandlersOf } from "./route-handler.ts";

export const embedJobHandlers = (ports: ApiPorts): HandlersOf<typeof embedJobRoutes> => ({
  async listEmbedJobs({ query, caller }) {
    const { items, nextCursor } = await ports.dependencies.list(caller.tenantId, query);
    const data = await Promise.all(items.map(async (one) => toEmbedJob(one.id, await embedJobOf(ports, one))));
    return { status: 200, body: { data, nextCursor } };
  },

  async getEmbedJob({ params, caller }) {
    const dependency = await ownDependency(ports, caller.tenantId, params.dependencyId);
    return { status: 200, body: { data: toEmbedJob(dependency.id, await embedJobOf(ports, dependency)) } };
  },

  async retryEmbedJob({ params, caller }) {
    const { tenantId } = caller;
    const dependency = await ownDependency(ports, tenantId, params.dependencyId);
    const { id: dependencyId, providerSurfaceId, currentSnapshotId: snapshotId } = dependency;
    if (providerSurfaceId !== undefined)
      throw new ConflictError("it follows a provider surface, which is embedded for all who follow it");
    const nowMs = ports.clock.nowMs();
    const job = await ports.embedJobs.change({ tenantId, dependencyId }, (found) => {
      const status = found?.status;
      if (status !== undefined && status !== "failed")
        throw new ConflictError(`its embed job is ${status}: only a failed one can be tried again`);
      if (status === undefined && snapshotId === undefined)
        throw new ConflictError("it has no snapshot yet: its first sync has what would be embedded");
      return found && withRetry(found, nowMs);
    });
    await ports.embedQueue.send({ tenantId, dependencyId, ...(job === undefined ? { snapshotId } : {}) });
    return { status: 202, body: { data: toEmbedJob(dependencyId, job) } };
  },
});

const toEmbedJob = (dependencyId: string, job: EmbedJob | undefined): z.output<typeof embedJob> => ({
  dependencyId,
  job_status: job?.status,
  job_attempts: job?.attempts ?? 0,
  badge: badgeOf(job),
  ...(job === undefined ? {} : detailsOf(job)),
});

const detailsOf = (job: EmbedJob) => ({
  lastError: job.lastError && {
    name: job.lastError.name,
    message: job.lastError.message,
    at: momentOf(job.lastError.atMs),
  },
  operationCount: job.operationCount,
  embeddedCount: job.embeddedCount,
  snapshotId: job.snapshotId,
  model: job.model.id,
  index: job.index && {
    snapshotId: job.index.snapshotId,
    model: job.index.model.id,
    operationCount: job.index.operationCount,
    builtAt: momentOf(job.index.builtAtMs),
  },
  nextAttemptAt: job.notBeforeMs === undefined ? undefined : momentOf(job.notBeforeMs),
  updatedAt: momentOf(job.updatedAtMs),
});

const momentOf = (atMs: number): string => new Date(atMs).toISOString();
