import type { CheckMessage } from "../contracts/check-message.ts";
import type { Dependency, DependencyFailure } from "../dependencies/dependency.ts";
import type { SyncJob } from "../jobs/job.ts";

/** A queue holds a message at most 15 minutes. */
export type CheckQueue = {
  /** Hands all of them over, each after its delay. @returns those that were not taken: they may be sent again */
  send(messages: readonly { message: CheckMessage; delayMs: number }[]): Promise<CheckMessage[]>;
};

/**
 * What came of a check, written on condition that the dependency is still as it was `seen` before the fetch (`isAsSeen`):
 * no sync holds it, nobody checked it since, and its source and snapshot are the same. Each method says whether it wrote;
 * with `false` whoever came between has the newer news.
 */
export type CheckStore = {
  /** One write: checked, healthy, one more unchanged check. */
  recordUnchanged(seen: Dependency, found: { atMs: number; etag?: string; lastModified?: string }): Promise<boolean>;
  /** One write: to be checked again at `nextCheckAt`; its host asked to wait `until`. */
  recordPostponed(seen: Dependency, wait: Postponement): Promise<boolean>;
  /** One transaction: `job` is the failed job that the history shows, and the failure is counted. */
  recordFailed(seen: Dependency, job: SyncJob, failure: DependencyFailure): Promise<boolean>;
  /** One transaction: `job`, queued with what was fetched, holds the dependency. `undefined` when it was not written. */
  handOver(seen: Dependency, job: SyncJob): Promise<SyncJob | undefined>;
};

export type Postponement = {
  /** When its host may be asked again. */
  until: string;
  nextCheckAt: string;
  /** Whether the host answered this dependency's own request with 429; else it was only away for a while. */
  isCounted: boolean;
};
