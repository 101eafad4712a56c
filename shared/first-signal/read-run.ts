import type { Clock, JobStore } from "../jobs/ports.ts";
import type { RunStore } from "../orchestrator/run-record.ts";
import { pauseOf } from "../pauses/pause.ts";
import type { PauseStore } from "../pauses/ports.ts";
import { catalogTenantId } from "../providers/catalog-tenant.ts";
import type { SessionRecordStore } from "../sessions/records.ts";
import type { Run, RunId } from "./run.ts";

export type RunReaderPorts = {
  jobs: Pick<JobStore, "get">;
  records: Pick<SessionRecordStore, "read">;
  runs: Pick<RunStore, "get">;
  pauses: Pick<PauseStore, "listActive">;
  clock: Pick<Clock, "nowMs">;
};

/** `undefined` when the tenant has no such run. */
export type RunReader = (tenantId: string, run: RunId) => Promise<Run | undefined>;

/** Sessions that are remembered for their jobs' ids. */
const maxKnownPlaces = 5_000;

/**
 * Reads runs as they stand: one read each. The first look at a session's job reads where it is beside it, and a queued sync
 * is asked about pauses too. Runs of the orchestrator, as the syncs of provider surfaces, belong to the catalog's tenant.
 */
export const createRunReader = (ports: RunReaderPorts): RunReader => {
  const { jobs, records, runs, pauses, clock } = ports;
  /** The session of a job never changes. */
  const sessions = new Map<string, string>();

  const sessionOf = async (tenantId: string, jobId: string): Promise<string | undefined> => {
    const known = sessions.get(`${tenantId} ${jobId}`);
    if (known !== undefined) return known;
    const place = (await records.read("place", { tenantId, jobId }))?.value;
    if (place === undefined) return undefined;
    if (sessions.size >= maxKnownPlaces) sessions.clear();
    sessions.set(`${tenantId} ${jobId}`, place.sessionId);
    return place.sessionId;
  };

  return async (tenantId, { type, id }) => {
    switch (type) {
      case "sync": {
        const job = await jobs.get(id);
        if (job === undefined || job.tenantId !== tenantId) return undefined;
        if (job.status !== "queued" || job.executionArn !== undefined) return { type, job };
        return { type, job, pause: pauseOf(await pauses.listActive(), tenantId, job.type) };
      }
      case "session": {
        const sessionId = await sessionOf(tenantId, id);
        if (sessionId === undefined) return undefined;
        const job = (await records.read("job", { tenantId, sessionId, jobId: id }))?.value;
        // The table forgets late.
        return job === undefined || Date.parse(job.expiresAt) <= clock.nowMs() ? undefined : { type, job };
      }
      case "orchestrator": {
        if (tenantId !== catalogTenantId) return undefined;
        const record = await runs.get(Number(id));
        return record === undefined ? undefined : { type, record };
      }
    }
  };
};
