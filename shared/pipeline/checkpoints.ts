import * as z from "zod";
import type { SyncJob, SyncStage } from "../jobs/job.ts";
import { UnreadableCheckpointError } from "./errors.ts";

const warning = z.object({
  code: z.string(),
  message: z.string(),
  pointer: z.string().optional(),
  line: z.number().optional(),
  column: z.number().optional(),
});

/** What each stage leaves for the next ones: the outputs of `2-architecture.md`'s table, one schema a stage. */
export const checkpointSchemas = {
  fetch: z.discriminatedUnion("outcome", [
    z.object({
      outcome: z.literal("body"),
      bodyKey: z.string(),
      bodySha256: z.string(),
      canonicalSha256: z.string().optional(),
      bodyBytes: z.number(),
      sourceUrl: z.string(),
      contentType: z.string().optional(),
      etag: z.string().optional(),
      lastModified: z.string().optional(),
    }),
    z.object({
      outcome: z.literal("notModified"),
      etag: z.string().optional(),
      lastModified: z.string().optional(),
    }),
  ]),
  parse: z.object({
    dialect: z.string(),
    version: z.string(),
    format: z.enum(["json", "yaml"]),
    warningCount: z.number(),
    /** The first 20. */
    warnings: z.array(warning),
  }),
  normalize: z.object({
    modelKey: z.string(),
    operationsKey: z.string(),
    rootHash: z.string(),
    annotationsHash: z.string(),
    operationCount: z.number(),
    title: z.string(),
    apiVersion: z.string(),
    warningCount: z.number(),
    /** The first 20. */
    warnings: z.array(warning),
  }),
  snapshot: z.object({ outcome: z.enum(["baseline", "changed", "unchanged"]), snapshotId: z.string() }),
  diff: z.object({
    /** `null` for a baseline, which has nothing to be compared with. */
    changeSetKey: z.string().nullable(),
    breaking: z.number(),
    risky: z.number(),
    safe: z.number(),
    causes: z.number(),
  }),
  persist: z.object({ changes: z.number() }),
  alert: z.object({ deliveries: z.number() }),
  notify: z.object({ subscribers: z.number() }),
  done: z.object({ outcome: z.enum(["baseline", "changed", "unchanged"]) }),
} satisfies Record<SyncStage, z.ZodType<Record<string, unknown>>>;

export type CheckpointOutput<Stage extends SyncStage> = z.output<(typeof checkpointSchemas)[Stage]>;

/**
 * What `stage` left on the job.
 * @throws UnreadableCheckpointError when it left nothing, or something that this release cannot read.
 */
export const readCheckpoint = <Stage extends SyncStage>(job: SyncJob, stage: Stage): CheckpointOutput<Stage> => {
  const parsed = checkpointSchemas[stage].safeParse(job.checkpoints[stage]?.output);
  if (!parsed.success) throw new UnreadableCheckpointError(stage);
  return parsed.data as CheckpointOutput<Stage>;
};

/**
 * The document that `fetch` stored.
 * @throws UnreadableCheckpointError when the fetch found nothing new.
 */
export const readFetchedBody = (job: SyncJob): Extract<CheckpointOutput<"fetch">, { outcome: "body" }> => {
  const fetched = readCheckpoint(job, "fetch");
  if (fetched.outcome !== "body") throw new UnreadableCheckpointError("fetch");
  return fetched;
};
