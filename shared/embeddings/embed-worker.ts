import type { DependencyStore } from "../dependencies/ports.ts";
import { LeaseLostError } from "../jobs/errors.ts";
import type { Clock } from "../jobs/ports.ts";
import type { LeaseKeeper } from "../pipeline/keep-lease.ts";
import type { BodyStore, SnapshotStore } from "../snapshots/ports.ts";
import type { EmbedJob } from "./embed-job.ts";
import type { Embedder, EmbeddingModel } from "./embedder.ts";
import type { EmbedJobStore, EmbedQueue, SearchManifestStore } from "./ports.ts";

export type EmbedPorts = {
  dependencies: Pick<DependencyStore, "get" | "subscribers">;
  snapshots: Pick<SnapshotStore, "get">;
  bodies: Pick<BodyStore, "get" | "putOnce">;
  jobs: EmbedJobStore;
  manifests: SearchManifestStore;
  queue: EmbedQueue;
  embedder: Embedder;
  clock: Clock;
  log(event: string, fields: Record<string, unknown>): void;
};

export type EmbedWorker = {
  /** Unique per invocation. */
  owner: string;
  /** What new vectors are made with. */
  model: EmbeddingModel;
  /** @default 10 minutes, renewed every third */
  leaseDurationMs: number;
  /** Of one call of the embedder. @default 5 minutes */
  embedTimeoutMs: number;
  /** Texts of one call. @default 32 */
  batchSize: number;
  /** Milliseconds until the function is stopped. */
  remainingMs(): number;
};

/** Names the work in the errors and logs of its lease. */
export const embedStage = "embed";

/** The job as `term` may change it. @throws LeaseLostError when another worker has claimed it, or it is another's work */
export const ownedBy = (job: EmbedJob | undefined, dependencyId: string, term: number): EmbedJob => {
  if (job?.lease === undefined || job.term !== term) throw new LeaseLostError(dependencyId, embedStage, term);
  return job;
};

export type KeptEmbedLease = { jobId: string; attempt: number; stage: string; term: number; expiresAtMs: number };
export type EmbedLeaseKeeper = LeaseKeeper<KeptEmbedLease>;
