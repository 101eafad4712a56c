import { describe, expect, it } from "vitest";
import type { EmbedPorts } from "../../../shared/embeddings/embed-worker.ts";
import type { Embedder } from "../../../shared/embeddings/embedder.ts";
import { EmbeddingProviderError } from "../../../shared/embeddings/errors.ts";
import type { EmbedRequest } from "../../../shared/embeddings/ports.ts";
import { runEmbedJob } from "../../../shared/embeddings/run-embed-job.ts";
import { memoryEmbedJobStore, memorySearchManifestStore } from "../../../shared/memory/memory-embed-stores.ts";
import { createMemoryStores } from "../../../shared/memory/memory-stores.ts";
import { decodeIndex } from "../../../shared/search/index-file.ts";
import { operationAt } from "../../../shared/search/search-index.ts";
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

const model = { id: "embedded:test", dimension: 2 };

/** A world with one dependency, an embedder that can be told to fail at a call, and a clock that a test moves. */
const makeWorld = async () => {
  const { dependencies, snapshots, bodies } = createMemoryStores();
  const dependency = sampleDependency();
  await dependencies.create(dependency);
  const { tenantId, id: dependencyId } = dependency;
  const embedded: string[][] = [];
  const sent: { request: EmbedRequest; delayMs: number }[] = [];
  const world = { nowMs: 1_000_000, failAtCall: Number.POSITIVE_INFINITY };
  const embedder: Embedder = {
    async embed(_model, texts) {
      embedded.push([...texts]);
      if (embedded.length === world.failAtCall) throw new EmbeddingProviderError("the embedder is away");
      return texts.map(() => Float32Array.from([1, 0]));
    },
  };
  const ports: EmbedPorts = {
    dependencies,
    snapshots,
    bodies,
    jobs: memoryEmbedJobStore(),
    manifests: memorySearchManifestStore(),
    queue: {
      async send(request, delayMs = 0) {
        sent.push({ request, delayMs });
      },
    },
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
  const store = async (snapshotId: string, names: readonly string[]) => {
    const modelKey = `tenants/${tenantId}/models/${snapshotId}`;
    await bodies.putOnce(
      modelKey,
      encodeModel(normalize(parseDocument(Buffer.from(documentOf(names))))),
      "application/json",
    );
    await snapshots.putOnce(sampleSnapshot({ tenantId, dependencyId, id: snapshotId, modelKey }));
  };
  const run = (snapshotId?: string) =>
    runEmbedJob(
      ports,
      {
        owner: "w",
        model,
        leaseDurationMs: 600_000,
        embedTimeoutMs: 300_000,
        batchSize: 2,
        remainingMs: () => 900_000,
      },
      { tenantId, dependencyId, ...(snapshotId === undefined ? {} : { snapshotId }) },
    );
  const indexedPaths = async (): Promise<string[]> => {
    const manifest = await ports.manifests.get(tenantId);
    const bytes = manifest?.mergedKey === undefined ? undefined : await bodies.get(manifest.mergedKey);
    if (bytes === undefined) return [];
    const index = decodeIndex(bytes);
    return Array.from(index.lengths, (_, row) => operationAt(index, row).path);
  };
  const jobNow = () => ports.jobs.get({ tenantId, dependencyId });
  return { world, ports, dependencies, tenantId, dependencyId, embedded, sent, store, run, indexedPaths, jobNow };
};

describe("running an embed job", () => {
  it("keeps the chunks before a failure, says so, and embeds only what is left on the next attempt", async () => {
    const { world, embedded, sent, store, run, indexedPaths, jobNow, tenantId, dependencyId } = await makeWorld();
    await store("s1", ["a", "b", "c", "d", "e"]);
    world.failAtCall = 2;
    expect(await run("s1")).toBe("retrying");
    expect(await jobNow()).toMatchObject({
      status: "pending",
      attempts: 1,
      embeddedCount: 2,
      operationCount: 5,
      lastError: { message: "the embedder is away" },
    });
    expect(sent).toEqual([{ request: { tenantId, dependencyId }, delayMs: 10_000 }]);
    expect(await indexedPaths()).toEqual([]);
    embedded.length = 0;
    world.failAtCall = Number.POSITIVE_INFINITY;
    world.nowMs += 10_000;
    expect(await run()).toBe("indexed");
    expect(embedded.map((texts) => texts.length)).toEqual([2, 1]);
    expect(await indexedPaths()).toEqual(["/a", "/b", "/c", "/d", "/e"]);
  });

  it("embeds only what changed, and forgets what was removed", async () => {
    const { embedded, store, run, indexedPaths } = await makeWorld();
    await store("s1", ["a", "b"]);
    await store("s2", ["b", "c"]);
    await run("s1");
    embedded.length = 0;
    expect(await run("s2")).toBe("indexed");
    expect(embedded.map((texts) => texts.map((text) => text.split("\n")[0]))).toEqual([["Read c"]]);
    expect(await indexedPaths()).toEqual(["/b", "/c"]);
  });

  it("does nothing twice for a message that comes again", async () => {
    const { embedded, store, run } = await makeWorld();
    await store("s1", ["a"]);
    expect([await run("s1"), await run("s1")]).toEqual(["indexed", "over"]);
    expect(embedded.length).toBe(1);
  });

  it("resolves the job of a dependency that was deleted, and takes it out of the index", async () => {
    const { dependencies, tenantId, dependencyId, store, run, indexedPaths, jobNow } = await makeWorld();
    await store("s1", ["a"]);
    await run("s1");
    await dependencies.remove(tenantId, dependencyId);
    expect(await run()).toBe("sourceGone");
    expect(await indexedPaths()).toEqual([]);
    expect(await jobNow()).toMatchObject({ status: "done", isSourceGone: true });
  });

  it("writes nothing once another worker has claimed the job", async () => {
    const { ports, store, run, indexedPaths, tenantId, dependencyId } = await makeWorld();
    await store("s1", ["a"]);
    const { embedder } = ports;
    ports.embedder = {
      async embed(...asked) {
        await ports.jobs.change({ tenantId, dependencyId }, (job) => job && { ...job, term: job.term + 1 });
        return embedder.embed(...asked);
      },
    };
    expect(await run("s1")).toBe("leaseLost");
    expect(await indexedPaths()).toEqual([]);
  });
});
