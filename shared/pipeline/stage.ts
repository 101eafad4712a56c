import type { Dependency, DependencyAfterSync } from "../dependencies/dependency.ts";
import type { StageProgress, SyncJob, SyncOutcome, SyncStage } from "../jobs/job.ts";

/** What a stage is given: the job as claimed, its dependency, and the means to stop in time. */
export type StageContext = {
  job: SyncJob;
  dependency: Dependency;
  /** Aborts when the lease can no longer be trusted, the state machine stopped waiting, or a cancel was asked for. */
  signal: AbortSignal;
  nowMs(): number;
  /** Shown to people, and where a yielded stage goes on. */
  saveProgress(progress: StageProgress): Promise<void>;
  /** `true` when the function's time is nearly up: save progress and return `yielded`. */
  mustYield(): boolean;
};

/** How a stage ended. Errors are thrown. */
export type StageResult =
  /** `output` becomes the checkpoint: JSON of a few KiB. `outcome` in it steers the state machine's choices. */
  | { result: "completed"; output: Record<string, unknown> }
  /** The `done` stage: ends the job in one transaction with its dependency. */
  | { result: "finished"; outcome: SyncOutcome; after: DependencyAfterSync }
  /** The host told us to wait; the job waits in the state machine, holding no lease. */
  | {
      result: "rateLimited";
      retryAtMs: number;
      /** `false`: it only waits for its turn at the host, which is none of the waits that an attempt may have. */
      isCounted: boolean;
    }
  /** Progress is saved; the next invocation goes on from it. */
  | { result: "yielded" };

export type Stage = { name: SyncStage; run(context: StageContext): Promise<StageResult> };
