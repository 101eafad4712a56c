import type { Run } from "./run.ts";
import type { FirstSignal } from "./signal.ts";
import { signalOfOrchestratorRun } from "./signal-of-orchestrator-run.ts";
import { signalOfSessionJob } from "./signal-of-session-job.ts";
import { signalOfSyncJob } from "./signal-of-sync-job.ts";

/** What there is to say of a run; `undefined` while it has no jobs. */
export const signalOfRun = (run: Run): FirstSignal | undefined => {
  switch (run.type) {
    case "sync":
      return signalOfSyncJob(run.job, run.pause);
    case "session":
      return signalOfSessionJob(run.job);
    case "orchestrator":
      return signalOfOrchestratorRun(run.record);
  }
};
