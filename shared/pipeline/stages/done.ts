import type { SyncOutcome } from "../../jobs/job.ts";
import { readCheckpoint } from "../checkpoints.ts";
import type { Stage } from "../stage.ts";

/** Ends the job: the dependency is free again and healthy, and its current snapshot is the new one. */
export const doneStage = (): Stage => ({
  name: "done",
  async run({ job, nowMs }) {
    const fetched = readCheckpoint(job, "fetch");
    const atMs = nowMs();
    const { etag, lastModified } = fetched;
    if (fetched.outcome === "notModified")
      return { result: "finished", outcome: "unchanged", after: { atMs, etag, lastModified } };
    const snapshot = readCheckpoint(job, "snapshot");
    const outcome: SyncOutcome = snapshot.outcome;
    // Validators are the new response's also when nothing changed: the next GET is then answered 304.
    const { bodySha256, canonicalSha256 } = fetched;
    const after = { atMs, currentSnapshotId: snapshot.snapshotId, etag, lastModified, bodySha256, canonicalSha256 };
    return { result: "finished", outcome, after };
  },
});
