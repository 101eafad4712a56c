import type { JobType } from "../contracts/job-types.ts";

/**
 * A stop that people set: work of its kind that has not started waits, and what runs finishes. A tenant's own pause and an
 * operator's are two: work starts again when both have ended.
 */
export type Pause = {
  /** ULID: sorts by beginning. */
  id: string;
  /** Absent: of every tenant. */
  tenantId?: string;
  /** Absent: every type. */
  jobType?: JobType;
  setBy: "operator" | "tenant";
  reason: string;
  pausedAt: string;
  /** The tenant's API key, or the operator's name. */
  pausedBy: string;
  resumedAt?: string;
  resumedBy?: string;
  resumeReason?: string;
};

export type PauseEnd = { at: string; by: string; reason: string };

/** The pause for which this work waits, the oldest one; `undefined` when it may start. */
export const pauseOf = (active: readonly Pause[], tenantId: string, jobType: JobType): Pause | undefined =>
  active
    .filter(
      (pause) =>
        (pause.tenantId === undefined || pause.tenantId === tenantId) &&
        (pause.jobType === undefined || pause.jobType === jobType),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1))[0];

/** What two pauses of one setter must not have in common while both last. */
export const pauseTarget = ({ setBy, tenantId, jobType }: Pause): string =>
  [setBy, tenantId ?? "*", jobType ?? "*"].join("#");

export const endedPause = (pause: Pause, { at, by, reason }: PauseEnd): Pause => ({
  ...pause,
  resumedAt: at,
  resumedBy: by,
  resumeReason: reason,
});
