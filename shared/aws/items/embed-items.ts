import * as z from "zod";
import { type EmbedJob, isOver } from "../../embeddings/embed-job.ts";
import type { SearchManifest } from "../../embeddings/ports.ts";
import type { ItemCodec } from "../item-codec.ts";
import { embeddedKey, embedJobKey, searchManifestKey, unfinishedEmbedJobKey } from "../keys.ts";

const secondsPerDay = 86_400;

const model = z.object({ id: z.string(), dimension: z.number() });

export const embedJobItem: ItemCodec<EmbedJob> = {
  entity: "embedJob",
  version: 1,
  schema: z.object({
    tenantId: z.string(),
    dependencyId: z.string(),
    status: z.enum(["pending", "running", "done", "failed"]),
    snapshotId: z.string(),
    model,
    revision: z.number(),
    attempts: z.number(),
    term: z.number(),
    lease: z.object({ owner: z.string(), term: z.number(), expiresAtMs: z.number() }).optional(),
    attemptStartedAtMs: z.number().optional(),
    notBeforeMs: z.number().optional(),
    batchSize: z.number().optional(),
    lastError: z.object({ name: z.string(), message: z.string(), atMs: z.number() }).optional(),
    operationCount: z.number().optional(),
    embeddedCount: z.number().optional(),
    chunkKeys: z.array(z.string()),
    index: z
      .object({
        key: z.string(),
        snapshotId: z.string(),
        model,
        operationCount: z.number(),
        builtAtMs: z.number(),
      })
      .optional(),
    isSourceGone: z.literal(true).optional(),
    updatedAtMs: z.number(),
  }),
  content: (job) => job,
  place: (job) => ({
    ...embedJobKey(job),
    ...(job.status === "pending" || job.status === "running" ? unfinishedEmbedJobKey(job) : {}),
    ...(isOver(job) ? embeddedKey(job, job) : {}),
    // A message of the job may still be on its way for days.
    ...(job.isSourceGone ? { expiresAtSeconds: Math.ceil(job.updatedAtMs / 1000) + 14 * secondsPerDay } : {}),
  }),
};

export const searchManifestItem: ItemCodec<SearchManifest> = {
  entity: "searchManifest",
  version: 1,
  schema: z.object({
    tenantId: z.string(),
    version: z.number(),
    mergedKey: z.string().optional(),
    parts: z.array(z.object({ dependencyId: z.string(), surfaceId: z.string().optional(), key: z.string() })),
  }),
  content: (manifest) => manifest,
  place: ({ tenantId }) => searchManifestKey(tenantId),
};
