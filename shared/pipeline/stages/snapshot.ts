import { encodeTime } from "ulid";
import type { SyncJob } from "../../jobs/job.ts";
import type { SnapshotStore } from "../../snapshots/ports.ts";
import { type Snapshot, snapshotId } from "../../snapshots/snapshot.ts";
import { type CheckpointOutput, readCheckpoint, readFetchedBody } from "../checkpoints.ts";
import type { Stage, StageResult } from "../stage.ts";

const completed = (output: CheckpointOutput<"snapshot">): StageResult => ({ result: "completed", output });

/**
 * The snapshot that an earlier job may have written before it failed. When it means what this job is about to write, it is
 * taken over, also where the bytes are others: its changes and deliveries have ids that follow from it, so that those already
 * made are not made again.
 */
const newestSnapshot = async (snapshots: SnapshotStore, job: SyncJob): Promise<Snapshot | undefined> =>
  (await snapshots.list(job.tenantId, job.dependencyId, { limit: 1 })).items[0];

/**
 * Writes the immutable snapshot. A document that means what the current snapshot means makes none: its root hash is
 * the same, however differently it is written.
 */
export const snapshotStage = (ports: { snapshots: SnapshotStore }): Stage => ({
  name: "snapshot",
  async run({ job }) {
    const fetched = readFetchedBody(job);
    const parsed = readCheckpoint(job, "parse");
    const normalized = readCheckpoint(job, "normalize");
    const { tenantId, dependencyId } = job;
    const base =
      job.baseSnapshotId === null ? undefined : await ports.snapshots.get(tenantId, dependencyId, job.baseSnapshotId);
    if (base?.rootHash === normalized.rootHash) return completed({ outcome: "unchanged", snapshotId: base.id });
    const outcome = base === undefined ? "baseline" : "changed";
    const unfinished = await newestSnapshot(ports.snapshots, job);
    if (unfinished?.rootHash === normalized.rootHash && unfinished.previousSnapshotId === job.baseSnapshotId)
      return completed({ outcome, snapshotId: unfinished.id });
    const fetchedAtMs = Date.parse(job.checkpoints.fetch?.at ?? job.createdAt);
    const id = snapshotId(encodeTime(fetchedAtMs, 10) + job.id.slice(10), fetched.bodySha256);
    await ports.snapshots.putOnce({
      id,
      tenantId,
      dependencyId,
      jobId: job.id,
      // The time of the fetch: the same on every try.
      createdAt: job.checkpoints.fetch?.at ?? job.createdAt,
      isBaseline: base === undefined,
      previousSnapshotId: base?.id ?? null,
      bodySha256: fetched.bodySha256,
      bodyKey: fetched.bodyKey,
      bodyBytes: fetched.bodyBytes,
      modelKey: normalized.modelKey,
      operationsKey: normalized.operationsKey,
      operationCount: normalized.operationCount,
      rootHash: normalized.rootHash,
      annotationsHash: normalized.annotationsHash,
      dialect: parsed.dialect,
      format: parsed.format,
      title: normalized.title,
      version: normalized.apiVersion,
      sourceUrl: fetched.sourceUrl,
      warningCount: parsed.warningCount + normalized.warningCount,
    });
    return completed({ outcome, snapshotId: id });
  },
});
