import type { Clock } from "../jobs/ports.ts";
import type { JobReport } from "./job-types/job-type.ts";
import type { SessionStore } from "./session-store.ts";
import type { JobSave, SessionJobLease } from "./transitions.ts";

/** A report that comes sooner waits for the next one, or for progress: people poll every few seconds. */
const reportEveryMs = 1_000;

/** Writes what a job says of itself under its lease, seldom. */
export const jobReporter = (
  ports: { sessions: Pick<SessionStore, "save">; clock: Pick<Clock, "nowMs"> },
  lease: () => SessionJobLease,
) => {
  let latest: JobReport | undefined;
  let writtenAtMs = Number.NEGATIVE_INFINITY;

  const save = async (change: JobSave): Promise<void> => {
    const report = latest;
    latest = undefined;
    writtenAtMs = ports.clock.nowMs();
    await ports.sessions.save(lease(), report === undefined ? change : { ...change, report }, writtenAtMs);
  };

  return {
    save,
    async report(report: JobReport): Promise<void> {
      latest = { ...latest, ...report };
      if (ports.clock.nowMs() - writtenAtMs >= reportEveryMs) await save({});
    },
  };
};
