import type { CheckQueue } from "../checks/ports.ts";
import type { DependencyStore } from "../dependencies/ports.ts";
import { oldestAtWork } from "../jobs/oldest-at-work.ts";
import type { Clock, JobStore, TaskTokens } from "../jobs/ports.ts";
import type { SyncService } from "../jobs/sync-service.ts";
import type { OrchestratorPolicy } from "./assess-target.ts";
import { reclaimJob } from "./reclaim-job.ts";
import type { RunRecord, RunStore } from "./run-record.ts";
import { type DuePorts, type DueTotals, noTotals, submitDue } from "./submit-due.ts";

export type OrchestratorPorts = DuePorts & {
  jobs: JobStore;
  dependencies: DependencyStore;
  queue: CheckQueue;
  runs: RunStore;
  tokens: TaskTokens;
  syncs: Pick<SyncService, "start">;
  clock: Clock;
};

export type OrchestratorOptions = OrchestratorPolicy & {
  /** Syncs that may be unfinished at once; the oldest ones run. */
  maxUnfinishedSyncs: number;
  /** Milliseconds between two requests to one host, over which its checks are spread. */
  hostIntervalMs: number;
  /** Milliseconds until the function is stopped. */
  remainingMs(): number;
  /** Milliseconds that a run can last: one that is open for longer was cut off. */
  maxRunMs: number;
};

/** What a run did; `started` and `reclaimed` count jobs, `failed` what went wrong on our side. */
export type OrchestratorRun = DueTotals & { runId: number; status: RunRecord["status"] } & JobTotals;

type JobTotals = { started: number; reclaimed: number; failedJobs: number };

/**
 * One run of the schedule: reclaims jobs whose worker died, starts what waited for room, asks for the checks that are due,
 * and records itself, however it ends. A run that comes to its deadline leaves the rest due, and the next one goes on
 * there. Two runs at once do no harm: every step is conditional, and the later one leaves what is due to the earlier one.
 */
export const runOrchestrator = async (
  ports: OrchestratorPorts,
  options: OrchestratorOptions,
): Promise<OrchestratorRun> => {
  const { runs, clock } = ports;
  const startedAt = isoTime(clock.nowMs());
  const other = await closeLostRuns(ports, options.maxRunMs);
  const runId = await runs.begin(startedAt, false);
  const end = async (totals: DueTotals, status: RunRecord["status"], error: string | null): Promise<void> => {
    const { failed: _, isCutOff: __, ...counts } = totals;
    await runs.complete({
      id: runId,
      startedAt,
      completedAt: isoTime(clock.nowMs()),
      status,
      dryRun: false,
      error,
      ...counts,
    });
  };

  const totals = noTotals();
  try {
    const jobs = await tendJobs(ports, options.maxUnfinishedSyncs);
    if (other === undefined) await submitDue(ports, options, runId, totals);
    const failures = totals.failed + jobs.failedJobs;
    const error = whyPartial(totals, failures, other?.id);
    const status = error === null ? "completed" : "partial";
    await end(totals, status, error);
    return { runId, status, ...totals, ...jobs };
  } catch (error) {
    await end(totals, "failed", error instanceof Error ? error.message : String(error));
    throw error;
  }
};

const isoTime = (atMs: number): string => new Date(atMs).toISOString();

const whyPartial = (totals: DueTotals, failures: number, otherRunId: number | undefined): string | null => {
  if (otherRunId !== undefined) return `run ${otherRunId} is at work still: what is due was left to it`;
  if (failures > 0)
    return `${failures} targets or jobs failed: the orchestrator's log says why; the next run tries them again`;
  return totals.isCutOff ? "its time was up: the next run goes on with what is due" : null;
};

/** Ends the records of runs that died. Gives the run that is at work still, if there is one. */
const closeLostRuns = async ({ runs, clock }: OrchestratorPorts, maxRunMs: number) => {
  const open = await runs.listOpen();
  const isLost = ({ startedAt }: { startedAt: string }) => Date.parse(startedAt) + maxRunMs <= clock.nowMs();
  for (const { id, startedAt, dryRun } of open.filter(isLost)) {
    const { failed: _, isCutOff: __, ...none } = noTotals();
    const error = "it was cut off before it could record how it ended";
    const completedAt = isoTime(clock.nowMs());
    await runs.complete({ id, startedAt, completedAt, status: "failed", dryRun, error, ...none });
  }
  return open.find((run) => !isLost(run) && !run.dryRun);
};

/** Starts queued jobs for which there is room now, and reclaims those of lost workers. */
const tendJobs = async (ports: OrchestratorPorts, maxUnfinishedSyncs: number): Promise<JobTotals> => {
  const totals: JobTotals = { started: 0, reclaimed: 0, failedJobs: 0 };
  const { items } = await oldestAtWork(ports.jobs, await ports.pauses.listActive(), maxUnfinishedSyncs);
  for (const job of items) {
    try {
      if (job.status === "queued" && job.executionArn === undefined) {
        await ports.syncs.start(job);
        totals.started += 1;
      } else if (await reclaimJob(ports, job)) totals.reclaimed += 1;
    } catch (error) {
      totals.failedJobs += 1;
      ports.log("orchestrator.job_failed", {
        id: job.id,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }
  return totals;
};
