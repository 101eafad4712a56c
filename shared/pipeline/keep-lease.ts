import { JobCancelledError, LeaseLostError, StaleAttemptError } from "../jobs/errors.ts";
import type { Lease } from "../jobs/job.ts";
import { trustedForMs } from "../jobs/lease.ts";
import type { Clock, TaskTokens } from "../jobs/ports.ts";

/** What a lease has that is kept: a sync's or another job's. */
export type KeptLease = Pick<Lease, "jobId" | "attempt" | "term" | "expiresAtMs"> & { stage: string };

export type KeepLeasePorts<Kept extends KeptLease = Lease> = {
  jobs: {
    /** @throws LeaseLostError */
    renew(
      lease: Kept,
      nowMs: number,
      durationMs: number,
    ): Promise<{ lease: Kept; job: { status: string; cancelRequestedAt?: string | undefined } }>;
  };
  tokens: Pick<TaskTokens, "heartbeat">;
  clock: Clock;
  log(event: string, fields: Record<string, unknown>): void;
};

export type LeaseKeeper<Kept extends KeptLease = Lease> = {
  /** Aborts with the AppError that says why the work must stop. */
  signal: AbortSignal;
  /** The lease with its latest expiry. */
  lease(): Kept;
  /** @throws the reason of the abort, or LeaseLostError when the lease is too near its end to be trusted. */
  assertHeld(): void;
  /** Ends renewal and waits for the one under way, so that no renewal crosses the writes that follow. */
  stop(): Promise<void>;
};

/** A tenth of the lease: more than two clocks differ and one write takes. */
const marginMs = (leaseDurationMs: number): number => leaseDurationMs / 10;

/**
 * Renews `lease` every third of its duration, and with each renewal tells the state machine that the worker lives
 * (rule 2). A lost lease stops the work; a renewal that merely fails is tried again until the lease cannot be trusted.
 */
export const keepLease = <Kept extends KeptLease = Lease>(
  ports: KeepLeasePorts<Kept>,
  claimed: Kept,
  taskToken: string,
  leaseDurationMs: number,
): LeaseKeeper<Kept> => {
  const { clock } = ports;
  const margin = marginMs(leaseDurationMs);
  const work = new AbortController();
  const renewal = new AbortController();
  let lease = claimed;

  const lost = () => new LeaseLostError(lease.jobId, lease.stage, lease.term);
  const isTrusted = () => trustedForMs(lease, clock.nowMs(), margin) > 0;

  const renewOnce = async (): Promise<void> => {
    const renewed = await ports.jobs.renew(lease, clock.nowMs(), leaseDurationMs);
    lease = renewed.lease;
    if (renewed.job.cancelRequestedAt !== undefined) return work.abort(new JobCancelledError(lease.jobId));
    // A stale token means that the state machine gave this task up: another one is, or will be, in its place.
    if ((await ports.tokens.heartbeat(taskToken)) === "stale")
      work.abort(new StaleAttemptError(lease.jobId, lease.attempt));
  };

  const loop = async (): Promise<void> => {
    while (!renewal.signal.aborted && !work.signal.aborted) {
      const untilExpiry = trustedForMs(lease, clock.nowMs(), margin);
      await clock.sleep(Math.min(leaseDurationMs / 3, untilExpiry), renewal.signal);
      if (renewal.signal.aborted) return;
      if (!isTrusted()) return work.abort(lost());
      try {
        await renewOnce();
      } catch (error) {
        if (error instanceof LeaseLostError) return work.abort(error);
        ports.log("sync.renewal_failed", { jobId: lease.jobId, stage: lease.stage, message: String(error) });
        // Soon again, but not at once: the store may be throttling.
        await clock.sleep(leaseDurationMs / 30, renewal.signal);
      }
    }
  };
  const looping = loop();

  return {
    signal: work.signal,
    lease: () => lease,
    assertHeld() {
      work.signal.throwIfAborted();
      if (!isTrusted()) throw lost();
    },
    async stop() {
      renewal.abort();
      await looping;
    },
  };
};
