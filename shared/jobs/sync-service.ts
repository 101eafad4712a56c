import type { DependencyStore } from "../dependencies/ports.ts";
import { ConflictError, NotFoundError } from "./errors.ts";
import { firstOpenStage, type SyncJob, type SyncTrigger } from "./job.ts";
import { newSyncJob } from "./new-job.ts";
import type { Clock, JobStore, SyncWorkflow } from "./ports.ts";

export type SyncServicePorts = {
  jobs: JobStore;
  dependencies: DependencyStore;
  workflow: SyncWorkflow;
  clock: Clock;
  /** A new ULID, monotonic within a millisecond. */
  newId(): string;
  heartbeatSeconds: number;
  /** Syncs that may be unfinished at once, over all tenants; what is over it stays queued for the orchestrator. */
  maxUnfinishedSyncs: number;
};

export type SyncService = {
  /**
   * Queues a sync of the dependency and starts its execution when there is room; asking while one is unfinished
   * returns that one (`created: false`).
   * @throws NotFoundError
   * @throws ConflictError when the dependency follows a provider surface, which is synced in its place.
   */
  submit(tenantId: string, dependencyId: string, trigger: SyncTrigger): Promise<{ created: boolean; job: SyncJob }>;
  /**
   * A `failed` or `cancelled` job once more, from its first stage without a checkpoint.
   * @throws NotFoundError for an unknown or another tenant's job.
   * @throws ConflictError when the job is not failed or cancelled, or its dependency has another unfinished sync.
   */
  retry(tenantId: string, jobId: string): Promise<SyncJob>;
  /**
   * Cancels at once what no worker has; a running stage notices at its next renewal.
   * @throws NotFoundError
   * @throws ConflictError when the job is terminal.
   */
  cancel(tenantId: string, jobId: string): Promise<SyncJob>;
  /** Starts the execution of a queued job's current attempt; harmless when it was started already. */
  start(job: SyncJob): Promise<SyncJob>;
  /** The same while there is room; else the job stays queued, for the orchestrator to start. */
  startIfRoom(job: SyncJob): Promise<SyncJob>;
};

/** The ways into a sync: what the API, the CLI behind it and the orchestrator share. */
export const createSyncService = (ports: SyncServicePorts): SyncService => {
  const { jobs, dependencies, workflow, clock } = ports;

  const ownJob = async (tenantId: string, jobId: string): Promise<SyncJob> => {
    const job = await jobs.get(jobId);
    if (job === undefined || job.tenantId !== tenantId) throw new NotFoundError("sync job", jobId);
    return job;
  };

  const hasRoom = async (job: SyncJob): Promise<boolean> => {
    const oldest = await jobs.listUnfinished({ limit: ports.maxUnfinishedSyncs });
    return oldest.nextCursor === undefined || oldest.items.some((other) => other.id === job.id);
  };

  const start = async (job: SyncJob): Promise<SyncJob> => {
    const executionArn = await workflow.start(
      {
        tenantId: job.tenantId,
        dependencyId: job.dependencyId,
        jobId: job.id,
        attempt: job.attempt,
        resumeAt: firstOpenStage(job.type, job.checkpoints),
        heartbeatSeconds: ports.heartbeatSeconds,
      },
      job.type,
    );
    await jobs.recordExecution(job.id, job.attempt, executionArn);
    return { ...job, executionArn };
  };

  const startIfRoom = async (job: SyncJob): Promise<SyncJob> => ((await hasRoom(job)) ? start(job) : job);

  return {
    start,
    startIfRoom,
    async submit(tenantId, dependencyId, trigger) {
      const dependency = await dependencies.get(tenantId, dependencyId);
      if (dependency === undefined) throw new NotFoundError("dependency", dependencyId);
      const { providerSurfaceId } = dependency;
      if (providerSurfaceId !== undefined)
        throw new ConflictError(
          `dependency ${dependencyId} follows the provider surface ${providerSurfaceId}, which is checked for all its subscribers`,
        );
      const about = { id: ports.newId(), trigger, atMs: clock.nowMs() };
      const { created, job } = await jobs.create(newSyncJob(dependency, about));
      return { created, job: created ? await startIfRoom(job) : job };
    },

    async retry(tenantId, jobId) {
      const job = await ownJob(tenantId, jobId);
      const requeued = await jobs.requeue(job.id, clock.nowMs());
      if (requeued.outcome === "notRetryable")
        throw new ConflictError(`sync job ${jobId} is ${job.status}: only a failed or cancelled job can be retried`);
      if (requeued.outcome === "dependencyBusy")
        throw new ConflictError(
          `dependency ${job.dependencyId} has another unfinished sync job: wait for it or cancel it`,
        );
      return startIfRoom(requeued.job);
    },

    async cancel(tenantId, jobId) {
      const job = await ownJob(tenantId, jobId);
      const cancelled = await jobs.requestCancel(job.id, clock.nowMs());
      if (cancelled === undefined)
        throw new ConflictError(`sync job ${jobId} is ${job.status} already: there is nothing to cancel`);
      return cancelled;
    },
  };
};
