import { adjustmentOf, type DependencyRules } from "../../dependencies/dependency-rules.ts";
import type { PerDependencyStore } from "../../dependencies/ports.ts";
import { adjustChangeSet } from "../../rules/adjust-change-set.ts";
import { compareModels } from "../../rules/compare-models.ts";
import { type BodyStore, bodyKeys, type SnapshotStore } from "../../snapshots/ports.ts";
import { sha256 } from "../../snapshots/sha256.ts";
import { listOperations } from "../../spec/operations.ts";
import { type CheckpointOutput, readCheckpoint } from "../checkpoints.ts";
import { MissingBodyError } from "../errors.ts";
import { monitoredChanges } from "../monitored-changes.ts";
import type { Stage, StageContext, StageResult } from "../stage.ts";
import { readModel } from "../stored-models.ts";

const completed = (output: CheckpointOutput<"diff">): StageResult => ({ result: "completed", output });

/**
 * Compares the new snapshot with the one that the job is pinned to, leaves out what is not monitored or ignored, sets the
 * levels that the dependency has of its own, and stores the change set. A baseline has none.
 */
export const diffStage = (ports: {
  bodies: BodyStore;
  snapshots: SnapshotStore;
  rules: PerDependencyStore<DependencyRules>;
}): Stage => {
  const modelOf = async ({ job }: StageContext, id: string) => {
    const snapshot = await ports.snapshots.get(job.tenantId, job.dependencyId, id);
    if (snapshot === undefined) throw new MissingBodyError(`snapshot ${id}`);
    return readModel(ports.bodies, snapshot);
  };
  return {
    name: "diff",
    async run(context) {
      const { job } = context;
      if (job.baseSnapshotId === null)
        return completed({ changeSetKey: null, breaking: 0, risky: 0, safe: 0, causes: 0 });
      const [before, after] = await Promise.all([
        modelOf(context, job.baseSnapshotId),
        modelOf(context, readCheckpoint(job, "snapshot").snapshotId),
      ]);
      // The day the job was made, not today: a repeated stage must come to the same judgement about sunsets.
      const today = job.createdAt.slice(0, 10);
      const all = compareModels(before, after, { today });
      const operations = [...listOperations(before), ...listOperations(after)];
      const monitored = monitoredChanges(all, context.dependency, operations);
      const request = adjustmentOf(await ports.rules.get(job.tenantId, job.dependencyId));
      // As `forewarn diff` does it; the rules name no tags.
      const changeSet =
        request === undefined ? monitored : adjustChangeSet(monitored, request, { today, tagsOf: () => [] });
      context.signal.throwIfAborted();
      const bytes = new TextEncoder().encode(JSON.stringify(changeSet));
      const changeSetKey = bodyKeys.changeSet(job.tenantId, sha256(bytes));
      await ports.bodies.putOnce(changeSetKey, bytes, "application/json");
      const { breaking, risky, safe, causes } = changeSet.counts;
      return completed({ changeSetKey, breaking, risky, safe, causes });
    },
  };
};
