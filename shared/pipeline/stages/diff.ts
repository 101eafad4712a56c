import type { DependencyRules } from "../../dependencies/dependency-rules.ts";
import type { LastDiff } from "../../dependencies/last-diff.ts";
import type { PerDependencyStore } from "../../dependencies/ports.ts";
import type { ChangeSet } from "../../diff/change-set.ts";
import { compareModels } from "../../rules/compare-models.ts";
import { type BodyStore, bodyKeys, type SnapshotStore } from "../../snapshots/ports.ts";
import { sha256 } from "../../snapshots/sha256.ts";
import { listOperations } from "../../spec/operations.ts";
import { type CheckpointOutput, readCheckpoint } from "../checkpoints.ts";
import { MissingBodyError } from "../errors.ts";
import type { Stage, StageContext, StageResult } from "../stage.ts";
import { readChangeSet } from "../stored-bodies.ts";
import { readModel } from "../stored-models.ts";
import { wantedChanges } from "../wanted-changes.ts";

export type DiffStagePorts = {
  bodies: BodyStore;
  snapshots: SnapshotStore;
  rules: PerDependencyStore<DependencyRules>;
  lastDiffs: PerDependencyStore<LastDiff>;
};

const completed = (output: CheckpointOutput<"diff">): StageResult => ({ result: "completed", output });

/**
 * Compares the new snapshot with the one that the job is pinned to, leaves out what is not monitored or ignored, sets the
 * levels that the dependency has of its own, and stores the change set. A baseline has none. What the same two snapshots
 * came to before is taken as it is: a filter or a rule that was changed since raises nothing for the past.
 */
export const diffStage = (ports: DiffStagePorts): Stage => ({
  name: "diff",
  async run(context) {
    const { job } = context;
    const { tenantId, dependencyId, baseSnapshotId: fromSnapshotId } = job;
    if (fromSnapshotId === null) return completed({ changeSetKey: null, breaking: 0, risky: 0, safe: 0, causes: 0 });
    const { snapshotId: toSnapshotId } = readCheckpoint(job, "snapshot");
    const last = await ports.lastDiffs.get(tenantId, dependencyId);
    if (last?.fromSnapshotId === fromSnapshotId && last.toSnapshotId === toSnapshotId) {
      const { changeSetKey } = last;
      return completed({ changeSetKey, ...countsOf(await readChangeSet(ports.bodies, changeSetKey)) });
    }
    const changeSet = await compare(ports, context, fromSnapshotId, toSnapshotId);
    context.signal.throwIfAborted();
    const bytes = new TextEncoder().encode(JSON.stringify(changeSet));
    const changeSetKey = bodyKeys.changeSet(tenantId, sha256(bytes));
    await ports.bodies.putOnce(changeSetKey, bytes, "application/json");
    const found = { tenantId, dependencyId, fromSnapshotId, toSnapshotId, changeSetKey };
    await ports.lastDiffs.change(tenantId, dependencyId, () => found);
    return completed({ changeSetKey, ...countsOf(changeSet) });
  },
});

const countsOf = ({ counts: { breaking, risky, safe, causes } }: ChangeSet) => ({ breaking, risky, safe, causes });

const compare = async (
  ports: DiffStagePorts,
  { job, dependency }: StageContext,
  fromSnapshotId: string,
  toSnapshotId: string,
): Promise<ChangeSet> => {
  const modelOf = async (id: string) => {
    const snapshot = await ports.snapshots.get(job.tenantId, job.dependencyId, id);
    if (snapshot === undefined) throw new MissingBodyError(`snapshot ${id}`);
    return readModel(ports.bodies, snapshot);
  };
  const [before, after] = await Promise.all([modelOf(fromSnapshotId), modelOf(toSnapshotId)]);
  // The day the job was made, not today: a repeated stage must come to the same judgement about sunsets.
  const today = job.createdAt.slice(0, 10);
  const operations = [...listOperations(before), ...listOperations(after)];
  return wantedChanges(ports.rules, dependency, compareModels(before, after, { today }), operations, today);
};
