import type { Dependency } from "../../../shared/dependencies/dependency.ts";
import type { EmbedPorts, EmbedWorker } from "../../../shared/embeddings/embed-worker.ts";
import type { Embedder } from "../../../shared/embeddings/embedder.ts";
import { EmbeddingProviderError } from "../../../shared/embeddings/errors.ts";
import { runEmbedJob } from "../../../shared/embeddings/run-embed-job.ts";
import { createMemoryStores } from "../../../shared/memory/memory-stores.ts";
import { decodeIndex } from "../../../shared/search/index-file.ts";
import { operationAt, type SearchIndex } from "../../../shared/search/search-index.ts";
import { encodeModel } from "../../../shared/spec/codec.ts";
import { normalize } from "../../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../../shared/spec/parse.ts";
import { sampleDependency, sampleSnapshot } from "../../conformance/samples.ts";

const documentOf = (names: readonly string[]): string =>
  JSON.stringify({
    openapi: "3.0.0",
    info: { title: "Things", version: "1" },
    paths: Object.fromEntries(
      names.map((name) => [
        `/${name}`,
        { get: { summary: `Read ${name}`, responses: { 200: { description: "ok" } } } },
      ]),
    ),
  });

export const model = { id: "embedded:test", dimension: 2 };

/** A world with one dependency, an embedder that can be told to fail at a call, and a clock that a test moves. */
export const createEmbedWorld = async () => {
  const stores = createMemoryStores();
  const { dependencies, snapshots, bodies, embedQueue: queue } = stores;
  const dependency = sampleDependency();
  await dependencies.create(dependency);
  const { tenantId, id: dependencyId } = dependency;
  const embedded: string[][] = [];
  const world = { nowMs: 1_000_000, failAtCall: Number.POSITIVE_INFINITY };
  const embedder: Embedder = {
    async embed(_model, texts) {
      embedded.push([...texts]);
      if (embedded.length === world.failAtCall) throw new EmbeddingProviderError("the embedder is away");
      return texts.map(() => Float32Array.from([1, 0]));
    },
  };
  /** What syncs have left on dependencies. */
  const synced = new Map<string, Pick<Dependency, "currentSnapshotId" | "activeJobId">>();
  const ports: EmbedPorts = {
    dependencies: {
      ...dependencies,
      async get(tenant, id) {
        const found = await dependencies.get(tenant, id);
        return found && { ...found, ...synced.get(id) };
      },
    },
    snapshots,
    bodies,
    jobs: stores.embedJobs,
    manifests: stores.searchManifests,
    queue,
    embedder,
    clock: {
      nowMs: () => world.nowMs,
      sleep: (_durationMs, signal) =>
        new Promise((resolve) => {
          if (signal?.aborted) resolve();
          signal?.addEventListener("abort", () => resolve(), { once: true });
        }),
    },
    log: () => {},
  };
  const own = { tenantId, dependencyId };
  const store = async (snapshotId: string, names: readonly string[], owner = own) => {
    const modelKey = `tenants/${owner.tenantId}/models/${snapshotId}`;
    const encoded = encodeModel(normalize(parseDocument(Buffer.from(documentOf(names)))));
    await bodies.putOnce(modelKey, encoded, "application/json");
    await snapshots.putOnce(sampleSnapshot({ ...owner, id: snapshotId, modelKey }));
  };
  const run = async (
    snapshotId?: string,
    { worker = {}, id = own }: { worker?: Partial<EmbedWorker>; id?: typeof own } = {},
  ) => {
    const known = synced.get(id.dependencyId)?.currentSnapshotId ?? "";
    // As the end of a sync leaves it; a message of an older one comes late.
    if (snapshotId !== undefined && snapshotId > known) synced.set(id.dependencyId, { currentSnapshotId: snapshotId });
    return runEmbedJob(
      ports,
      {
        owner: "w",
        model,
        leaseDurationMs: 600_000,
        embedTimeoutMs: 300_000,
        batchSize: 2,
        remainingMs: () => 900_000,
        ...worker,
      },
      { ...id, ...(snapshotId === undefined ? {} : { snapshotId }) },
    );
  };
  const merged = async (tenant = tenantId): Promise<SearchIndex | undefined> => {
    const manifest = await ports.manifests.get(tenant);
    const bytes = manifest?.mergedKey === undefined ? undefined : await bodies.get(manifest.mergedKey);
    return bytes && decodeIndex(bytes);
  };
  const indexedPaths = async (tenant = tenantId): Promise<string[]> => {
    const index = await merged(tenant);
    return index === undefined ? [] : Array.from(index.lengths, (_, row) => operationAt(index, row).path);
  };
  const jobNow = () => ports.jobs.get(own);
  return {
    ...stores,
    ...own,
    world,
    ports,
    synced,
    embedded,
    sent: queue.sent,
    store,
    run,
    merged,
    indexedPaths,
    jobNow,
  };
};
