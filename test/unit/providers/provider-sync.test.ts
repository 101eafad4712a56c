import { beforeEach, describe, expect, it } from "vitest";
import type { Dependency } from "../../../shared/dependencies/dependency.ts";
import { noRules } from "../../../shared/dependencies/dependency-rules.ts";
import { providerSyncStages } from "../../../shared/jobs/job.ts";
import { catalogTenantId } from "../../../shared/providers/catalog-tenant.ts";
import { petsWithoutDetails } from "../pipeline/documents.ts";
import type { Death } from "../pipeline/mortal-worker.ts";
import { createProviderWorld, type ProviderWorld, surfaceId } from "./provider-world.ts";

const removal = "api-path-removed-without-deprecation GET /pets/{petId}";
const heard = (channelId: string) => ({
  changes: [removal],
  deliveries: [{ channelId, status: "pending", changes: 1 }],
});
const nothing = { changes: [], deliveries: [] };

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});

const publishNext = () => world.origin.serve(petsWithoutDetails(), '"2"');

describe("a provider sync", () => {
  it("goes through the stages up to notify and done, and moves the surface on", async () => {
    publishNext();
    const { path, failures, job } = await world.syncSurface();
    expect({ path, failures }).toEqual({
      path: [
        ...["ResumeAt", "Fetch", "AfterFetch", "Parse", "Normalize", "Snapshot"],
        ...["Diff", "Persist", "Notify", "Done"],
      ],
      failures: [],
    });
    expect(job).toMatchObject({ type: "provider.sync", status: "finished", outcome: "changed" });
    expect(Object.keys(job.checkpoints)).toEqual([...providerSyncStages]);
    expect(job.checkpoints.notify?.output).toEqual({ subscribers: 0 });
    expect(await world.surface()).toMatchObject({ currentSnapshotId: job.checkpoints.snapshot?.output.snapshotId });
    const own = await world.stores.changes.list(catalogTenantId, {}, { limit: 10 });
    expect(own.items.map((one) => [one.dependencyId, one.ruleId])).toEqual([
      [surfaceId, "api-path-removed-without-deprecation"],
    ]);
  });

  it("fetches the document once and tells each subscriber of every tenant, as its own filters want it", async () => {
    const everything = await world.subscribe(1);
    const itsPart = await world.subscribe(2, { monitoringMode: "partial", filteredEndpoints: ["GET /pets/*"] });
    const itsDomain = await world.subscribe(3, { monitoringMode: "partial", filteredDomains: ["pets"] });
    const otherPart = await world.subscribe(4, { monitoringMode: "partial", filteredEndpoints: ["GET /stores*"] });
    const disabled = await world.subscribe(5, { enabled: false });
    const elsewhere = await world.subscribe(6, { providerSurfaceId: "pets.other" });
    publishNext();
    const requests = world.origin.requests.length;
    const { job } = await world.syncSurface();
    expect(world.origin.requests.length - requests).toBe(1);
    expect(await Promise.all([everything, itsPart, itsDomain].map(world.heardBy))).toEqual(
      [1, 2, 3].map((number) => heard(`chn_${number}`)),
    );
    expect(await Promise.all([otherPart, disabled, elsewhere].map(world.heardBy))).toEqual([nothing, nothing, nothing]);
    expect(job.checkpoints.notify?.output).toEqual({ subscribers: 4 });
  });

  it("leaves out what a subscriber ignores, and takes the level that it has of its own", async () => {
    const rule = "api-path-removed-without-deprecation";
    const ignoring = await world.subscribe(1);
    const milder = await world.subscribe(2);
    const usual = await world.subscribe(3);
    const until = { reason: "we do not call it", owner: "team", until: "2027-01-01" };
    for (const [{ tenantId, id: dependencyId }, own] of [
      [ignoring, { ignoreRules: [{ id: "r1", createdAt: "2025-12-31T00:00:00.000Z", rule, ...until }] }],
      [milder, { severityOverrides: [{ rule, level: "safe" as const }] }],
    ] as const)
      await world.stores.dependencyRules.change(tenantId, dependencyId, (before) => ({
        ...(before ?? noRules(tenantId, dependencyId)),
        ...own,
        ignoreRules: "ignoreRules" in own ? [...own.ignoreRules] : [],
        severityOverrides: "severityOverrides" in own ? [...own.severityOverrides] : [],
      }));
    publishNext();
    await world.syncSurface();
    expect(await Promise.all([ignoring, milder, usual].map(world.heardBy))).toEqual([
      nothing,
      heard("chn_2"),
      heard("chn_3"),
    ]);
    const levels = async ({ tenantId }: Dependency) =>
      (await world.stores.changes.list(tenantId, {}, { limit: 10 })).items.map(({ severity }) => severity);
    expect([await levels(milder), await levels(usual)]).toEqual([["safe"], ["breaking"]]);
  });

  it("tells two dependencies of one tenant each for itself", async () => {
    const one = await world.subscribe(1);
    const two = {
      ...(await world.subscribe(2, { enabled: false })),
      id: "01KDTV00000000SUBSCR000009",
      tenantId: one.tenantId,
    };
    await world.stores.dependencies.create({ ...two, enabled: true });
    publishNext();
    await world.syncSurface();
    expect([await world.heardBy(one), await world.heardBy(two)]).toEqual([heard("chn_1"), heard("chn_1")]);
  });

  it("tells nobody of a document that means the same", async () => {
    const one = await world.subscribe(1);
    const { path, job } = await world.syncSurface();
    expect([path.includes("Notify"), job.outcome, await world.heardBy(one)]).toEqual([false, "unchanged", nothing]);
  });

  it("is only the baseline for who came with it, and news for who was there before", async () => {
    const early = await world.subscribe(1);
    const late = await world.subscribe(2, { subscribedAt: new Date(world.clock.nowMs()).toISOString() });
    publishNext();
    await world.syncSurface("created");
    expect([await world.heardBy(early), await world.heardBy(late)]).toEqual([heard("chn_1"), nothing]);
  });

  it("goes on in the middle of the subscribers when the function's time is up", async () => {
    const all: Dependency[] = [];
    for (let number = 1; number <= 35; number += 1) all.push(await world.subscribe(number));
    publishNext();
    // `notify` asks before each ten; every invocation has time for one of them.
    world.world.remainingMs = (look) => (look > 1 ? 0 : 900_000);
    const { failures, job } = await world.syncSurface();
    expect(failures.filter((failure) => failure.startsWith("Notify"))).toEqual([
      "Notify StageYielded",
      "Notify StageYielded",
      "Notify StageYielded",
    ]);
    expect(job.checkpoints.notify?.output).toEqual({ subscribers: 35 });
    for (const [index, subscriber] of all.entries())
      expect(await world.heardBy(subscriber)).toEqual(heard(`chn_${index + 1}`));
    expect(world.stores.deliveryQueue.sent).toHaveLength(35);
  });

  it("saves its place after each page, so that a retry tells nobody of the pages before again", async () => {
    for (let number = 1; number <= 105; number += 1) await world.subscribe(number);
    publishNext();
    let isBroken = true;
    const { putOnce } = world.stores.changes;
    world.world.replaced = {
      changes: {
        ...world.stores.changes,
        putOnce: (events) =>
          isBroken && events[0]?.tenantId.endsWith("105") ? Promise.reject(new Error("throttled")) : putOnce(events),
      },
    };
    const { job: failed } = await world.syncSurface();
    expect(failed).toMatchObject({ status: "failed", stage: "notify", progress: { completed: 100 } });
    const sentBefore = world.stores.deliveryQueue.sent.length;
    isBroken = false;
    const retried = await world.execute(await world.syncs.retry(catalogTenantId, failed.id));
    expect(retried.path).toEqual(["ResumeAt", "Notify", "Done"]);
    expect(retried.job.checkpoints.notify?.output).toEqual({ subscribers: 105 });
    const told = world.stores.deliveryQueue.sent.slice(sentBefore).map(({ tenantId }) => Number(tenantId.slice(-3)));
    expect(told.sort((a, b) => a - b)).toEqual([101, 102, 103, 104, 105]);
  });

  it("loses nothing and doubles nothing, whichever of the calls of its fan-out a worker dies before or after", async () => {
    const run = async (death?: Death) => {
      const own = await createProviderWorld();
      const subscribers = [await own.subscribe(1), await own.subscribe(2), await own.subscribe(3)];
      own.origin.serve(petsWithoutDetails(), '"2"');
      if (death !== undefined) own.world.death = death;
      let firstCall = 0;
      own.world.beforeStage = async (stage) => {
        if (stage === "notify" && firstCall === 0) firstCall = own.world.calls;
      };
      const { job } = await own.syncSurface();
      const all = await Promise.all(subscribers.map(own.heardBy));
      return { status: job.status, all, calls: own.world.calls, firstCall };
    };
    const clean = await run();
    const expected = [1, 2, 3].map((number) => heard(`chn_${number}`));
    expect(clean.all).toEqual(expected);
    expect(clean.calls - clean.firstCall).toBeGreaterThan(15);
    for (let atCall = clean.firstCall + 1; atCall <= clean.calls; atCall += 1)
      for (const when of ["before", "after"] as const) {
        const { status, all } = await run({ atCall, when });
        expect({ atCall, when, status, all }).toEqual({ atCall, when, status: "finished", all: expected });
      }
  });
});
