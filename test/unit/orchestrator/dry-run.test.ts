import { beforeEach, describe, expect, it } from "vitest";
import { createVirtualClock } from "../../../shared/memory/clock.ts";
import { createMemoryStores, type MemoryStores } from "../../../shared/memory/memory-stores.ts";
import { dryRunOrchestrator } from "../../../shared/orchestrator/dry-run.ts";
import { newRun } from "../../../shared/orchestrator/run-record.ts";
import { noTotals, stopBelowMs } from "../../../shared/orchestrator/submit-due.ts";
import { catalogTenantId } from "../../../shared/providers/catalog-tenant.ts";
import { dependencyFixture } from "../sync-fixtures.ts";

const startAt = "2026-01-01T00:00:00.000Z";
const clock = createVirtualClock(Date.parse(startAt));

let stores: MemoryStores;
let logged: [string, Record<string, unknown>][];
beforeEach(async () => {
  stores = createMemoryStores();
  logged = [];
  for (const tenantId of ["t1", "t2"]) {
    await stores.tenants.create({ id: tenantId, name: tenantId, createdAt: startAt });
    await stores.dependencies.create(dependencyFixture({ id: `${tenantId}-due`, tenantId, nextCheckAt: startAt }));
    await stores.dependencies.create(dependencyFixture({ id: `${tenantId}-off`, tenantId, enabled: false }));
  }
});

const dryRun = (remainingMs = 300_000) =>
  dryRunOrchestrator(
    { ...stores, clock, log: (event, fields) => void logged.push([event, fields]) },
    { mode: "opt-in", allowedTenants: ["t1"], remainingMs: () => remainingMs },
  );

describe("a dry run", () => {
  it("says of each target of each tenant what it would do and why, and changes nothing but its own record", async () => {
    const before = await Array.fromAsync(stores.dependencies.due({ nowMs: clock.nowMs() }));
    const totals = { ...noTotals(), tablesAssessed: 4, tablesSkipped: 3 };
    expect(await dryRun()).toEqual({ runId: 1, status: "completed", ...totals });
    expect(logged.map(([event, { dependencyId, action, reason }]) => [event, dependencyId, action, reason])).toEqual([
      ["orchestrator.would", "t2-off", "skip", "opted_out"],
      ["orchestrator.would", "t2-due", "skip", "not_allowed"],
      ["orchestrator.would", "t1-off", "skip", "opted_out"],
      ["orchestrator.would", "t1-due", "submit", "due"],
    ]);
    expect(stores.checkQueue.sent).toEqual([]);
    expect(await Array.fromAsync(stores.dependencies.due({ nowMs: clock.nowMs() }))).toEqual(before);
    expect(await stores.runs.list(10)).toEqual([
      { ...newRun(1, startAt, true), tablesAssessed: 4, tablesSkipped: 3, status: "completed", isOpen: undefined },
    ]);
  });

  it("looks at provider surfaces too, which no allowlist leaves out, and at who follows them", async () => {
    const { specUrl: _, ...followed } = dependencyFixture({ id: "t1-follows", tenantId: "t1" });
    await stores.dependencies.create({ ...followed, providerSurfaceId: "pets.api" });
    const surface = { id: "pets.api", tenantId: catalogTenantId, nextCheckAt: startAt };
    await stores.dependencies.create(dependencyFixture(surface));
    await dryRun();
    const said = logged.map(([, { dependencyId, action, reason }]) => [dependencyId, action, reason]);
    expect(said).toContainEqual(["pets.api", "submit", "due"]);
    expect(said).toContainEqual(["t1-follows", "skip", "follows_provider"]);
  });

  it("says so when its time was up", async () => {
    expect(await dryRun(stopBelowMs - 1)).toEqual({ runId: 1, status: "partial", ...noTotals(), isCutOff: true });
    expect(await stores.runs.list(10)).toMatchObject([{ error: "its time was up before it had seen every target" }]);
  });
});
