import type { Clock } from "../jobs/ports.ts";
import type { BodyStore } from "../snapshots/ports.ts";
import type { JobTypeRegistry } from "./job-types/registry.ts";
import type { SessionRecordStore } from "./records.ts";
import type { SessionStore } from "./session-store.ts";
import type { StartPorts } from "./start-admitted.ts";

/** What everything that a session can be asked stands on. */
export type SessionPorts = StartPorts & {
  sessions: SessionStore;
  records: SessionRecordStore;
  bodies: BodyStore;
  types: JobTypeRegistry;
  clock: Pick<Clock, "nowMs">;
  /** UUID of version 7, growing within a process. */
  newUuid(): string;
  /** Days after its creation for which a session is kept. */
  sessionRetentionDays: number;
};
