import type { SyncJob } from "../../../shared/jobs/job.ts";
import { catalogTenantId } from "../../../shared/providers/catalog-tenant.ts";
import { bodyKeys } from "../../../shared/snapshots/ports.ts";
import { sampleSnapshot } from "../../conformance/samples.ts";
import { changeSetFixture, storeChangeSet } from "../../unit/pipeline/change-sets.ts";
import { surfaceId } from "../../unit/providers/provider-world.ts";
import { dependencyFixture, syncJobFixture } from "../../unit/sync-fixtures.ts";
import type { Stores } from "./run-fan-out.ts";

/** A provider surface in whose document a sync has found one change; everything up to `persist` is behind the job. */
export const storeFoundChange = async (stores: Stores): Promise<SyncJob> => {
  const { createdAt: at } = dependencyFixture();
  const operationsKey = bodyKeys.operations(catalogTenantId, "a".repeat(64));
  await stores.bodies.putOnce(operationsKey, new TextEncoder().encode("[]"), "application/json");
  const [before, after] = ["1", "2"].map((number) =>
    sampleSnapshot({
      tenantId: catalogTenantId,
      dependencyId: surfaceId,
      id: `01KDTV000000000000000SNAP${number}`,
      operationsKey,
    }),
  );
  if (before === undefined || after === undefined) throw new Error("there are two");
  for (const snapshot of [before, after]) await stores.snapshots.putOnce(snapshot);
  await stores.dependencies.create(
    dependencyFixture({ id: surfaceId, tenantId: catalogTenantId, currentSnapshotId: before.id }),
  );
  const outputs = {
    fetch: {
      outcome: "body",
      bodyKey: after.bodyKey,
      bodySha256: after.bodySha256,
      bodyBytes: 1,
      sourceUrl: after.sourceUrl,
    },
    parse: {},
    normalize: {},
    snapshot: { outcome: "changed", snapshotId: after.id },
    diff: await storeChangeSet(stores.bodies, changeSetFixture(["breaking"])),
    persist: { changes: 1 },
  };
  const { job } = await stores.jobs.create(
    syncJobFixture({
      type: "provider.sync",
      tenantId: catalogTenantId,
      dependencyId: surfaceId,
      stage: "notify",
      baseSnapshotId: before.id,
      checkpoints: Object.fromEntries(
        Object.entries(outputs).map(([stage, output]) => [stage, { at, term: 1, output }]),
      ),
    }),
  );
  return job;
};
