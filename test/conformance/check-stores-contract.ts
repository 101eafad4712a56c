import { beforeAll, describe, expect, it } from "vitest";
import type { CheckQueue, CheckStore } from "../../shared/checks/ports.ts";
import type { CheckMessage } from "../../shared/contracts/check-message.ts";
import type { Dependency } from "../../shared/dependencies/dependency.ts";
import { nextCheckAt } from "../../shared/dependencies/next-check.ts";
import type { DependencyStore } from "../../shared/dependencies/ports.ts";
import { defaultHealthThresholds } from "../../shared/health/assess-failure.ts";
import type { TurnAsk } from "../../shared/hosts/host-turns.ts";
import type { HostTurns } from "../../shared/hosts/ports.ts";
import type { SyncJob } from "../../shared/jobs/job.ts";
import type { JobStore } from "../../shared/jobs/ports.ts";
import type { RunRecord, RunStore } from "../../shared/orchestrator/run-record.ts";
import { isoAt, minuteMs, newId, sampleDependency, sampleJob, startMs } from "./samples.ts";

/** What every store of checks does. */
export const checkStoreContract = (
  name: string,
  makeStores: () => Promise<{ checks: CheckStore; dependencies: DependencyStore; jobs: JobStore }>,
): void => {
  describe(`check store: ${name}`, () => {
    let checks: CheckStore;
    let dependencies: DependencyStore;
    let jobs: JobStore;
    beforeAll(async () => {
      ({ checks, dependencies, jobs } = await makeStores());
    });

    const stored = async (own: Partial<Dependency> = {}): Promise<Dependency> => {
      const dependency = sampleDependency({ nextCheckAt: isoAt(startMs), ...own });
      await dependencies.create(dependency);
      return dependency;
    };
    const now = ({ tenantId, id }: Dependency) => dependencies.get(tenantId, id);
    const failedJob = (dependency: Dependency): SyncJob =>
      sampleJob(dependency, { status: "failed", trigger: "schedule", finishedAt: isoAt(startMs) });
    const failure = { atMs: startMs, name: "Timeout", message: "m", thresholds: defaultHealthThresholds };

    it("counts unchanged checks in a row, healthy, and keeps the validators that are not new", async () => {
      const seen = await stored({
        etag: '"1"',
        lastModified: "then",
        rateLimited: { until: isoAt(startMs), count: 2 },
      });
      expect(await checks.recordUnchanged(seen, { atMs: startMs, etag: '"2"' })).toBe(true);
      const once = await now(seen);
      if (once === undefined) throw new Error("it is gone");
      const later = startMs + minuteMs;
      expect(await checks.recordUnchanged(once, { atMs: later })).toBe(true);
      const { rateLimited: _, ...rest } = seen;
      expect(await now(seen)).toEqual({
        ...rest,
        health: { status: "healthy", consecutiveFailures: 0, lastSuccessAt: isoAt(later) },
        etag: '"2"',
        nextCheckAt: nextCheckAt(seen, startMs),
        unchangedChecks: { count: 2, firstAt: isoAt(startMs), lastAt: isoAt(later) },
        lastCheckedAt: isoAt(later),
        updatedAt: isoAt(later),
      });
    });

    it("plans the next check of what was due, on its beat, and keeps a later plan", async () => {
      const planned = async (own: Partial<Dependency>) => {
        const seen = await stored(own);
        await checks.recordUnchanged(seen, { atMs: startMs });
        return [seen, await now(seen)] as const;
      };
      const [due, after] = await planned({ nextCheckAt: isoAt(startMs) });
      expect(after?.nextCheckAt).toBe(nextCheckAt(due, startMs));
      const [later, kept] = await planned({ nextCheckAt: isoAt(startMs + 1) });
      expect(kept?.nextCheckAt).toBe(later.nextCheckAt);
      const [refused, counted] = [await stored(), failure];
      await checks.recordFailed(refused, failedJob(refused), counted);
      expect((await now(refused))?.nextCheckAt).toBe(nextCheckAt(refused, startMs));
      const changed = await stored();
      await checks.handOver(changed, sampleJob(changed, { trigger: "schedule", createdAt: isoAt(startMs) }));
      expect((await now(changed))?.nextCheckAt).toBe(nextCheckAt(changed, startMs));
    });

    it("counts one of ten that found the same at the same time", async () => {
      const seen = await stored();
      const found = { atMs: startMs };
      const written = await Promise.all(Array.from({ length: 10 }, () => checks.recordUnchanged(seen, found)));
      expect(written.filter(Boolean)).toHaveLength(1);
      expect((await now(seen))?.unchangedChecks).toMatchObject({ count: 1 });
    });

    it("postpones a check, counting the times that its own request was refused", async () => {
      const seen = await stored();
      const wait = { until: isoAt(startMs + minuteMs), nextCheckAt: isoAt(startMs + 2 * minuteMs) };
      expect(await checks.recordPostponed(seen, { ...wait, isCounted: true })).toBe(true);
      expect(await checks.recordPostponed(seen, { ...wait, isCounted: false })).toBe(true);
      const { until, nextCheckAt } = wait;
      expect(await now(seen)).toEqual({ ...seen, rateLimited: { until, count: 1 }, nextCheckAt });
    });

    it("writes a failed check into the history and counts it", async () => {
      const seen = await stored({ unchangedChecks: { count: 3, firstAt: isoAt(1), lastAt: isoAt(2) } });
      const job = failedJob(seen);
      expect(await checks.recordFailed(seen, job, failure)).toBe(true);
      expect(await jobs.get(job.id)).toEqual({ ...job, checksBefore: seen.unchangedChecks });
      const after = await now(seen);
      expect(after).toMatchObject({ health: { consecutiveFailures: 1 }, lastCheckedAt: isoAt(startMs) });
      expect(after).not.toHaveProperty("activeJobId");
      expect(after).not.toHaveProperty("unchangedChecks");
      expect(await checks.recordFailed(seen, failedJob(seen), failure)).toBe(false);
    });

    it("hands a changed document over once, of ten at a time, as the job that holds the dependency", async () => {
      const unchangedChecks = { count: 3, firstAt: isoAt(1), lastAt: isoAt(2) };
      const seen = await stored({ unchangedChecks });
      const checkpoints = { fetch: { at: isoAt(startMs), term: 0, output: { outcome: "body" } } };
      const made = Array.from({ length: 10 }, () => sampleJob(seen, { stage: "parse", checkpoints }));
      const handed = (await Promise.all(made.map((job) => checks.handOver(seen, job)))).filter(
        (job) => job !== undefined,
      );
      expect(handed).toHaveLength(1);
      const [job] = handed;
      expect(job).toEqual({ ...made.find(({ id }) => id === job?.id), checksBefore: unchangedChecks });
      expect(await jobs.get(job?.id ?? "")).toEqual(job);
      expect(await now(seen)).toMatchObject({ activeJobId: job?.id });
      expect((await jobs.listByDependency(seen.tenantId, seen.id, { limit: 10 })).items).toEqual([job]);
    });

    it("writes nothing by any method once the dependency is not as it was seen", async () => {
      const changes: ((seen: Dependency) => Promise<unknown>)[] = [
        (seen) => jobs.create(sampleJob(seen)),
        (seen) => checks.recordUnchanged(seen, { atMs: startMs }),
        ({ tenantId, id }) => dependencies.update(tenantId, id, { specUrl: "https://new.example.com/" }, startMs),
        ({ tenantId, id }) => dependencies.remove(tenantId, id),
      ];
      for (const change of changes) {
        const seen = await stored();
        await change(seen);
        const before = await now(seen);
        const wait = { until: isoAt(startMs), nextCheckAt: isoAt(startMs), isCounted: true };
        expect(await checks.recordUnchanged(seen, { atMs: startMs })).toBe(false);
        expect(await checks.recordPostponed(seen, wait)).toBe(false);
        expect(await checks.recordFailed(seen, failedJob(seen), failure)).toBe(false);
        expect(await checks.handOver(seen, sampleJob(seen))).toBeUndefined();
        expect(await now(seen)).toEqual(before);
      }
    });
  });
};

/** What every store of turns at hosts does. */
export const hostTurnsContract = (name: string, make: () => Promise<HostTurns>): void => {
  describe(`host turns: ${name}`, () => {
    let hosts: HostTurns;
    beforeAll(async () => {
      hosts = await make();
    });
    const newHost = () => `${newId().toLowerCase()}.example.com:8443`;
    const ask = (holder: string, own: Partial<TurnAsk> = {}): TurnAsk => ({
      holder,
      requests: 1,
      nowMs: startMs,
      holdMs: 60_000,
      limits: { maxTurns: 3, intervalMs: 100 },
      ...own,
    });

    it("lets as many in as may be there, of twenty at once, each at its own moment", async () => {
      const host = newHost();
      const turns = await Promise.all(Array.from({ length: 20 }, (_, index) => hosts.take(host, ask(`w${index}`))));
      const starts = turns.flatMap((turn) => (turn.taken ? [turn.startAtMs - startMs] : []));
      expect(starts.sort((a, b) => a - b)).toEqual([0, 100, 200]);
      expect(new Set(turns.flatMap((turn) => (turn.taken ? [] : [turn.reason])))).toEqual(new Set(["busy"]));
    });

    it("paces the requests of one turn and of the next", async () => {
      const host = newHost();
      const first = { taken: true, startAtMs: startMs, isAlone: true };
      expect(await hosts.take(host, ask("one", { requests: 5 }))).toEqual(first);
      const second = { taken: true, startAtMs: startMs + 500, isAlone: false };
      expect(await hosts.take(host, ask("two"))).toEqual(second);
    });

    it("tells who is alone at a host: nobody is where one alone may be, nor before the turn of another one has ended", async () => {
      const [host, single] = [newHost(), newHost()];
      const isAlone = async (of: string, holder: string, own: Partial<TurnAsk> = {}) => {
        const turn = await hosts.take(of, ask(holder, own));
        return turn.taken && turn.isAlone;
      };
      expect(await isAlone(single, "one", { limits: { maxTurns: 1, intervalMs: 0 } })).toBe(false);
      expect(await isAlone(host, "one")).toBe(true);
      expect(await isAlone(host, "two", { nowMs: startMs + 59_999 })).toBe(false);
      await hosts.giveBack(host, "two");
      expect(await isAlone(host, "three", { nowMs: startMs + 60_000 })).toBe(true);
      // What ended by itself is not there any more: two others have a turn beside the third.
      const later = { nowMs: startMs + 61_000 };
      expect([await isAlone(host, "four", later), await isAlone(host, "five", later)]).toEqual([false, false]);
      expect(await hosts.take(host, ask("six", later))).toMatchObject({ taken: false, reason: "busy" });
    });

    it("gives a turn to another one once it was given back, or has ended by itself", async () => {
      const host = newHost();
      const limits = { maxTurns: 1, intervalMs: 0 };
      expect(await hosts.take(host, ask("one", { limits }))).toMatchObject({ taken: true });
      expect(await hosts.take(host, ask("two", { limits }))).toMatchObject({ taken: false, reason: "busy" });
      await hosts.giveBack(host, "one");
      expect(await hosts.take(host, ask("two", { limits }))).toMatchObject({ taken: true });
      expect(await hosts.take(host, ask("three", { limits, nowMs: startMs + 60_000 }))).toMatchObject({ taken: true });
    });

    it("keeps everybody away from a host that asked for it, until then, and from no other one", async () => {
      const host = newHost();
      await hosts.take(host, ask("one"));
      await hosts.giveBack(host, "one", startMs + minuteMs);
      await hosts.giveBack(host, "one", startMs + 1);
      expect(await hosts.take(host, ask("two"))).toEqual({
        taken: false,
        reason: "paused",
        retryAtMs: startMs + minuteMs,
      });
      expect(await hosts.take(host, ask("two", { nowMs: startMs + minuteMs }))).toMatchObject({ taken: true });
      expect(await hosts.take(newHost(), ask("two"))).toMatchObject({ taken: true });
    });

    it("pauses a host that nobody fetched from before, and takes the end of a turn that is no more", async () => {
      const host = newHost();
      await hosts.giveBack(host, "nobody");
      await hosts.giveBack(host, "nobody", startMs + 1);
      expect(await hosts.take(host, ask("one"))).toMatchObject({ taken: false, reason: "paused" });
    });
  });
};

/** What every store of orchestrator runs does. `makeStore` gives one that no other test uses. */
export const runStoreContract = (name: string, makeStore: () => Promise<RunStore>): void => {
  describe(`run store: ${name}`, () => {
    let runs: RunStore;
    beforeAll(async () => {
      runs = await makeStore();
    });
    const startedAt = isoAt(startMs);
    const outcome = { jobsCompleted: 0, jobsFailed: 0 };
    const counts = { tablesAssessed: 5, tablesSkipped: 2, tablesHealthy: 1, jobsSubmitted: 2 };
    const ended = (id: number, own: Partial<RunRecord> = {}) => ({
      id,
      startedAt,
      completedAt: isoAt(startMs + 1),
      status: "completed",
      ...counts,
      dryRun: false,
      error: null,
      ...own,
    });

    it("gives out ids that only grow, of twenty at once too", async () => {
      const ids = await Promise.all(Array.from({ length: 20 }, () => runs.begin(startedAt, false)));
      expect(new Set(ids).size).toBe(20);
      expect(await runs.begin(startedAt, false)).toBeGreaterThan(Math.max(...ids));
    });

    it("lists a run once it is completed, with the outcomes that were counted before and after", async () => {
      const id = await runs.begin(startedAt, true);
      expect((await runs.listOpen()).map((run) => [run.id, run.startedAt])).toContainEqual([id, startedAt]);
      await runs.addOutcomes(id, { completed: 2, failed: 0 });
      expect((await runs.list(100)).map((run) => run.id)).not.toContain(id);
      expect(await runs.get(id)).toMatchObject({ id, isOpen: true, jobsCompleted: 2 });
      await runs.complete(ended(id, { dryRun: true, error: "late" }));
      await Promise.all([1, 2, 3].map(() => runs.addOutcomes(id, { completed: 1, failed: 2 })));
      const [newest] = await runs.list(1);
      expect(newest).toEqual({ ...ended(id, { dryRun: true, error: "late" }), jobsCompleted: 5, jobsFailed: 6 });
      expect(await runs.get(id)).toEqual(newest);
      expect((await runs.listOpen()).map((run) => run.id)).not.toContain(id);
    });

    it("keeps up to where beats were looked at, which never goes back", async () => {
      const begun = await runs.begin(startedAt, false);
      expect(await runs.coveredMs()).toBeUndefined();
      await runs.noteCovered(2_000);
      await runs.noteCovered(1_000);
      expect(await runs.coveredMs()).toBe(2_000);
      await runs.noteCovered(3_000);
      expect(await runs.coveredMs()).toBe(3_000);
      expect(await runs.begin(startedAt, false)).toBeGreaterThan(begun);
    });

    it("stores the run of another one, whatever its status is called, and lists the newest first", async () => {
      const { id: _, ...given } = { ...ended(0, { status: "running" }), ...outcome };
      const first = await runs.record(given);
      const second = await runs.record({ ...given, error: "the catalog was gone" });
      expect(second.id).toBeGreaterThan(first.id);
      expect(await runs.list(2)).toEqual([
        { ...given, id: second.id, error: "the catalog was gone" },
        { ...given, id: first.id },
      ]);
    });

    it("counts nothing for a run that is not there", async () => {
      await runs.addOutcomes(999_999_999, { completed: 1, failed: 1 });
      expect((await runs.list(100)).map(({ id }) => id)).not.toContain(999_999_999);
      expect(await runs.get(999_999_999)).toBeUndefined();
    });
  });
};

/** What every queue of checks does. `receive` gives what may be received now, in any order. */
export const checkQueueContract = (
  name: string,
  make: () => Promise<{ queue: CheckQueue; receive(): Promise<CheckMessage[]> }>,
): void => {
  describe(`check queue: ${name}`, () => {
    it("hands over as many checks as it is given, and takes delays of any length", async () => {
      const { queue, receive } = await make();
      const message = { tenantId: newId(), dueAt: isoAt(startMs), runId: 1, tries: 0 };
      const messages = Array.from({ length: 12 }, () => ({
        message: { ...message, dependencyId: newId() },
        delayMs: 0,
      }));
      expect(await queue.send(messages)).toEqual([]);
      const later = [1, 900_000, 86_400_000].map((delayMs) => ({
        message: { ...message, dependencyId: newId() },
        delayMs,
      }));
      const received = new Map<string, CheckMessage>();
      for (let tries = 0; tries < 20 && received.size < 12; tries += 1)
        for (const one of await receive()) received.set(one.dependencyId, one);
      const byId = (a: CheckMessage, b: CheckMessage) => (a.dependencyId < b.dependencyId ? -1 : 1);
      expect([...received.values()].sort(byId)).toEqual(messages.map((one) => one.message).sort(byId));
      expect(await queue.send(later)).toEqual([]);
    });
  });
};
