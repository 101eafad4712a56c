import {
  applyRunEnd,
  isOpenRun,
  newRun,
  openRunsLookedAt,
  type RunRecord,
  type RunStore,
} from "../orchestrator/run-record.ts";
import { storedCopy } from "./stored.ts";

/** Runs of the orchestrator in memory. */
export const memoryRunStore = (): RunStore => {
  const runs = new Map<number, RunRecord>();
  let lastId = 0;
  let coveredMs: number | undefined;
  const put = (run: Omit<RunRecord, "id">): RunRecord => {
    lastId += 1;
    const stored = storedCopy({ ...run, id: lastId });
    runs.set(lastId, stored);
    return storedCopy(stored);
  };
  const newestFirst = (): RunRecord[] => [...runs.values()].reverse().map(storedCopy);
  return {
    begin: async (startedAt, dryRun) => put(newRun(0, startedAt, dryRun)).id,
    async complete(end) {
      const run = runs.get(end.id);
      if (run !== undefined) runs.set(end.id, storedCopy(applyRunEnd(run, end)));
    },
    record: async (run) => put(run),
    async get(runId) {
      const run = runs.get(runId);
      return run === undefined ? undefined : storedCopy(run);
    },
    async addOutcomes(runId, { completed, failed }) {
      const run = runs.get(runId);
      if (run === undefined) return;
      const { jobsCompleted, jobsFailed } = run;
      runs.set(runId, { ...run, jobsCompleted: jobsCompleted + completed, jobsFailed: jobsFailed + failed });
    },
    list: async (limit) =>
      newestFirst()
        .filter((run) => !isOpenRun(run))
        .slice(0, limit),
    coveredMs: async () => coveredMs,
    async noteCovered(untilMs) {
      coveredMs = Math.max(untilMs, coveredMs ?? untilMs);
    },
    listOpen: async () => newestFirst().slice(0, openRunsLookedAt).filter(isOpenRun),
  };
};
