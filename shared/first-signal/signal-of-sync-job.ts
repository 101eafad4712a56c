import type { SyncJob, SyncOutcome, SyncStage } from "../jobs/job.ts";
import type { Pause } from "../pauses/pause.ts";
import { countsIn } from "./progress-counts.ts";
import type { FirstSignal, LastKnownOutcome, NextAction, SignalPhase } from "./signal.ts";

const phases: Readonly<Record<SyncStage, SignalPhase>> = {
  fetch: "fetch",
  parse: "analyze",
  normalize: "analyze",
  snapshot: "restore",
  diff: "policy",
  persist: "report",
  alert: "report",
  notify: "report",
  done: "report",
};

const stageMessages: Readonly<Record<SyncStage, string>> = {
  fetch: "Fetching the document",
  parse: "Reading the document",
  normalize: "Normalizing the document",
  snapshot: "Comparing with the current snapshot",
  diff: "Judging what changed",
  persist: "Writing the changes down",
  alert: "Alerting",
  notify: "Telling the subscribers",
  done: "Finishing",
};

const outcomeMessages: Readonly<Record<SyncOutcome, string>> = {
  baseline: "Run succeeded: the first snapshot was taken",
  changed: "Run succeeded: the document changed",
  unchanged: "Run succeeded: nothing changed",
};

/** @param pause for which the job waits, if it is queued */
export const signalOfSyncJob = (job: SyncJob, pause?: Pause): FirstSignal => ({
  runId: job.id,
  jobId: job.id,
  ...stateOf(job, pause),
  lastKnownOutcome: job.status === "finished" ? null : lastOutcomeOf(job),
  nextActions: actionsOf(job),
});

type State = Pick<FirstSignal, "kind" | "phase" | "step" | "message" | "at">;

const stateOf = (job: SyncJob, pause: Pause | undefined): State => {
  const { stage, updatedAt } = job;
  const place = { phase: phases[stage], step: stage };
  const endedAt = job.finishedAt ?? updatedAt;
  switch (job.status) {
    case "queued":
      return pause === undefined ? queued(job) : paused(job, pause);
    case "finished":
      return {
        ...place,
        kind: "succeeded",
        message: job.outcome === undefined ? "Run succeeded" : outcomeMessages[job.outcome],
        at: endedAt,
      };
    case "failed":
      return { ...place, kind: "failed", message: job.errors.at(-1)?.message ?? "Run failed", at: endedAt };
    case "cancelled":
      return { ...place, kind: "canceled", message: "Run canceled", at: endedAt };
    case "running":
      break;
  }
  if (job.rateLimitedUntil !== undefined)
    return { ...place, kind: "blocked", message: `Waits for the host until ${job.rateLimitedUntil}`, at: updatedAt };
  const startedAt = job.startedAt ?? updatedAt;
  const isFirst = job.progress === undefined && Object.keys(job.checkpoints).length === 0;
  if (isFirst) return { ...place, kind: "started", message: asked(job, "Run started"), at: startedAt };
  const said = job.progress === undefined ? "" : `: ${job.progress.message}${countsIn(job.progress)}`;
  return { ...place, kind: "phase", message: asked(job, `${stageMessages[stage]}${said}`), at: stageBeganAt(job) };
};

const queued = (job: SyncJob): State => ({
  kind: "queued",
  phase: "unknown",
  step: null,
  message: job.attempt > 1 ? `Run queued again, attempt ${job.attempt}` : "Run queued",
  at: job.attempt > 1 ? job.updatedAt : job.createdAt,
});

/** An operator's reason is for operators. */
const paused = (job: SyncJob, { setBy, reason, pausedAt }: Pause): State => ({
  kind: "blocked",
  phase: "unknown",
  step: null,
  message: setBy === "tenant" ? `Waits for the end of a pause: ${reason}` : "Waits for the end of an operator's pause",
  at: pausedAt > job.createdAt ? pausedAt : job.createdAt,
});

const asked = ({ cancelRequestedAt }: SyncJob, message: string): string =>
  cancelRequestedAt === undefined ? message : `${message} (asked to cancel)`;

/** When the stage before it was completed. */
const stageBeganAt = (job: SyncJob): string =>
  Object.values(job.checkpoints).reduce(
    (latest, { at }) => (at > latest ? at : latest),
    job.startedAt ?? job.createdAt,
  );

const lastOutcomeOf = ({ errors }: SyncJob): LastKnownOutcome | null => {
  const last = errors.at(-1);
  return last === undefined ? null : { errorCode: last.name, summary: last.message, at: last.at };
};

/** A provider's sync is the operator's, who has no such route. */
const actionsOf = ({ id, status, type }: SyncJob): NextAction[] | null =>
  type === "dependency.sync" && (status === "failed" || status === "cancelled")
    ? [{ type: "retry", label: "Retry the sync", target: `/api/sync-jobs/${id}/retry` }]
    : null;
