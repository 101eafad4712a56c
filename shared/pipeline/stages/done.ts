import type { EmbedQueue } from "../../embeddings/ports.ts";
import type { SyncOutcome } from "../../jobs/job.ts";
import { readCheckpoint } from "../checkpoints.ts";
import type { Stage } from "../stage.ts";

/** Longer than the end of the job takes, which follows the request. */
const embedDelayMs = 1_000;

/**
 * Ends the job: the dependency is free again and healthy, and its current snapshot is the new one. Asks for the snapshot's
 * operations to be embedded.
 */
export const doneStage = (ports: { embedQueue: EmbedQueue }): Stage => ({
  name: "done",
  async run({ job, nowMs }) {
    const fetched = readCheckpoint(job, "fetch");
    const atMs = nowMs();
    const { etag, lastModified } = fetched;
    if (fetched.outcome === "notModified")
      return { result: "finished", outcome: "unchanged", after: { atMs, etag, lastModified } };
    const snapshot = readCheckpoint(job, "snapshot");
    const outcome: SyncOutcome = snapshot.outcome;
    // Before the end, so that none is forgotten. Also of what did not change: what is embedded already costs one read.
    const { tenantId, dependencyId } = job;
    await ports.embedQueue.send({ tenantId, dependencyId, snapshotId: snapshot.snapshotId }, embedDelayMs);
    // Validators are the new response's also when nothing changed: the next GET is then answered 304.
    const { bodySha256, canonicalSha256 } = fetched;
    const after = { atMs, currentSnapshotId: snapshot.snapshotId, etag, lastModified, bodySha256, canonicalSha256 };
    return { result: "finished", outcome, after };
  },
});
