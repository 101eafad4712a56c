import type { ChangeStore } from "../../changes/ports.ts";
import type { BodyStore } from "../../snapshots/ports.ts";
import { toChangeEvents } from "../change-events.ts";
import { type CheckpointOutput, readCheckpoint } from "../checkpoints.ts";
import type { Stage, StageResult } from "../stage.ts";
import { readChangeSet } from "../stored-bodies.ts";

/** Events between two looks at the clock, the lease and the cursor. */
const batchSize = 25;

const completed = (output: CheckpointOutput<"persist">): StageResult => ({ result: "completed", output });

/** Writes the change events: each once, however often the stage runs. */
export const persistStage = (ports: { bodies: BodyStore; changes: ChangeStore }): Stage => ({
  name: "persist",
  async run(context) {
    const { job } = context;
    const { changeSetKey } = readCheckpoint(job, "diff");
    if (changeSetKey === null) return completed({ changes: 0 });
    const detectedAt = job.checkpoints.diff?.at ?? job.createdAt;
    const changeSet = await readChangeSet(ports.bodies, changeSetKey);
    const events = toChangeEvents(changeSet, job, readCheckpoint(job, "snapshot").snapshotId, detectedAt);
    for (let written = Number(job.progress?.cursor ?? 0); written < events.length; written += batchSize) {
      context.signal.throwIfAborted();
      if (context.mustYield()) {
        await context.saveProgress(progressOf(written, events.length));
        return { result: "yielded" };
      }
      await ports.changes.putOnce(events.slice(written, written + batchSize));
    }
    return completed({ changes: events.length });
  },
});

const progressOf = (written: number, total: number) => ({
  message: `wrote ${written} of ${total} changes`,
  completed: written,
  total,
  cursor: String(written),
});
