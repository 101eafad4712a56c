import type { DeliveryStore } from "../../shared/alerts/ports.ts";
import { isTerminal, type Lease, type SyncJob } from "../../shared/jobs/job.ts";
import type { JobStore } from "../../shared/jobs/ports.ts";
import type { SyncState } from "../../shared/memory/sync-state.ts";
import type { BodyStore, SnapshotStore } from "../../shared/snapshots/ports.ts";
import { sha256 } from "../../shared/snapshots/sha256.ts";
import type { Strand } from "./scheduler.ts";

/** A promise of `docs/engine.md` that was broken. The name groups schedules that fail for the same reason. */
export class BrokenPromise extends Error {
  override readonly name = "BrokenPromise";
  readonly promise: string;
  constructor(promise: string, detail: string) {
    super(`${promise}: ${detail}`);
    this.promise = promise;
  }
}

/**
 * Watches the stores from outside, at the moment of each write. It keeps its own account of what was claimed, written and
 * sent, and believes nothing that the engine says of itself.
 */
export const createWatch = (state: SyncState) => {
  const highestTerm = new Map<string, number>();
  const lastSeen = new Map<string, SyncJob>();
  const snapshotTexts = new Map<string, string>();
  const recordedAsSent = new Set<string>();
  /** Who posted a delivery and has not written down what came of it. A process that failed is dead. */
  const posting = new Map<string, Strand>();
  let broken: BrokenPromise | undefined;

  const breakPromise = (promise: string, detail: string): void => {
    broken ??= new BrokenPromise(promise, detail);
  };

  const isCurrent = (lease: Lease, what: string): void => {
    const highest = highestTerm.get(lease.jobId);
    const own = state.jobs.get(lease.jobId)?.checkpoints[lease.stage]?.term;
    if (lease.term !== highest && own !== lease.term)
      breakPromise("no stale worker writes", `${what} of term ${lease.term} was taken; the term is ${highest}`);
  };

  const jobs = (store: JobStore): JobStore => ({
    ...store,
    async claimStage(claim) {
      const held = state.jobs.get(claim.jobId);
      const result = await store.claimStage(claim);
      if (!result.claimed) return result;
      const { term } = result.lease;
      if (term <= (highestTerm.get(claim.jobId) ?? 0)) breakPromise("terms only grow", `${term} was given twice`);
      const isLive = held?.leaseOwner !== undefined && (held.leaseExpiresAtMs ?? 0) > claim.nowMs;
      if (isLive && held.leaseOwner !== claim.owner)
        breakPromise("a live lease is never taken", `${claim.owner} took that of ${held.leaseOwner}`);
      highestTerm.set(claim.jobId, term);
      return result;
    },
    async renew(lease, nowMs, durationMs) {
      const renewed = await store.renew(lease, nowMs, durationMs);
      const storedMs = state.jobs.get(lease.jobId)?.leaseExpiresAtMs;
      if (storedMs !== renewed.lease.expiresAtMs)
        breakPromise(
          "a renewed lease is live",
          `until ${renewed.lease.expiresAtMs} for its holder, stored ${storedMs}`,
        );
      return renewed;
    },
    async saveProgress(lease, progress, atMs) {
      await store.saveProgress(lease, progress, atMs);
      isCurrent(lease, "progress");
    },
    async checkpoint(lease, checkpoint) {
      const job = await store.checkpoint(lease, checkpoint);
      isCurrent(lease, `the checkpoint ${lease.stage}`);
      return job;
    },
    async finish(lease, checkpoint, outcome, after) {
      const job = await store.finish(lease, checkpoint, outcome, after);
      isCurrent(lease, "the end");
      return job;
    },
    async release(lease, atMs, note) {
      await store.release(lease, atMs, note);
      isCurrent(lease, "a release");
    },
  });

  const snapshots = (store: SnapshotStore): SnapshotStore => ({
    ...store,
    async putOnce(snapshot) {
      await store.putOnce(snapshot);
      const { tenantId, dependencyId, id } = snapshot;
      const text = JSON.stringify(await store.get(tenantId, dependencyId, id));
      const first = snapshotTexts.get(id) ?? text;
      snapshotTexts.set(id, first);
      if (first !== text) breakPromise("a snapshot never changes", `${id} was ${first} and is ${text}`);
    },
  });

  const bodies = (store: BodyStore): BodyStore => ({
    ...store,
    async putOnce(key, bytes, contentType) {
      await store.putOnce(key, bytes, contentType);
      const stored = (await store.get(key)) ?? new Uint8Array();
      if (!key.endsWith(sha256(stored))) breakPromise("a body hashes to its id", `${key} holds ${sha256(stored)}`);
    },
  });

  const deliveries = (store: DeliveryStore): DeliveryStore => ({
    ...store,
    async recordAttempt(tenantId, deliveryId, attempt, status, nextAttemptAt) {
      await store.recordAttempt(tenantId, deliveryId, attempt, status, nextAttemptAt);
      posting.delete(deliveryId);
      if (status === "sent") recordedAsSent.add(deliveryId);
    },
    async reopen(tenantId, deliveryId, atMs) {
      const reopened = await store.reopen(tenantId, deliveryId, atMs);
      if (reopened !== undefined) recordedAsSent.delete(deliveryId);
      return reopened;
    },
  });

  return {
    jobs,
    snapshots,
    bodies,
    deliveries,
    breakPromise,
    /** A receiver got the message. */
    received(deliveryId: string, by: Strand): void {
      const other = posting.get(deliveryId);
      if (recordedAsSent.has(deliveryId)) breakPromise("a delivery is sent once", `${deliveryId} was recorded as sent`);
      if (other !== undefined && !other.isDead)
        breakPromise("a delivery is sent once", `two workers sent ${deliveryId} at once`);
      posting.set(deliveryId, by);
    },
    /** Looks at the jobs and dependencies as they stand. @throws BrokenPromise the first one that was broken so far */
    look(): void {
      const unfinished = new Map<string, string>();
      for (const job of state.jobs.values()) {
        const before = lastSeen.get(job.id);
        if (before === job) continue;
        lastSeen.set(job.id, job);
        if (before === undefined) continue;
        if (job.term < before.term) breakPromise("terms only grow", `job ${job.id} went back to ${job.term}`);
        const isRetry = before.status !== "finished" && job.attempt === before.attempt + 1 && job.status === "queued";
        if (isTerminal(before.status) && job.status !== before.status && !isRetry)
          breakPromise("an ended job stays ended", `${before.status} became ${job.status}`);
      }
      for (const job of state.jobs.values()) {
        if (isTerminal(job.status)) continue;
        const other = unfinished.get(job.dependencyId);
        if (other !== undefined) breakPromise("one sync at a time", `${job.id} and ${other}`);
        unfinished.set(job.dependencyId, job.id);
      }
      for (const { dependency } of state.dependencies.values()) {
        const open = unfinished.get(dependency.id);
        if (dependency.activeJobId !== open)
          breakPromise("one sync at a time", `${dependency.activeJobId} holds the dependency, ${open} is unfinished`);
      }
      if (broken !== undefined) throw broken;
    },
  };
};
