/**
 * What is kept of a run, under the names of `seeds/2`; a "table" is one monitored target. A run of ours asks for checks and
 * does not wait for them: `jobsCompleted` and `jobsFailed` grow as the workers end what this run submitted.
 */
export type RunRecord = {
  /** Given out by the store; only grows. */
  id: number;
  startedAt: string;
  completedAt: string;
  /** `completed`, `failed`, `partial`, or a word of whoever recorded it. */
  status: string;
  tablesAssessed: number;
  tablesSkipped: number;
  tablesHealthy: number;
  jobsSubmitted: number;
  jobsCompleted: number;
  jobsFailed: number;
  dryRun: boolean;
  error: string | null;
  /** Set from its beginning to its end. */
  isOpen?: boolean;
};

/** A run that has begun and has not ended. */
export type OpenRun = Pick<RunRecord, "id" | "startedAt" | "dryRun">;

export type RunEnd = Omit<RunRecord, "jobsCompleted" | "jobsFailed" | "isOpen">;

export type RunStore = {
  /** Gives out the id of a run that begins. It is in no list until it is completed. */
  begin(startedAt: string, dryRun: boolean): Promise<number>;
  /** How a begun run ended. The jobs that ended meanwhile stay counted. */
  complete(end: RunEnd): Promise<void>;
  /** Stores a run that somebody else made, under a new id. */
  record(run: Omit<RunRecord, "id">): Promise<RunRecord>;
  /** Also one that has not ended. */
  get(runId: number): Promise<RunRecord | undefined>;
  /** Counts ends of jobs that the run submitted; nothing for a run that is not there any more. */
  addOutcomes(runId: number, outcomes: { completed: number; failed: number }): Promise<void>;
  /** Completed runs, newest first. */
  list(limit: number): Promise<RunRecord[]>;
  /** Of the newest runs, those that have begun and not ended. */
  listOpen(): Promise<OpenRun[]>;
  /** Up to where runs have looked at the beats of dependencies, in epoch milliseconds; absent before the first run. */
  coveredMs(): Promise<number | undefined>;
  /** Moves that on; never back. */
  noteCovered(untilMs: number): Promise<void>;
};

/** Of the newest runs, so many are looked at for one that is open. */
export const openRunsLookedAt = 10;

/** The record of a run that begins. */
export const newRun = (id: number, startedAt: string, dryRun: boolean): RunRecord => ({
  id,
  startedAt,
  completedAt: startedAt,
  status: "running",
  tablesAssessed: 0,
  tablesSkipped: 0,
  tablesHealthy: 0,
  jobsSubmitted: 0,
  jobsCompleted: 0,
  jobsFailed: 0,
  dryRun,
  error: null,
  isOpen: true,
});

/** The record of a run that ends; the outcomes that workers counted meanwhile stay. */
export const applyRunEnd = (run: RunRecord, end: RunEnd): RunRecord => ({ ...run, ...end, isOpen: undefined });

export const isOpenRun = ({ isOpen }: RunRecord): boolean => isOpen === true;
