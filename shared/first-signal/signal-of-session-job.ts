import type { SessionJob } from "../sessions/session.ts";
import { countsIn } from "./progress-counts.ts";
import type { FirstSignal, SignalPhase } from "./signal.ts";

/** What the first stage of a family of job types is about; the later ones work on what it found. */
const phaseOfFamily: Readonly<Record<string, SignalPhase>> = {
  discovery: "resolve",
  scrape: "fetch",
  documentation: "analyze",
  digester: "analyze",
  embeddings: "analyze",
  codegen: "report",
};

export const signalOfSessionJob = (job: SessionJob): FirstSignal => ({
  runId: job.id,
  jobId: job.id,
  ...stateOf(job),
  lastKnownOutcome: job.status === "failed" ? lastOutcomeOf(job) : null,
  nextActions: null,
});

type State = Pick<FirstSignal, "kind" | "phase" | "step" | "message" | "at">;

const stateOf = (job: SessionJob): State => {
  const { stage, status, report, updatedAt } = job;
  const place = { phase: phaseOf(job), step: stage };
  const endedAt = job.finishedAt ?? updatedAt;
  const startedAt = job.startedAt ?? updatedAt;
  switch (status) {
    case "queued":
      return { kind: "queued", phase: "unknown", step: null, message: "Run queued", at: job.createdAt };
    case "finished":
      return { ...place, kind: "succeeded", message: `Run succeeded${about(job.note)}`, at: endedAt };
    case "failed":
      return { ...place, kind: "failed", message: job.errors[0] ?? "Run failed", at: endedAt };
    case "cancelled":
      return { ...place, kind: "canceled", message: job.errors[0] ?? "Run canceled", at: endedAt };
    case "running":
      break;
  }
  if (job.waitingUntil !== undefined)
    return { ...place, kind: "blocked", message: `Waits for the host until ${job.waitingUntil}`, at: updatedAt };
  if (report === undefined && job.progress === undefined)
    return { ...place, kind: "started", message: "Run started", at: startedAt };
  // When a stage began is not on record; the time of the last save would make a new signal of each save.
  return {
    ...place,
    kind: "phase",
    message: `${report?.message ?? "Working"}${countsIn(report ?? {})}`,
    at: startedAt,
  };
};

const about = (note: string | undefined): string => (note === undefined ? "" : `: ${note}`);

const phaseOf = ({ type, stage }: SessionJob): SignalPhase =>
  stage === "running" ? (phaseOfFamily[type.split(".")[0] ?? ""] ?? "unknown") : "analyze";

const lastOutcomeOf = ({ errors, finishedAt, updatedAt }: SessionJob): FirstSignal["lastKnownOutcome"] =>
  errors[0] === undefined ? null : { errorCode: null, summary: errors[0], at: finishedAt ?? updatedAt };
