import { beforeEach, describe, expect, it } from "vitest";
import type { DependencyPatch } from "../../../shared/dependencies/dependency.ts";
import { petsDocument, petsWithoutDetails } from "./documents.ts";
import { dependencyId, tenantId } from "./stage-context.ts";
import { createSyncWorld, type SyncWorld } from "./sync-world.ts";

let world: SyncWorld;

describe("another filter", () => {
  const filter = (patch: DependencyPatch) =>
    world.stores.dependencies.update(tenantId, dependencyId, patch, world.clock.nowMs());
  const widen = () => filter({ monitoringMode: "full" });
  const rulesOf = async () => (await world.changes()).map(({ ruleId }) => ruleId);

  beforeEach(async () => {
    world = await createSyncWorld();
    world.origin.serve(petsDocument(), '"1"');
    await filter({ monitoringMode: "partial", filteredDomains: ["stores"] });
    await world.sync();
  });

  it("raises nothing for what was not monitored before, and what comes from then on", async () => {
    world.origin.serve(petsWithoutDetails(), '"2"');
    expect((await world.sync()).job).toMatchObject({ outcome: "changed" });
    await widen();
    for (const etag of ['"2"', '"2b"']) {
      world.origin.serve(petsWithoutDetails(), etag);
      expect((await world.sync()).job).toMatchObject({ outcome: "unchanged" });
    }
    expect([await world.changes(), await world.deliveries()]).toEqual([[], []]);
    world.origin.serve(petsDocument(), '"3"');
    await world.sync();
    const raised = ["endpoint-added", "api-version-decreased"];
    expect(await rulesOf()).toEqual(raised);
    await filter({ monitoringMode: "partial" });
    world.origin.serve(petsWithoutDetails(), '"4"');
    await world.sync();
    expect(await rulesOf()).toEqual(raised);
  });

  it("raises nothing for what a sync that failed had found before", async () => {
    world.origin.serve(petsWithoutDetails(), '"2"');
    const finish = () => Promise.reject(new Error("the table is gone"));
    world.replaced = { jobs: { ...world.stores.jobs, finish } };
    const { job: failed } = await world.sync();
    expect(failed).toMatchObject({ status: "failed", stage: "done" });
    world.replaced = {};
    await widen();
    expect((await world.sync()).job).toMatchObject({ status: "finished", outcome: "changed" });
    expect((await world.retry(failed.id)).job).toMatchObject({ status: "finished" });
    expect([await world.changes(), await world.deliveries()]).toEqual([[], []]);
  });
});
