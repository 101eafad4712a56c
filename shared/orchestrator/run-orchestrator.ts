import { cadenceMs } from "../contracts/api/cadence.ts";
import type { Dependency } from "../dependencies/dependency.ts";
import type { DependencyStore } from "../dependencies/ports.ts";
import type { SyncJob } from "../jobs/job.ts";
import type { Clock, JobStore, TaskTokens } from "../jobs/ports.ts";
import type { SyncService } from "../jobs/sync-service.ts";
import { reclaimJob } from "./reclaim-job.ts";

export type OrchestratorPorts = {
  jobs: JobStore;
  dependencies: DependencyStore;
  tokens: TaskTokens;
  syncs: SyncService;
  clock: Clock;
  log(event: string, fields: Record<string, unknown>): void;
};

export type OrchestratorRun = { submitted: number; started: number; reclaimed: number; failed: number };

export type OrchestratorLimits = {
  /** Dependencies looked at in one run. @default 200 */
  maxDue: number;
  /** Syncs that may be unfinished at once; the oldest ones run. */
  maxUnfinishedSyncs: number;
};

const dayMs = 86_400_000;

/**
 * One run of the schedule: reclaims jobs whose worker died, starts what waited for room, and submits what is due.
 * Two runs at once do no harm: every step is conditional. One target's error does not keep the others waiting.
 */
export const runOrchestrator = async (
  ports: OrchestratorPorts,
  limits: OrchestratorLimits,
): Promise<OrchestratorRun> => {
  const run: OrchestratorRun = { submitted: 0, started: 0, reclaimed: 0, failed: 0 };
  const attempt = async (event: string, id: string, act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      run.failed += 1;
      ports.log(event, { id, message: error instanceof Error ? error.message : String(error) });
    }
  };

  for (const job of await oldestUnfinished(ports.jobs, limits.maxUnfinishedSyncs)) {
    await attempt("orchestrator.job_failed", job.id, async () => {
      if (job.status === "queued" && job.executionArn === undefined) {
        await ports.syncs.start(job);
        run.started += 1;
      } else if (await reclaimJob(ports, job)) run.reclaimed += 1;
    });
  }
  for (const dependency of await ports.dependencies.listDue(ports.clock.nowMs(), limits.maxDue)) {
    await attempt("orchestrator.dependency_failed", dependency.id, async () => {
      const { created } = await ports.syncs.submit(dependency.tenantId, dependency.id, "schedule");
      if (created) run.submitted += 1;
      await planNextCheck(ports, dependency);
    });
  }
  return run;
};

/** A paused dependency is probed once a day, whatever its cadence (`1-product.md` A). */
const planNextCheck = async ({ dependencies, clock }: OrchestratorPorts, dependency: Dependency): Promise<void> => {
  const nowMs = clock.nowMs();
  const everyMs = cadenceMs(dependency.cadence);
  const delayMs = dependency.health.status === "paused" ? Math.max(dayMs, everyMs) : everyMs;
  const nextCheckAt = new Date(nowMs + delayMs).toISOString();
  await dependencies.update(dependency.tenantId, dependency.id, { nextCheckAt }, nowMs);
};

const oldestUnfinished = async (jobs: JobStore, limit: number): Promise<SyncJob[]> => {
  const items: SyncJob[] = [];
  let cursor: string | undefined;
  do {
    const page = await jobs.listUnfinished({ limit: Math.min(100, limit - items.length), cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined && items.length < limit);
  return items;
};
