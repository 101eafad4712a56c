import { isTerminal } from "../../shared/jobs/job.ts";
import { catalogTenantId } from "../../shared/providers/catalog-tenant.ts";
import { compareModels } from "../../shared/rules/compare-models.ts";
import { sha256 } from "../../shared/snapshots/sha256.ts";
import type { SpecModel } from "../../shared/spec/model.ts";
import { normalize } from "../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../shared/spec/parse.ts";
import { documents } from "./upstream.ts";
import type { World } from "./world.ts";

const models = new Map<string, SpecModel>(documents.map((bytes) => [sha256(bytes), normalize(parseDocument(bytes))]));

/** What the two bodies differ in, judged outside the pipeline: rule and place of each finding, and their causes. */
const expectedBetween = (beforeSha: string, afterSha: string) => {
  const [before, after] = [models.get(beforeSha), models.get(afterSha)];
  if (before === undefined || after === undefined) throw new Error("a snapshot holds what no host served");
  const { findings, causes } = compareModels(before, after, { today: "2026-01-01" });
  return { findings: findings.map(({ ruleId, pointer }) => `${ruleId} ${pointer}`).sort(), causes: causes.length };
};

/** The same for who wants to hear of the operations below `/pets/` alone, in words of its own. */
const expectedBelowPets = (beforeSha: string, afterSha: string) => {
  const [before, after] = [models.get(beforeSha), models.get(afterSha)];
  if (before === undefined || after === undefined) throw new Error("a snapshot holds what no host served");
  const findings = compareModels(before, after, { today: "2026-01-01" }).findings.filter(
    ({ affectedOperations: reached }) =>
      reached.length === 0 || reached.some(({ method, path }) => method === "GET" && path.startsWith("/pets/")),
  );
  const causes = new Set(findings.map(({ causeKey }) => causeKey)).size;
  return { findings: findings.map(({ ruleId, pointer }) => `${ruleId} ${pointer}`).sort(), causes };
};

/**
 * What must hold once faults have ended and time enough has passed: everything is settled, and the change events and
 * deliveries of every finished sync are those that a comparison outside the pipeline gives, each once.
 */
export const checkFinalState = async (world: World): Promise<void> => {
  const { state, stores, watch, tenants, dependenciesOf, upstream } = world;
  const everything = { limit: 10_000 };
  for (const job of state.jobs.values()) {
    if (!isTerminal(job.status)) watch.breakPromise("no job is lost", `${job.id} is ${job.status} at ${job.stage}`);
    if (job.status === "failed" && job.errors.length === 0)
      watch.breakPromise("a failure has a reason", `${job.id} failed without a word`);
  }
  for (const tenantId of tenants) {
    const changes = (await stores.changes.list(tenantId, {}, everything)).items;
    const deliveries = (await stores.deliveries.list(tenantId, everything)).items;
    for (const delivery of deliveries) {
      // What a cancelled or failed job had planned waits for its retry, or for the sync that takes its snapshot over.
      const isOfOpenJob = !["cancelled", "failed"].includes(state.jobs.get(delivery.jobId ?? "")?.status ?? "");
      if (delivery.status === "pending" && isOfOpenJob)
        watch.breakPromise("no delivery is lost", `${delivery.id} is still pending`);
    }
    for (const dependencyId of dependenciesOf(tenantId)) {
      const snapshots = (await stores.snapshots.list(tenantId, dependencyId, everything)).items;
      const byId = new Map(snapshots.map((snapshot) => [snapshot.id, snapshot]));
      const dependency = await stores.dependencies.get(tenantId, dependencyId);
      const current = byId.get(dependency?.currentSnapshotId ?? "");
      const served = models.get(sha256(documents[upstream.serves] ?? new Uint8Array()));
      if (current?.rootHash !== served?.rootHash && dependency?.health.status !== "paused")
        watch.breakPromise("what the host serves is seen", `${dependencyId} is at ${current?.version}`);

      for (const job of state.jobs.values()) {
        if (job.dependencyId !== dependencyId || job.outcome !== "changed") continue;
        const after = byId.get(String(job.checkpoints.snapshot?.output.snapshotId));
        const before = byId.get(job.baseSnapshotId ?? "");
        if (after === undefined || before === undefined) {
          watch.breakPromise("a snapshot never changes", `those of ${job.id} are gone`);
          continue;
        }
        const expected = expectedBetween(before.bodySha256, after.bodySha256);
        const told = changes.filter((one) => one.toSnapshotId === after.id && one.fromSnapshotId === before.id);
        const found = told.map(({ ruleId, pointer }) => `${ruleId} ${pointer}`).sort();
        if (JSON.stringify(found) !== JSON.stringify(expected.findings))
          watch.breakPromise("a change event exists once", `${found.join(", ")} for ${expected.findings.join(", ")}`);
        const alerts = deliveries.filter(({ payload }) => payload.includes(after.id) && payload.includes(before.id));
        if (alerts.length !== expected.causes)
          watch.breakPromise("one alert a cause", `${alerts.length} for ${expected.causes} causes of ${job.id}`);
      }
    }
  }
  await checkFollowers(world);
};

/** What every finished sync of the provider surface found has reached each follower, as it wants it, once. */
const checkFollowers = async ({ state, stores, watch, surfaceId, followers }: World): Promise<void> => {
  const everything = { limit: 10_000 };
  const snapshots = (await stores.snapshots.list(catalogTenantId, surfaceId, everything)).items;
  const byId = new Map(snapshots.map((snapshot) => [snapshot.id, snapshot]));
  const finished = [...state.jobs.values()].filter(
    (job) => job.dependencyId === surfaceId && job.outcome === "changed",
  );
  for (const follower of followers) {
    const { tenantId, id: dependencyId } = follower;
    const changes = (await stores.changes.list(tenantId, { dependencyId }, everything)).items;
    const deliveries = (await stores.deliveries.list(tenantId, everything)).items.filter(
      (one) => one.dependencyId === dependencyId,
    );
    for (const job of finished) {
      const after = byId.get(String(job.checkpoints.snapshot?.output.snapshotId));
      const before = byId.get(job.baseSnapshotId ?? "");
      if (after === undefined || before === undefined) throw new Error(`the snapshots of ${job.id} are gone`);
      const expect = "filteredEndpoints" in follower ? expectedBelowPets : expectedBetween;
      const expected = expect(before.bodySha256, after.bodySha256);
      const told = changes.filter((one) => one.toSnapshotId === after.id && one.fromSnapshotId === before.id);
      const found = told.map(({ ruleId, pointer }) => `${ruleId} ${pointer}`).sort();
      if (JSON.stringify(found) !== JSON.stringify(expected.findings))
        watch.breakPromise(
          "each subscriber is told once",
          `${dependencyId}: ${found.join(", ")} for ${expected.findings.join(", ")}`,
        );
      const alerts = deliveries.filter(({ payload }) => payload.includes(after.id) && payload.includes(before.id));
      if (alerts.length !== expected.causes)
        watch.breakPromise("each subscriber is told once", `${alerts.length} alerts for ${expected.causes} causes`);
    }
  }
};
