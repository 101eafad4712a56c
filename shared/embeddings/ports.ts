import type { EmbedJob, EmbedJobId } from "./embed-job.ts";
import type { EmbeddingModel } from "./embedder.ts";

/** Embed jobs, one a dependency. Reads are strongly consistent. */
export type EmbedJobStore = {
  get(id: EmbedJobId): Promise<EmbedJob | undefined>;
  /**
   * Reads, changes and writes the job so that no write of another is lost. `change` may run several times; `undefined`
   * writes nothing. Returns the job as it then is.
   */
  change(id: EmbedJobId, change: (job: EmbedJob | undefined) => EmbedJob | undefined): Promise<EmbedJob | undefined>;
  /** Every job that is `pending` or `running`, of all tenants, in batches; eventually consistent. */
  unfinished(): AsyncIterable<EmbedJob[]>;
  /** At most `limit` jobs that are over, of all tenants, with another model or revision than `now`; eventually consistent. */
  listOutdated(now: { model: EmbeddingModel; revision: number }, limit: number): Promise<EmbedJob[]>;
};

/** What a tenant's search answers from. */
export type SearchManifest = {
  tenantId: string;
  /** Raised by each write. */
  version: number;
  /** Key of the merged index in the body store; absent when nothing is indexed. */
  mergedKey?: string;
  /** Index of each dependency that is part of it; `surfaceId` where it is that of the provider surface it follows. */
  parts: { dependencyId: string; surfaceId?: string | undefined; key: string }[];
};

export type SearchManifestStore = {
  get(tenantId: string): Promise<SearchManifest | undefined>;
  /** Writes `next` when the stored one still has the version before it; else `false`. */
  replace(next: SearchManifest): Promise<boolean>;
};

/** Asks a worker to do what a dependency's embed job says. At least once, and not before `delayMs`. */
export type EmbedQueue = { send(request: EmbedRequest, delayMs?: number): Promise<void> };

export type EmbedRequest = EmbedJobId & {
  /** To be indexed; without it, go on with the job that is there. */
  snapshotId?: string;
};
