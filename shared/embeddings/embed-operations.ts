import { MissingBodyError } from "../pipeline/errors.ts";
import { readModel } from "../pipeline/stored-models.ts";
import { buildIndex } from "../search/build-index.ts";
import { encodeIndex } from "../search/index-file.ts";
import { type OperationToEmbed, operationsToIndex } from "../search/operations-to-index.ts";
import { quantized } from "../search/search-index.ts";
import { bodyKeys } from "../snapshots/ports.ts";
import { sha256 } from "../snapshots/sha256.ts";
import { attemptBoundMs, type EmbedJob, withIndex } from "./embed-job.ts";
import { type EmbedLeaseKeeper, type EmbedPorts, type EmbedWorker, ownedBy } from "./embed-worker.ts";
import { EmbedBoundExceededError, EmbeddingTimeoutError, MissingVectorError } from "./errors.ts";
import { readIndexedVectors } from "./indexed-vectors.ts";
import { type KnownVectors, readChunk, storeChunk } from "./vector-chunk.ts";

/** What is kept back of a function's time for the writes of the end. */
const reserveMs = 30_000;

/**
 * Embeds what has no vector yet, chunk by chunk, and writes the whole index when all have one. A chunk counts once the
 * job's item names it: what a worker without the lease stored is never seen.
 * @throws what the embedder throws, LeaseLostError, MissingBodyError
 */
export const embedOperations = async (
  ports: EmbedPorts,
  worker: EmbedWorker,
  job: EmbedJob,
  keeper: EmbedLeaseKeeper,
): Promise<"indexed" | "handedOver"> => {
  const { bodies, clock, jobs } = ports;
  const { tenantId, dependencyId, snapshotId, model } = job;
  const { term } = keeper.lease();
  const snapshot = await ports.snapshots.get(tenantId, dependencyId, snapshotId);
  if (snapshot === undefined) throw new MissingBodyError(`snapshot ${snapshotId}`);
  const operations = operationsToIndex(await readModel(bodies, snapshot), model);

  const known: KnownVectors = new Map();
  if (job.index !== undefined) await readIndexedVectors(bodies, job.index.key, known);
  for (const key of job.chunkKeys) await readChunk(bodies, key, known);
  const missing = [...textsById(operations)].filter(([id]) => !known.has(id));
  const countEmbedded = () => operations.filter(({ operation }) => known.has(operation.vectorId)).length;
  const save = (chunkKey?: string) =>
    jobs.change({ tenantId, dependencyId }, (current) => {
      const owned = ownedBy(current, dependencyId, term);
      return {
        ...owned,
        operationCount: operations.length,
        embeddedCount: countEmbedded(),
        chunkKeys: chunkKey === undefined ? owned.chunkKeys : [...new Set([...owned.chunkKeys, chunkKey])],
        updatedAtMs: clock.nowMs(),
      };
    });
  await save();

  const batchSize = job.batchSize ?? worker.batchSize;
  for (let start = 0; start < missing.length; start += batchSize) {
    keeper.assertHeld();
    if (isOutOfBounds(job, clock.nowMs())) throw new EmbedBoundExceededError();
    if (worker.remainingMs() < reserveMs + worker.embedTimeoutMs && start > 0) return "handedOver";
    const batch = missing.slice(start, start + batchSize);
    const timeoutMs = Math.max(1000, Math.min(worker.embedTimeoutMs, worker.remainingMs() - reserveMs));
    const vectors = await embedInTime(
      ports,
      job,
      batch.map(([, text]) => text),
      timeoutMs,
      keeper.signal,
    );
    const chunk: KnownVectors = new Map();
    batch.forEach(([id], at) => {
      const vector = vectors[at];
      if (vector !== undefined) chunk.set(id, quantized(vector));
    });
    for (const [id, vector] of chunk) known.set(id, vector);
    await save(await storeChunk(bodies, tenantId, chunk));
  }

  const index = buildIndex(
    { dependencyId, snapshotId, model },
    operations.map(({ operation, fields }) => ({ operation, fields, vector: vectorOf(known, operation.vectorId) })),
  );
  const bytes = encodeIndex(index);
  const key = bodyKeys.searchIndex(tenantId, sha256(bytes));
  await bodies.putOnce(key, bytes, "application/octet-stream");
  await keeper.stop();
  keeper.assertHeld();
  const nowMs = clock.nowMs();
  await jobs.change({ tenantId, dependencyId }, (current) =>
    withIndex(
      ownedBy(current, dependencyId, term),
      { key, snapshotId, model, operationCount: operations.length, builtAtMs: nowMs },
      nowMs,
    ),
  );
  return "indexed";
};

/** One text for each id: operations that read the same are embedded once. */
const textsById = (operations: readonly OperationToEmbed[]): Map<string, string> =>
  new Map(operations.map(({ operation, text }) => [operation.vectorId, text]));

const vectorOf = (known: KnownVectors, id: string): Int8Array => {
  const vector = known.get(id);
  if (vector === undefined) throw new MissingVectorError(id);
  return vector;
};

const embedInTime = async (
  { embedder }: EmbedPorts,
  { model }: EmbedJob,
  texts: readonly string[],
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Float32Array[]> => {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await embedder.embed(model, texts, AbortSignal.any([signal, timeout]));
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) throw new EmbeddingTimeoutError(texts.length, timeoutMs);
    throw error;
  }
};

/** Whether this attempt has taken longer than any should. */
const isOutOfBounds = (job: EmbedJob, nowMs: number): boolean =>
  job.attemptStartedAtMs !== undefined && nowMs - job.attemptStartedAtMs > attemptBoundMs;
