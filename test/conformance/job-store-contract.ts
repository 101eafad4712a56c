import { beforeAll, describe, expect, it } from "vitest";
import type { Dependency } from "../../shared/dependencies/dependency.ts";
import type { DependencyStore } from "../../shared/dependencies/ports.ts";
import { defaultHealthThresholds } from "../../shared/health/assess-failure.ts";
import { LeaseLostError, NotFoundError } from "../../shared/jobs/errors.ts";
import type { Checkpoint, JobError, Lease, SyncJob, SyncStage } from "../../shared/jobs/job.ts";
import { stagesOfJob } from "../../shared/jobs/job.ts";
import type { JobStore, StageClaim } from "../../shared/jobs/ports.ts";
import { allPages, eventually, firstCursor } from "./paging.ts";
import { isoAt, minuteMs, newId, sampleDependency, sampleJob, startMs } from "./samples.ts";

// One file above the usual length: each case starts from a job in a state that the helpers here bring about, and every store
// runs all of them as one suite.

const errorAt = (atMs: number, message = "the host did not answer"): JobError => ({
  at: isoAt(atMs),
  stage: "fetch",
  attempt: 1,
  name: "Timeout",
  message,
  kind: "retryable",
});

const failureAt = (atMs: number) => ({
  atMs,
  name: "Timeout",
  message: "the host did not answer",
  thresholds: defaultHealthThresholds,
});

const checkpointOf = (lease: Lease, atMs: number, output: Record<string, unknown> = {}): Checkpoint => ({
  at: isoAt(atMs),
  term: lease.term,
  output,
});

/** What every store of jobs does, whatever it is made of. */
export const jobStoreContract = (
  name: string,
  makeStores: () => Promise<{ jobs: JobStore; dependencies: DependencyStore }>,
): void => {
  describe(`job store: ${name}`, () => {
    let jobs: JobStore;
    let dependencies: DependencyStore;
    beforeAll(async () => {
      ({ jobs, dependencies } = await makeStores());
    });

    const storedDependency = async (own: Partial<Dependency> = {}): Promise<Dependency> => {
      const dependency = sampleDependency(own);
      await dependencies.create(dependency);
      return dependency;
    };

    const queuedJob = async (own: Partial<Dependency> = {}): Promise<SyncJob> => {
      const { job } = await jobs.create(sampleJob(await storedDependency(own)));
      return job;
    };

    const claimOf = (job: SyncJob, own: Partial<StageClaim> = {}): StageClaim => ({
      jobId: job.id,
      stage: "fetch",
      attempt: 1,
      owner: "worker-a",
      nowMs: startMs,
      durationMs: minuteMs,
      ...own,
    });

    const claim = async (job: SyncJob, own: Partial<StageClaim> = {}): Promise<Lease> => {
      const result = await jobs.claimStage(claimOf(job, own));
      if (!result.claimed) throw new Error(`claim refused: ${result.reason}`);
      return result.lease;
    };

    const dependencyOf = async (job: SyncJob): Promise<Dependency> => {
      const found = await dependencies.get(job.tenantId, job.dependencyId);
      if (found === undefined) throw new Error("the dependency is gone");
      return found;
    };

    /** Runs all stages before `stage`. */
    const advanceTo = async (job: SyncJob, stage: SyncStage): Promise<void> => {
      const stages: readonly SyncStage[] = stagesOfJob[job.type];
      for (const earlier of stages.slice(0, stages.indexOf(stage))) {
        const lease = await claim(job, { stage: earlier });
        await jobs.checkpoint(lease, checkpointOf(lease, startMs));
      }
    };

    describe("create", () => {
      it("stores the job as it was given and claims the dependency for it", async () => {
        const dependency = await storedDependency();
        const job = sampleJob(dependency);
        expect(await jobs.create(job)).toEqual({ created: true, job });
        expect(await jobs.get(job.id)).toEqual(job);
        expect(await dependencyOf(job)).toEqual({ ...dependency, activeJobId: job.id });
      });

      it("returns the unfinished job of the dependency instead of a second one", async () => {
        const dependency = await storedDependency();
        const { job: first } = await jobs.create(sampleJob(dependency));
        const second = sampleJob(dependency);
        expect(await jobs.create(second)).toEqual({ created: false, job: first });
        expect(await jobs.get(second.id)).toBeUndefined();
      });

      it("makes one job of twenty that are asked for at once", async () => {
        const dependency = await storedDependency();
        const results = await Promise.all(Array.from({ length: 20 }, () => jobs.create(sampleJob(dependency))));
        expect(results.filter(({ created }) => created)).toHaveLength(1);
        expect(new Set(results.map(({ job }) => job.id)).size).toBe(1);
        expect((await dependencies.get(dependency.tenantId, dependency.id))?.activeJobId).toBe(results[0]?.job.id);
      });

      it("refuses a dependency that is unknown, removed or another tenant's", async () => {
        const removed = await storedDependency();
        await dependencies.remove(removed.tenantId, removed.id);
        const foreign = { ...(await storedDependency()), tenantId: newId() };
        for (const dependency of [sampleDependency(), removed, foreign])
          await expect(jobs.create(sampleJob(dependency))).rejects.toThrow(NotFoundError);
      });
    });

    describe("claimStage", () => {
      it("starts the job and hands out a lease with a new term", async () => {
        const job = await queuedJob();
        const result = await jobs.claimStage(claimOf(job, { taskToken: "token-1" }));
        const lease: Lease = {
          jobId: job.id,
          jobType: "dependency.sync",
          stage: "fetch",
          attempt: 1,
          owner: "worker-a",
          term: 1,
          expiresAtMs: startMs + minuteMs,
        };
        const running = {
          ...job,
          status: "running",
          term: 1,
          leaseOwner: "worker-a",
          leaseExpiresAtMs: startMs + minuteMs,
          taskToken: "token-1",
          startedAt: isoAt(startMs),
        };
        expect(result).toEqual({ claimed: true, job: running, lease });
        expect(await jobs.get(job.id)).toEqual(running);
      });

      it("lets exactly one of twenty workers have a stage, and raises the term with every next claim", async () => {
        const job = await queuedJob();
        let lastTerm = 0;
        for (let round = 0; round < 3; round += 1) {
          const nowMs = startMs + round * 2 * minuteMs;
          const results = await Promise.all(
            Array.from({ length: 20 }, (_, worker) =>
              jobs.claimStage(claimOf(job, { owner: `worker-${round}-${worker}`, nowMs })),
            ),
          );
          const won = results.filter((result) => result.claimed);
          expect(won).toHaveLength(1);
          expect(results.filter((result) => !result.claimed && result.reason === "leaseHeld")).toHaveLength(19);
          expect(won[0]?.lease.term).toBeGreaterThan(lastTerm);
          lastTerm = won[0]?.lease.term ?? 0;
        }
      });

      it("gives a stage to another worker once the lease has run out, not a moment before", async () => {
        const job = await queuedJob();
        const lease = await claim(job);
        const early = await jobs.claimStage(claimOf(job, { owner: "worker-b", nowMs: lease.expiresAtMs - 1 }));
        expect(early).toMatchObject({ claimed: false, reason: "leaseHeld" });
        const late = await jobs.claimStage(claimOf(job, { owner: "worker-b", nowMs: lease.expiresAtMs }));
        expect(late).toMatchObject({ claimed: true, lease: { owner: "worker-b", term: 2 } });
        expect((await jobs.get(job.id))?.startedAt).toBe(isoAt(startMs));
      });

      it("lets the holder claim again, with a new term", async () => {
        const job = await queuedJob();
        await claim(job);
        expect(await claim(job)).toMatchObject({ owner: "worker-a", term: 2 });
      });

      it("drops the task token of the claim before", async () => {
        const job = await queuedJob();
        await claim(job, { taskToken: "token-1" });
        await claim(job);
        expect(await jobs.get(job.id)).not.toHaveProperty("taskToken");
      });

      it("says why it refuses", async () => {
        const job = await queuedJob();
        expect(await jobs.claimStage(claimOf({ ...job, id: newId() }))).toEqual({
          claimed: false,
          reason: "unknownJob",
        });
        expect(await jobs.claimStage(claimOf(job, { attempt: 2 }))).toEqual({
          claimed: false,
          reason: "staleAttempt",
          job,
        });
        const lease = await claim(job);
        const checkpointed = await jobs.checkpoint(lease, checkpointOf(lease, startMs, { bodyKey: "b" }));
        expect(await jobs.claimStage(claimOf(job))).toEqual({
          claimed: false,
          reason: "checkpointed",
          job: checkpointed,
        });
        const failed = await jobs.fail(job.id, 1, errorAt(startMs), undefined);
        expect(await jobs.claimStage(claimOf(job, { stage: "parse" }))).toEqual({
          claimed: false,
          reason: "terminal",
          job: failed,
        });
      });

      it("tells a worker of a finished job that its stage is checkpointed", async () => {
        const job = await queuedJob();
        const lease = await claim(job, { stage: "done" });
        const finished = await jobs.finish(lease, checkpointOf(lease, startMs), "unchanged", { atMs: startMs });
        expect(await jobs.claimStage(claimOf(job, { stage: "done" }))).toEqual({
          claimed: false,
          reason: "checkpointed",
          job: finished,
        });
      });

      it("forgets the progress of another stage and keeps that of its own", async () => {
        const job = await queuedJob();
        const lease = await claim(job);
        await jobs.saveProgress(lease, { message: "half", completed: 1, total: 2, cursor: "c1" }, startMs);
        await jobs.release(lease, startMs);
        await claim(job);
        expect((await jobs.get(job.id))?.progress).toEqual({ message: "half", completed: 1, total: 2, cursor: "c1" });
        await claim(job, { stage: "done" });
        expect(await jobs.get(job.id)).not.toHaveProperty("progress");
      });
    });

    describe("renew", () => {
      it("extends the lease from now and tells whether a cancel was asked for", async () => {
        const job = await queuedJob();
        const lease = await claim(job);
        await jobs.requestCancel(job.id, startMs + 1);
        const renewed = await jobs.renew(lease, startMs + 20_000, minuteMs);
        expect(renewed.lease).toEqual({ ...lease, expiresAtMs: startMs + 20_000 + minuteMs });
        expect(renewed.job).toMatchObject({
          leaseExpiresAtMs: startMs + 20_000 + minuteMs,
          cancelRequestedAt: isoAt(startMs + 1),
          term: lease.term,
        });
      });

      it("works after the lease ran out while nobody else claimed", async () => {
        const job = await queuedJob();
        const lease = await claim(job);
        const nowMs = lease.expiresAtMs + minuteMs;
        expect((await jobs.renew(lease, nowMs, minuteMs)).lease.expiresAtMs).toBe(nowMs + minuteMs);
      });
    });

    describe("checkpoint, progress and release", () => {
      it("commits a stage: keeps its output exactly, frees the lease and moves on", async () => {
        const job = await queuedJob();
        const lease = await claim(job, { taskToken: "token-1" });
        await jobs.saveProgress(lease, { message: "reading" }, startMs + 1);
        const checkpoint = checkpointOf(lease, startMs + 2, {
          huge: 1e300,
          "": { deep: [null, "é"] },
          unsafe: 2 ** 60,
        });
        const committed = await jobs.checkpoint(lease, checkpoint);
        expect(committed).toEqual({
          ...job,
          status: "running",
          stage: "parse",
          term: 1,
          checkpoints: { fetch: checkpoint },
          startedAt: isoAt(startMs),
          updatedAt: isoAt(startMs + 2),
        });
        expect(await jobs.get(job.id)).toEqual(committed);
      });

      it("goes straight to done when the document is unchanged", async () => {
        const job = await queuedJob();
        const lease = await claim(job);
        const committed = await jobs.checkpoint(lease, checkpointOf(lease, startMs, { outcome: "notModified" }));
        expect(committed.stage).toBe("done");
      });

      it("hands a provider sync on to notify where a dependency's own goes on to alert", async () => {
        const nextAfterPersist = async (own: Partial<SyncJob>) => {
          const job = sampleJob(await storedDependency(), own);
          await jobs.create(job);
          await advanceTo(job, "persist");
          const lease = await claim(job, { stage: "persist" });
          return (await jobs.checkpoint(lease, checkpointOf(lease, startMs))).stage;
        };
        expect(await nextAfterPersist({})).toBe("alert");
        expect(await nextAfterPersist({ type: "provider.sync" })).toBe("notify");
      });

      it("answers a repeated commit of the same lease with the job", async () => {
        const job = await queuedJob();
        const lease = await claim(job);
        const committed = await jobs.checkpoint(lease, checkpointOf(lease, startMs));
        expect(await jobs.checkpoint(lease, checkpointOf(lease, startMs + 1))).toEqual(committed);
      });

      it("releases without a checkpoint, noting the error and the wait", async () => {
        const job = await queuedJob();
        const lease = await claim(job, { taskToken: "token-1" });
        const until = isoAt(startMs + minuteMs);
        await jobs.release(lease, startMs + 5, { error: errorAt(startMs + 5), rateLimitedUntil: until });
        expect(await jobs.get(job.id)).toEqual({
          ...job,
          status: "running",
          term: 1,
          errors: [errorAt(startMs + 5)],
          rateLimitedCount: 1,
          rateLimitedUntil: until,
          startedAt: isoAt(startMs),
          updatedAt: isoAt(startMs + 5),
        });
        await claim(job, { owner: "worker-b", nowMs: startMs + 6 });
        expect(await jobs.get(job.id)).not.toHaveProperty("rateLimitedUntil");
      });

      it("remembers the last twenty errors", async () => {
        const job = await queuedJob();
        for (let count = 0; count < 22; count += 1)
          await jobs.release(await claim(job), startMs, { error: errorAt(startMs, `error ${count}`) });
        const messages = (await jobs.get(job.id))?.errors.map(({ message }) => message);
        expect(messages).toEqual(Array.from({ length: 20 }, (_, index) => `error ${index + 2}`));
      });
    });

    describe("a lease that is no longer current", () => {
      /** Every way to write under a lease. */
      const writes: Record<string, (lease: Lease) => Promise<unknown>> = {
        renew: (lease) => jobs.renew(lease, startMs, minuteMs),
        saveProgress: (lease) => jobs.saveProgress(lease, { message: "stale" }, startMs),
        checkpoint: (lease) => jobs.checkpoint(lease, checkpointOf(lease, startMs)),
        release: (lease) => jobs.release(lease, startMs, { error: errorAt(startMs) }),
        finish: (lease) => jobs.finish(lease, checkpointOf(lease, startMs), "changed", { atMs: startMs }),
      };
      /** Every way to lose one. */
      const losses: Record<string, (job: SyncJob, lease: Lease) => Promise<unknown>> = {
        "another worker claimed": (job, lease) => claim(job, { owner: "worker-b", nowMs: lease.expiresAtMs }),
        "it was released": (_, lease) => jobs.release(lease, startMs),
        "the job failed": (job) => jobs.fail(job.id, 1, errorAt(startMs), undefined),
        "the job was cancelled": (job) => jobs.cancel(job.id, 1, startMs),
        "the job was requeued": async (job) => {
          await jobs.fail(job.id, 1, errorAt(startMs), undefined);
          await jobs.requeue(job.id, startMs);
        },
      };
      for (const [loss, lose] of Object.entries(losses)) {
        it(`writes nothing by any method after ${loss}`, async () => {
          const job = await queuedJob();
          const lease = await claim(job);
          await lose(job, lease);
          const before = [await jobs.get(job.id), await dependencyOf(job)];
          for (const write of Object.values(writes)) await expect(write(lease)).rejects.toThrow(LeaseLostError);
          expect([await jobs.get(job.id), await dependencyOf(job)]).toEqual(before);
        });
      }

      it("writes nothing for a job that is unknown", async () => {
        const lease = { ...(await claim(await queuedJob())), jobId: newId() };
        for (const write of Object.values(writes)) await expect(write(lease)).rejects.toThrow(LeaseLostError);
      });
    });

    describe("finish", () => {
      it("ends the job and moves the dependency on, in one step", async () => {
        const health = { status: "degraded", consecutiveFailures: 4, lastError: { name: "E", message: "m" } } as const;
        const job = await queuedJob({ health, etag: '"old"', lastModified: "yesterday" });
        await advanceTo(job, "done");
        const dependency = await dependencyOf(job);
        const lease = await claim(job, { stage: "done", taskToken: "token-1" });
        const atMs = startMs + minuteMs;
        const checkpoint = checkpointOf(lease, atMs, { outcome: "changed" });
        const after = { atMs, currentSnapshotId: "snapshot-2", etag: '"new"' };
        const finished = await jobs.finish(lease, checkpoint, "changed", after);
        expect(finished).toMatchObject({
          status: "finished",
          stage: "done",
          outcome: "changed",
          finishedAt: isoAt(atMs),
          updatedAt: isoAt(atMs),
          checkpoints: { done: checkpoint },
        });
        for (const gone of ["leaseOwner", "leaseExpiresAtMs", "taskToken"]) expect(finished).not.toHaveProperty(gone);
        expect(await jobs.get(job.id)).toEqual(finished);
        const { activeJobId: _, lastModified: __, ...rest } = dependency;
        expect(await dependencyOf(job)).toEqual({
          ...rest,
          health: { status: "healthy", consecutiveFailures: 0, lastSuccessAt: isoAt(atMs) },
          currentSnapshotId: "snapshot-2",
          etag: '"new"',
          lastCheckedAt: isoAt(atMs),
          updatedAt: isoAt(atMs),
        });
      });

      it("keeps snapshot and validators of an unchanged document", async () => {
        const job = await queuedJob({ currentSnapshotId: "snapshot-1", etag: '"v1"', lastModified: "yesterday" });
        const lease = await claim(job, { stage: "done" });
        await jobs.finish(lease, checkpointOf(lease, startMs), "unchanged", { atMs: startMs });
        expect(await dependencyOf(job)).toMatchObject({
          currentSnapshotId: "snapshot-1",
          etag: '"v1"',
          lastModified: "yesterday",
        });
      });

      it("repeated by the same lease gives the finished job and changes nothing", async () => {
        const job = await queuedJob();
        const lease = await claim(job, { stage: "done" });
        const finished = await jobs.finish(lease, checkpointOf(lease, startMs), "baseline", { atMs: startMs });
        const dependency = await dependencyOf(job);
        const later = startMs + minuteMs;
        expect(await jobs.finish(lease, checkpointOf(lease, later), "changed", { atMs: later })).toEqual(finished);
        expect(await dependencyOf(job)).toEqual(dependency);
      });

      it("or cancel: one of the two wins, and the dependency is free either way", async () => {
        for (let round = 0; round < 5; round += 1) {
          const job = await queuedJob();
          const lease = await claim(job, { stage: "done" });
          const [finished, cancelled] = await Promise.allSettled([
            jobs.finish(lease, checkpointOf(lease, startMs), "changed", { atMs: startMs, currentSnapshotId: "s" }),
            jobs.cancel(job.id, 1, startMs),
          ]);
          const stored = await jobs.get(job.id);
          const dependency = await dependencyOf(job);
          expect(stored?.status).toBe(finished.status === "fulfilled" ? "finished" : "cancelled");
          expect(cancelled).toEqual({ status: "fulfilled", value: stored });
          expect(dependency).not.toHaveProperty("activeJobId");
          expect(dependency.currentSnapshotId).toBe(finished.status === "fulfilled" ? "s" : undefined);
        }
      });

      it("still ends the job of a dependency that was removed, which stays removed", async () => {
        const job = await queuedJob();
        const lease = await claim(job, { stage: "done" });
        await dependencies.remove(job.tenantId, job.dependencyId);
        const finished = await jobs.finish(lease, checkpointOf(lease, startMs), "baseline", { atMs: startMs });
        expect(finished.status).toBe("finished");
        expect(await dependencies.get(job.tenantId, job.dependencyId)).toBeUndefined();
      });
    });

    describe("fail and cancel", () => {
      it("fail ends the attempt, frees the dependency and counts the failure", async () => {
        const job = await queuedJob({ health: { status: "healthy", consecutiveFailures: 2 } });
        const dependency = await dependencyOf(job);
        await claim(job, { taskToken: "token-1" });
        const failed = await jobs.fail(job.id, 1, errorAt(startMs + 1), failureAt(startMs + 1));
        expect(failed).toEqual({
          ...job,
          status: "failed",
          term: 1,
          errors: [errorAt(startMs + 1)],
          startedAt: isoAt(startMs),
          finishedAt: isoAt(startMs + 1),
          updatedAt: isoAt(startMs + 1),
        });
        const { activeJobId: _, ...rest } = dependency;
        expect(await dependencyOf(job)).toEqual({
          ...rest,
          health: {
            status: "degraded",
            consecutiveFailures: 3,
            lastFailureAt: isoAt(startMs + 1),
            lastError: { name: "Timeout", message: "the host did not answer" },
          },
          lastCheckedAt: isoAt(startMs + 1),
          updatedAt: isoAt(startMs + 1),
        });
      });

      it("fail without a failure of the dependency only frees it", async () => {
        const job = await queuedJob();
        const { activeJobId: _, ...dependency } = await dependencyOf(job);
        await jobs.fail(job.id, 1, errorAt(startMs), undefined);
        expect(await dependencyOf(job)).toEqual(dependency);
      });

      it("count a failure once when ten report it at the same time", async () => {
        const job = await queuedJob();
        const failed = await Promise.all(
          Array.from({ length: 10 }, () => jobs.fail(job.id, 1, errorAt(startMs), failureAt(startMs))),
        );
        const stored = await jobs.get(job.id);
        expect(failed).toEqual(Array.from({ length: 10 }, () => stored));
        expect(stored?.errors).toEqual([errorAt(startMs)]);
        expect((await dependencyOf(job)).health.consecutiveFailures).toBe(1);
      });

      it("cancel ends the attempt and frees the dependency, unharmed", async () => {
        const job = await queuedJob();
        const { activeJobId: _, ...dependency } = await dependencyOf(job);
        await claim(job);
        const cancelled = await jobs.cancel(job.id, 1, startMs + 1);
        expect(cancelled).toEqual({
          ...job,
          status: "cancelled",
          term: 1,
          startedAt: isoAt(startMs),
          finishedAt: isoAt(startMs + 1),
          updatedAt: isoAt(startMs + 1),
        });
        expect(await dependencyOf(job)).toEqual(dependency);
      });

      it("do nothing to an attempt that is over, and give the job as it stands", async () => {
        const job = await queuedJob();
        const cancelled = await jobs.cancel(job.id, 1, startMs);
        expect(await jobs.fail(job.id, 1, errorAt(startMs), failureAt(startMs))).toEqual(cancelled);
        expect(await jobs.cancel(job.id, 1, startMs + 1)).toEqual(cancelled);
        const requeued = await jobs.requeue(job.id, startMs);
        expect(await jobs.fail(job.id, 1, errorAt(startMs), failureAt(startMs))).toEqual(requeued.job);
        expect(await jobs.cancel(job.id, 1, startMs)).toEqual(requeued.job);
        expect(await jobs.fail(newId(), 1, errorAt(startMs), undefined)).toBeUndefined();
        expect(await jobs.cancel(newId(), 1, startMs)).toBeUndefined();
        expect((await dependencyOf(job)).activeJobId).toBe(job.id);
      });

      it("leave the dependency to the job that holds it now", async () => {
        const first = await queuedJob();
        await jobs.cancel(first.id, 1, startMs);
        const dependency = await dependencyOf(first);
        const { job: second } = await jobs.create(sampleJob(dependency));
        await jobs.cancel(first.id, 1, startMs);
        expect((await dependencyOf(first)).activeJobId).toBe(second.id);
      });
    });

    describe("requestCancel", () => {
      it("cancels at once a job that no worker has, also one whose execution was started", async () => {
        for (const isStarted of [false, true]) {
          const job = await queuedJob();
          if (isStarted) await jobs.recordExecution(job.id, 1, "arn:execution");
          const cancelled = await jobs.requestCancel(job.id, startMs + 1);
          expect(cancelled).toMatchObject({ status: "cancelled", cancelRequestedAt: isoAt(startMs + 1) });
          expect(await jobs.get(job.id)).toEqual(cancelled);
          expect(await dependencyOf(job)).not.toHaveProperty("activeJobId");
          expect(await jobs.claimStage(claimOf(job))).toMatchObject({ claimed: false, reason: "terminal" });
        }
      });

      it("leaves a mark on a job that a worker has, and keeps the first one", async () => {
        const job = await queuedJob();
        await claim(job);
        const asked = await jobs.requestCancel(job.id, startMs + 1);
        expect(asked).toMatchObject({ status: "running", cancelRequestedAt: isoAt(startMs + 1) });
        expect((await jobs.requestCancel(job.id, startMs + 2))?.cancelRequestedAt).toBe(isoAt(startMs + 1));
        expect((await dependencyOf(job)).activeJobId).toBe(job.id);
      });

      it("does nothing to a job that is terminal or unknown", async () => {
        const job = await queuedJob();
        await jobs.fail(job.id, 1, errorAt(startMs), undefined);
        expect(await jobs.requestCancel(job.id, startMs)).toBeUndefined();
        expect(await jobs.requestCancel(newId(), startMs)).toBeUndefined();
      });
    });

    describe("requeue", () => {
      it("takes a failed job back with the next attempt, its checkpoints and its errors", async () => {
        const job = await queuedJob();
        await jobs.recordExecution(job.id, 1, "arn:execution-1");
        await advanceTo(job, "normalize");
        const lease = await claim(job, { stage: "normalize", taskToken: "token-1" });
        await jobs.saveProgress(lease, { message: "half", cursor: "c1" }, startMs);
        await jobs.requestCancel(job.id, startMs);
        const failed = await jobs.fail(job.id, 1, errorAt(startMs + 1), failureAt(startMs + 1));
        const requeued = await jobs.requeue(job.id, startMs + 2);
        const { cancelRequestedAt: _, executionArn: __, finishedAt: ___, ...rest } = failed ?? job;
        const expected = {
          ...rest,
          status: "queued",
          stage: "normalize",
          attempt: 2,
          progress: { message: "half", cursor: "c1" },
          updatedAt: isoAt(startMs + 2),
        };
        expect(requeued).toEqual({ outcome: "requeued", job: expected });
        expect(await jobs.get(job.id)).toEqual(expected);
        expect((await dependencyOf(job)).activeJobId).toBe(job.id);
        expect(await claim(job, { stage: "normalize", attempt: 2 })).toMatchObject({ attempt: 2, term: 4 });
      });

      it("begins anew, pinned to the current snapshot, when another sync moved it since", async () => {
        const job = await queuedJob();
        await advanceTo(job, "diff");
        await jobs.fail(job.id, 1, errorAt(startMs), undefined);
        const { job: other } = await jobs.create(sampleJob(await dependencyOf(job)));
        const lease = await claim(other, { stage: "done" });
        await jobs.finish(lease, checkpointOf(lease, startMs), "baseline", { atMs: startMs, currentSnapshotId: "s9" });
        expect(await jobs.requeue(job.id, startMs)).toMatchObject({
          outcome: "requeued",
          job: { attempt: 2, stage: "fetch", checkpoints: {}, baseSnapshotId: "s9" },
        });
      });

      it("refuses a job that is not over, finished or unknown", async () => {
        const job = await queuedJob();
        expect(await jobs.requeue(job.id, startMs)).toEqual({ outcome: "notRetryable", job });
        const lease = await claim(job, { stage: "done" });
        const finished = await jobs.finish(lease, checkpointOf(lease, startMs), "baseline", { atMs: startMs });
        expect(await jobs.requeue(job.id, startMs)).toEqual({ outcome: "notRetryable", job: finished });
        expect(await jobs.requeue(newId(), startMs)).toEqual({ outcome: "notRetryable" });
      });

      it("refuses while the dependency has another unfinished job, or is removed", async () => {
        const job = await queuedJob();
        const failed = await jobs.fail(job.id, 1, errorAt(startMs), undefined);
        const { job: other } = await jobs.create(sampleJob(await dependencyOf(job)));
        expect(await jobs.requeue(job.id, startMs)).toEqual({ outcome: "dependencyBusy", job: failed });
        await jobs.cancel(other.id, 1, startMs);
        await dependencies.remove(job.tenantId, job.dependencyId);
        await expect(jobs.requeue(job.id, startMs)).rejects.toThrow(NotFoundError);
        expect(await jobs.get(job.id)).toEqual(failed);
      });

      it("makes one next attempt of ten that are asked for at once", async () => {
        const job = await queuedJob();
        await jobs.cancel(job.id, 1, startMs);
        const results = await Promise.all(Array.from({ length: 10 }, () => jobs.requeue(job.id, startMs)));
        expect(results.filter(({ outcome }) => outcome === "requeued")).toHaveLength(1);
        expect((await jobs.get(job.id))?.attempt).toBe(2);
      });
    });

    describe("recordExecution", () => {
      it("notes the execution of the attempt, also when repeated", async () => {
        const job = await queuedJob();
        expect(await jobs.recordExecution(job.id, 1, "arn:execution")).toBe(true);
        expect(await jobs.recordExecution(job.id, 1, "arn:execution")).toBe(true);
        expect(await jobs.get(job.id)).toEqual({ ...job, executionArn: "arn:execution" });
      });

      it("says when the attempt is over", async () => {
        const job = await queuedJob();
        expect(await jobs.recordExecution(job.id, 2, "arn:execution")).toBe(false);
        expect(await jobs.recordExecution(newId(), 1, "arn:execution")).toBe(false);
        const cancelled = await jobs.cancel(job.id, 1, startMs);
        expect(await jobs.recordExecution(job.id, 1, "arn:execution")).toBe(false);
        expect(await jobs.get(job.id)).toEqual(cancelled);
      });
    });

    describe("lists", () => {
      it("gives a dependency's jobs newest first, page by page, each once", async () => {
        const dependency = await storedDependency();
        const ids: string[] = [];
        for (let count = 0; count < 7; count += 1) {
          const { job } = await jobs.create(sampleJob(dependency));
          ids.unshift(job.id);
          await jobs.cancel(job.id, 1, startMs);
        }
        for (const limit of [1, 3, 7, 100])
          await eventually(async () => {
            const listed = await allPages(
              (page) => jobs.listByDependency(dependency.tenantId, dependency.id, page),
              limit,
            );
            expect(listed.map(({ id }) => id)).toEqual(ids);
          });
        expect((await jobs.listByDependency(newId(), dependency.id, { limit: 10 })).items).toEqual([]);
      });

      it("takes no cursor of another list", async () => {
        const dependency = await storedDependency();
        for (let count = 0; count < 2; count += 1) {
          const { job } = await jobs.create(sampleJob(dependency));
          await jobs.cancel(job.id, 1, startMs);
        }
        const list = (page: { limit: number; cursor?: string }) =>
          jobs.listByDependency(dependency.tenantId, dependency.id, page);
        await eventually(async () => expect((await list({ limit: 10 })).items).toHaveLength(2));
        const cursor = await firstCursor(list);
        const other = { limit: 1, cursor };
        await expect(jobs.listByDependency(newId(), dependency.id, other)).rejects.toThrow("cursor");
        await expect(jobs.listUnfinished(other)).rejects.toThrow("cursor");
        await expect(list({ limit: 1, cursor: "bm9uc2Vuc2U" })).rejects.toThrow("cursor");
      });

      it("gives unfinished jobs of all tenants oldest first, and requeued ones again", async () => {
        const own: SyncJob[] = [];
        for (let count = 0; count < 12; count += 1) own.push(await queuedJob());
        const [first, second, third] = own;
        if (first === undefined || second === undefined || third === undefined) throw new Error("no jobs");
        await jobs.cancel(first.id, 1, startMs);
        await jobs.cancel(second.id, 1, startMs);
        await jobs.requeue(second.id, startMs);
        await claim(third);
        const expected = own.slice(1).map(({ id }) => id);
        for (const limit of [3, 100])
          await eventually(async () => {
            const listed = await allPages((page) => jobs.listUnfinished(page), limit);
            const ids = listed.map(({ id }) => id);
            expect(ids).toEqual([...ids].sort());
            expect(ids.filter((id) => own.some((job) => job.id === id))).toEqual(expected);
          });
      });
    });
  });
};
