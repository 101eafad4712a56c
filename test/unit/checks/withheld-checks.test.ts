import { describe, expect, it } from "vitest";
import type { Dependency } from "../../../shared/dependencies/dependency.ts";
import { catalogTenantId } from "../../../shared/providers/catalog-tenant.ts";
import { dependencyFixture } from "../sync-fixtures.ts";
import {
  addDependency,
  beginAnew,
  body,
  check,
  history,
  messageFor,
  newId,
  now,
  startAt,
  tenantId,
  url,
  world,
} from "./check-world.ts";

beginAnew();

describe("a check that people paused", () => {
  const pause = { id: "p-1", setBy: "operator", reason: "an incident", pausedAt: startAt, pausedBy: "ada" } as const;

  it.each([{ tenantId }, { jobType: "dependency.checks" as const }])(
    "asks no host, and its dependency is due again until it is resumed (%o)",
    async (target) => {
      const dependency = await addDependency({ nextCheckAt: "2026-01-01T01:00:00.000Z" });
      await world.stores.pauses.begin({ ...pause, ...target });
      expect(await check([messageFor(dependency)])).toEqual(["paused"]);
      expect(world.requests).toEqual([]);
      expect(await now(dependency)).toEqual({ ...dependency, nextCheckAt: startAt });
      await world.stores.pauses.end(pause.id, { at: startAt, by: "ada", reason: "over" });
      expect(await check([messageFor(dependency)])).toEqual(["unchanged"]);
    },
  );

  it.each([{ tenantId: "another" }, { jobType: "delivery" as const }, { tenantId, jobType: "delivery" as const }])(
    "is not one of another tenant or type (%o)",
    async (target) => {
      const dependency = await addDependency();
      await world.stores.pauses.begin({ ...pause, ...target });
      expect(await check([messageFor(dependency)])).toEqual(["unchanged"]);
    },
  );

  it("looks while syncs alone are paused, and what it found waits", async () => {
    const dependency = await addDependency();
    world.answers.set(url, body());
    await world.stores.pauses.begin({ ...pause, jobType: "dependency.sync" });
    expect(await check([messageFor(dependency)])).toEqual(["changed"]);
    expect((await history(dependency)).map(({ status, stage }) => [status, stage])).toEqual([["queued", "parse"]]);
    expect(world.stores.workflow.sent).toEqual([]);
  });
});

describe("a check of a provider surface", () => {
  const surfaceId = "pets.api";
  const addSurface = () => addDependency({ id: surfaceId, tenantId: catalogTenantId });
  const message = (surface: Dependency) => messageFor(surface, { tenantId: catalogTenantId });
  const follow = (own: Partial<Dependency> = {}) => {
    const { specUrl: _, ...followed } = dependencyFixture({ id: newId(), ...own });
    return world.stores.dependencies.create({ ...followed, providerSurfaceId: surfaceId, ...own });
  };

  it("is one request for all its subscribers, and one write when it finds nothing new: no execution", async () => {
    const surface = await addSurface();
    for (const tenant of ["t1", "t2", "t3"]) await follow({ tenantId: tenant });
    expect(await check([message(surface)])).toEqual(["unchanged"]);
    expect(world.requests).toHaveLength(1);
    expect(world.stores.workflow.sent).toEqual([]);
  });

  it("that finds something new starts a provider sync with fetch behind it", async () => {
    const surface = await addSurface();
    await follow();
    world.answers.set(url, body());
    expect(await check([message(surface)])).toEqual(["changed"]);
    const [execution] = world.stores.workflow.sent;
    expect(execution).toMatchObject({ tenantId: catalogTenantId, dependencyId: surfaceId, resumeAt: "parse" });
    expect(await world.stores.jobs.get(execution?.jobId ?? "")).toMatchObject({
      type: "provider.sync",
      trigger: "schedule",
    });
  });

  it("leaves its sync queued while operators paused those of providers", async () => {
    const pause = { id: "p-1", setBy: "operator", reason: "an incident", pausedAt: startAt, pausedBy: "ada" } as const;
    const surface = await addSurface();
    await follow();
    world.answers.set(url, body());
    await world.stores.pauses.begin({ ...pause, jobType: "provider.sync" });
    expect(await check([message(surface)])).toEqual(["changed"]);
    expect(world.stores.workflow.sent).toEqual([]);
  });

  it("is not made while nobody, or only who is disabled, subscribes to it", async () => {
    const surface = await addSurface();
    expect(await check([message(surface)])).toEqual(["skipped"]);
    await follow({ enabled: false });
    expect(await check([message(surface)])).toEqual(["skipped"]);
    expect(world.requests).toEqual([]);
  });
});
