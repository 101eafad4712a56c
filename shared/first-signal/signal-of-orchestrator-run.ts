import { isOpenRun, type RunRecord } from "../orchestrator/run-record.ts";
import type { FirstSignal } from "./signal.ts";

/**
 * A run asks for checks and ends; what it asked for ends later, and is counted on it.
 * @returns `undefined` while it has no jobs: it has begun, it was a dry run, or nothing was due
 */
export const signalOfOrchestratorRun = (run: RunRecord): FirstSignal | undefined => {
  const runId = String(run.id);
  const state = stateOf(run);
  if (state === undefined) return undefined;
  const lastKnownOutcome = run.error === null ? null : { errorCode: null, summary: run.error, at: run.completedAt };
  return { runId, jobId: runId, step: null, at: run.completedAt, ...state, lastKnownOutcome, nextActions: null };
};

const stateOf = (run: RunRecord): Pick<FirstSignal, "kind" | "phase" | "message"> | undefined => {
  const { jobsSubmitted: submitted, jobsCompleted, jobsFailed } = run;
  if (isOpenRun(run)) return undefined;
  if (run.status === "failed") return { kind: "failed", phase: "report", message: run.error ?? "Run failed" };
  if (run.dryRun || submitted === 0) return undefined;
  const ended = jobsCompleted + jobsFailed;
  if (ended < submitted)
    return { kind: "phase", phase: "analyze", message: `${ended} of ${submitted} checks ended${failures(jobsFailed)}` };
  return jobsFailed > 0
    ? { kind: "failed", phase: "report", message: `${jobsFailed} of ${submitted} checks failed` }
    : { kind: "succeeded", phase: "report", message: `Run succeeded: ${submitted} checks ended` };
};

const failures = (failed: number): string => (failed === 0 ? "" : `, ${failed} of them failed`);
