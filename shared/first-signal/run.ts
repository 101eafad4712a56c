import type { SyncJob } from "../jobs/job.ts";
import type { RunRecord } from "../orchestrator/run-record.ts";
import type { Pause } from "../pauses/pause.ts";
import type { SessionJob } from "../sessions/session.ts";

/** What has a first signal. `pause`: that for which a queued sync waits. */
export type Run =
  | { type: "sync"; job: SyncJob; pause?: Pause | undefined }
  | { type: "session"; job: SessionJob }
  | { type: "orchestrator"; record: RunRecord };

/** A run's id, told by its form: ULIDs are sync jobs, UUIDs jobs of sessions, whole numbers runs of the orchestrator. */
export type RunId = { type: Run["type"]; id: string };

const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const wholeNumber = /^[1-9]\d{0,14}$/;

/** `undefined` for what is no run's id. */
export const parseRunId = (text: string): RunId | undefined => {
  if (ulid.test(text)) return { type: "sync", id: text };
  const id = text.toLowerCase();
  if (uuid.test(id)) return { type: "session", id };
  return wholeNumber.test(text) ? { type: "orchestrator", id: text } : undefined;
};

export const runIdOf = (run: Run): string => (run.type === "orchestrator" ? String(run.record.id) : run.job.id);
