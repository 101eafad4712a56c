import { describe, expect, it } from "vitest";
import type { DeliveryStore } from "../../shared/alerts/ports.ts";
import type { CheckStore } from "../../shared/checks/ports.ts";
import type { Dependency } from "../../shared/dependencies/dependency.ts";
import type { DependencyStore } from "../../shared/dependencies/ports.ts";
import { defaultHealthThresholds } from "../../shared/health/assess-failure.ts";
import type { HostTurns } from "../../shared/hosts/ports.ts";
import type { JobError, Lease, SyncJob } from "../../shared/jobs/job.ts";
import { syncStages } from "../../shared/jobs/job.ts";
import type { JobStore } from "../../shared/jobs/ports.ts";
import type { RunStore } from "../../shared/orchestrator/run-record.ts";
import { isoAt, minuteMs, newId, sampleDelivery, sampleDependency, sampleJob, startMs } from "./samples.ts";

/** As many as an incident brings: a host that comes back, with every worker that waited for it. */
const clients = 50;

const atOnce = <T>(act: (client: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: clients }, (_, client) => act(client)));
const settledAtOnce = <T>(act: (client: number) => Promise<T>): Promise<PromiseSettledResult<T>[]> =>
  Promise.allSettled(Array.from({ length: clients }, (_, client) => act(client)));
const wonBy = <T>(results: readonly PromiseSettledResult<T>[]) =>
  results.filter(({ status }) => status === "fulfilled");
/** The errors of those that lost, by name. */
const lostWith = (results: readonly PromiseSettledResult<unknown>[]) => [
  ...new Set(results.flatMap((one) => (one.status === "rejected" ? [String(one.reason?.name)] : []))),
];

export type RacedStores = {
  jobs: JobStore;
  dependencies: DependencyStore;
  checks: CheckStore;
  hosts: HostTurns;
  deliveries: DeliveryStore;
  runs: RunStore;
};

/** Fifty clients at once on one item, for every conditional write. Exactly what one of them did is there afterwards. */
export const racesContract = (name: string, make: () => Promise<RacedStores>): void => {
  describe(`races of ${clients} clients: ${name}`, async () => {
    const { jobs, dependencies, checks, hosts, deliveries, runs } = await make();

    const stored = async (own: Partial<Dependency> = {}): Promise<Dependency> => {
      const dependency = sampleDependency(own);
      await dependencies.create(dependency);
      return dependency;
    };
    const queued = async (): Promise<SyncJob> => (await jobs.create(sampleJob(await stored()))).job;
    const claimAs = (job: SyncJob, owner: string, nowMs = startMs) =>
      jobs.claimStage({ jobId: job.id, stage: job.stage, attempt: 1, owner, nowMs, durationMs: minuteMs });
    const leased = async (job: SyncJob, owner = "holder", nowMs = startMs): Promise<Lease> => {
      const claim = await claimAs(job, owner, nowMs);
      if (!claim.claimed) throw new Error(`refused: ${claim.reason}`);
      return claim.lease;
    };
    const jobNow = async ({ id }: SyncJob): Promise<SyncJob> => {
      const found = await jobs.get(id);
      if (found === undefined) throw new Error("the job is gone");
      return found;
    };
    const dependencyOf = ({ tenantId, dependencyId }: SyncJob) => dependencies.get(tenantId, dependencyId);
    const checkpointOf = (lease: Lease, output = {}) => ({ at: isoAt(startMs), term: lease.term, output });
    const error: JobError = {
      at: isoAt(startMs),
      stage: "fetch",
      attempt: 1,
      name: "Timeout",
      message: "no answer",
      kind: "retryable",
    };
    const failure = { atMs: startMs, name: "Timeout", message: "no answer", thresholds: defaultHealthThresholds };
    const atDone = async (): Promise<SyncJob> => {
      const job = await queued();
      for (const stage of syncStages.slice(0, -1)) {
        const lease = await leased({ ...job, stage });
        await jobs.checkpoint(lease, checkpointOf(lease));
      }
      return { ...job, stage: "done" };
    };

    it("make one job of a dependency", async () => {
      const dependency = await stored();
      const made = await atOnce(() => jobs.create(sampleJob(dependency)));
      expect(made.filter(({ created }) => created)).toHaveLength(1);
      expect(new Set(made.map(({ job }) => job.id)).size).toBe(1);
      const { items } = await jobs.listByDependency(dependency.tenantId, dependency.id, { limit: 10 });
      expect(items.map(({ id }) => id)).toEqual([made[0]?.job.id]);
    });

    it("give a free stage, and one whose lease has ended, to one worker under the next term", async () => {
      const job = await queued();
      for (const [term, nowMs] of [
        [1, startMs],
        [2, startMs + minuteMs],
      ] as const) {
        const claims = await atOnce((client) => claimAs(job, `worker-${term}-${client}`, nowMs));
        const won = claims.flatMap((claim) => (claim.claimed ? [claim.lease] : []));
        expect(won.map((lease) => lease.term)).toEqual([term]);
        expect(new Set(claims.flatMap((claim) => (claim.claimed ? [] : [claim.reason])))).toEqual(
          new Set(["leaseHeld"]),
        );
        expect(await jobNow(job)).toMatchObject({ leaseOwner: won[0]?.owner, term });
      }
    });

    it("let the holder renew and note progress however often, and nobody whose lease is over", async () => {
      const job = await queued();
      const old = await leased(job, "old");
      const held = await leased(job, "new", startMs + minuteMs);
      const results = await settledAtOnce(async (client) => {
        const isOld = client % 2 === 0;
        await jobs.renew(isOld ? old : held, startMs + minuteMs + client, minuteMs);
        await jobs.saveProgress(isOld ? old : held, { message: isOld ? "old" : "new" }, startMs);
      });
      expect([wonBy(results).length, lostWith(results)]).toEqual([clients / 2, ["LeaseLostError"]]);
      expect(await jobNow(job)).toMatchObject({ term: held.term, leaseOwner: "new", progress: { message: "new" } });
    });

    it("commit one checkpoint of a lease, and none of one that is over", async () => {
      const job = await queued();
      const old = await leased(job, "old");
      const held = await leased(job, "new", startMs + minuteMs);
      const results = await settledAtOnce((client) => {
        const lease = client % 2 === 0 ? old : held;
        return jobs.checkpoint(lease, checkpointOf(lease, { from: lease.owner }));
      });
      expect([wonBy(results).length, lostWith(results)]).toEqual([clients / 2, ["LeaseLostError"]]);
      const { checkpoints, stage } = await jobNow(job);
      expect([checkpoints, stage]).toEqual([{ fetch: checkpointOf(held, { from: "new" }) }, "parse"]);
    });

    it("release a lease once, whatever the others noted", async () => {
      const job = await queued();
      const lease = await leased(job);
      const results = await settledAtOnce((client) =>
        jobs.release(lease, startMs, { error: { ...error, message: `${client}` } }),
      );
      expect([wonBy(results).length, lostWith(results)]).toEqual([1, ["LeaseLostError"]]);
      const { errors, leaseOwner } = await jobNow(job);
      expect([errors.length, leaseOwner]).toEqual([1, undefined]);
    });

    it("finish a job once and move its dependency once", async () => {
      const job = await atDone();
      const lease = await leased(job);
      const finished = await atOnce(() =>
        jobs.finish(lease, checkpointOf(lease), "baseline", { atMs: startMs, currentSnapshotId: "s-1" }),
      );
      expect(new Set(finished.map(({ status }) => status))).toEqual(new Set(["finished"]));
      const after = await dependencyOf(job);
      expect([after?.activeJobId, after?.currentSnapshotId]).toEqual([undefined, "s-1"]);
    });

    it("end an attempt one way, of those that fail, cancel and finish it", async () => {
      const job = await atDone();
      const lease = await leased(job);
      await settledAtOnce(async (client) => {
        if (client % 3 === 0) return jobs.fail(job.id, 1, error, failure);
        if (client % 3 === 1) return jobs.cancel(job.id, 1, startMs);
        return jobs.finish(lease, checkpointOf(lease), "unchanged", { atMs: startMs });
      });
      const { status, errors } = await jobNow(job);
      const after = await dependencyOf(job);
      expect(after?.activeJobId).toBeUndefined();
      const expected = status === "failed" ? 1 : 0;
      expect(["finished", "failed", "cancelled"]).toContain(status);
      expect([errors.length, after?.health.consecutiveFailures]).toEqual([expected, expected]);
    });

    it("either cancel a job before it is claimed, or tell its worker", async () => {
      const job = await queued();
      const claims: boolean[] = [];
      await atOnce(async (client) => {
        if (client % 2 === 0) claims.push((await claimAs(job, `worker-${client}`)).claimed);
        else await jobs.requestCancel(job.id, startMs);
      });
      const { status, cancelRequestedAt } = await jobNow(job);
      const isClaimed = claims.includes(true);
      expect([status, cancelRequestedAt]).toEqual([isClaimed ? "running" : "cancelled", isoAt(startMs)]);
      expect(claims.filter(Boolean)).toHaveLength(isClaimed ? 1 : 0);
    });

    it("make one next attempt of an ended job, or one new job", async () => {
      const job = await queued();
      await jobs.cancel(job.id, 1, startMs);
      const dependency = await dependencyOf(job);
      if (dependency === undefined) throw new Error("the dependency is gone");
      const begun = await atOnce(async (client) => {
        if (client % 2 === 0) return (await jobs.requeue(job.id, startMs)).outcome === "requeued";
        return (await jobs.create(sampleJob(dependency))).created;
      });
      expect(begun.filter(Boolean)).toHaveLength(1);
      const active = (await dependencyOf(job))?.activeJobId ?? "";
      expect((await jobs.get(active))?.status).toBe("queued");
      expect((await jobNow(job)).attempt).toBe(active === job.id ? 2 : 1);
    });

    it("record an execution that belongs to the attempt, and none of another", async () => {
      const job = await queued();
      const recorded = await atOnce((client) =>
        jobs.recordExecution(job.id, 1 + (client % 2), `arn:${1 + (client % 2)}`),
      );
      expect(recorded.filter(Boolean)).toHaveLength(clients / 2);
      expect((await jobNow(job)).executionArn).toBe("arn:1");
    });

    it("let as many to a host as it takes, and none while it is paused", async () => {
      const host = `${newId().toLowerCase()}.example.com`;
      const limits = { maxTurns: 4, intervalMs: 100 };
      const ask = (holder: string) => ({ holder, requests: 1, nowMs: startMs, holdMs: minuteMs, limits });
      const turns = await atOnce((client) => hosts.take(host, ask(`w${client}`)));
      const starts = turns.flatMap((turn) => (turn.taken ? [turn.startAtMs - startMs] : []));
      expect(starts.sort((a, b) => a - b)).toEqual([0, 100, 200, 300]);
      await atOnce((client) => hosts.giveBack(host, `w${client}`, startMs + client));
      const again = await hosts.take(host, ask("late"));
      expect(again).toEqual({ taken: false, reason: "paused", retryAtMs: startMs + clients - 1 });
    });

    it("write down one of the checks that saw the same, whatever it found", async () => {
      const seen = await stored({ nextCheckAt: isoAt(startMs) });
      const written = await atOnce(async (client) => {
        if (client % 3 === 0) return checks.recordUnchanged(seen, { atMs: startMs });
        if (client % 3 === 1) return (await checks.handOver(seen, sampleJob(seen))) !== undefined;
        const failed = sampleJob(seen, { status: "failed", finishedAt: isoAt(startMs) });
        return checks.recordFailed(seen, failed, failure);
      });
      expect(written.filter(Boolean)).toHaveLength(1);
      const after = await dependencies.get(seen.tenantId, seen.id);
      const { items } = await jobs.listByDependency(seen.tenantId, seen.id, { limit: 10 });
      const happened = [after?.unchangedChecks?.count ?? 0, items.length];
      expect([
        [1, 0],
        [0, 1],
      ]).toContainEqual(happened);
    });

    it("plan one next check of what was read", async () => {
      const read = await stored({ nextCheckAt: isoAt(startMs) });
      const planned = await atOnce((client) => dependencies.planCheck(read, isoAt(startMs + minuteMs + client)));
      expect(planned.filter(Boolean)).toHaveLength(1);
      const winner = planned.indexOf(true);
      expect((await dependencies.get(read.tenantId, read.id))?.nextCheckAt).toBe(isoAt(startMs + minuteMs + winner));
    });

    it("store, claim and reopen a delivery once", async () => {
      const delivery = sampleDelivery();
      const { tenantId, id } = delivery;
      expect((await atOnce(() => deliveries.putOnce(delivery))).filter(Boolean)).toHaveLength(1);
      const claims = await atOnce(() => deliveries.claimAttempt(tenantId, id, startMs, minuteMs));
      expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
      await deliveries.recordAttempt(tenantId, id, { at: isoAt(startMs), durationMs: 1 }, "failed", undefined);
      const reopened = await atOnce(() => deliveries.reopen(tenantId, id, startMs));
      expect(reopened.filter((one) => one !== undefined)).toHaveLength(1);
    });

    it("get ids of runs that nobody else has, and lose no count", async () => {
      const ids = await atOnce(() => runs.begin(isoAt(startMs), false));
      expect(new Set(ids).size).toBe(clients);
      const runId = Math.max(...ids);
      await atOnce(() => runs.addOutcomes(runId, { completed: 2, failed: 1 }));
      expect((await runs.listOpen()).find((run) => run.id === runId)).toMatchObject({
        jobsCompleted: 2 * clients,
        jobsFailed: clients,
      });
    });
  });
};
