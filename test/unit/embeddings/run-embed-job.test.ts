import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { tendEmbedJobs } from "../../../shared/embeddings/tend-embed-jobs.ts";
import { catalogTenantId } from "../../../shared/providers/catalog-tenant.ts";
import { sampleDependency } from "../../conformance/samples.ts";
import { createEmbedWorld, model } from "./embed-world.ts";

describe("running an embed job", () => {
  it("keeps the chunks before a failure, says so, and embeds only what is left on the next attempt", async () => {
    const { world, embedded, sent, store, run, indexedPaths, jobNow, tenantId, dependencyId } =
      await createEmbedWorld();
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
    const { embedded, store, run, indexedPaths } = await createEmbedWorld();
    await store("s1", ["a", "b"]);
    await store("s2", ["b", "c"]);
    await run("s1");
    embedded.length = 0;
    expect(await run("s2")).toBe("indexed");
    expect(embedded.map((texts) => texts.map((text) => text.split("\n")[0]))).toEqual([["Read c"]]);
    expect(await indexedPaths()).toEqual(["/b", "/c"]);
  });

  it("does nothing twice for a message that comes again", async () => {
    const { embedded, store, run } = await createEmbedWorld();
    await store("s1", ["a"]);
    expect([await run("s1"), await run("s1")]).toEqual(["indexed", "over"]);
    expect(embedded.length).toBe(1);
  });

  it("resolves the job of a dependency that was deleted, and takes it out of the index", async () => {
    const { dependencies, tenantId, dependencyId, store, run, indexedPaths, jobNow } = await createEmbedWorld();
    await store("s1", ["a"]);
    await run("s1");
    await dependencies.remove(tenantId, dependencyId);
    expect(await run()).toBe("sourceGone");
    expect(await indexedPaths()).toEqual([]);
    expect(await jobNow()).toMatchObject({ status: "done", isSourceGone: true });
  });

  it("writes nothing once another worker has claimed the job", async () => {
    const { ports, store, run, indexedPaths, tenantId, dependencyId } = await createEmbedWorld();
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

  it("waits with a message that came before its sync ended, and indexes what the sync leaves", async () => {
    const { store, run, indexedPaths, synced, tenantId, dependencyId, sent } = await createEmbedWorld();
    await store("s1", ["a"]);
    await store("s2", ["b"]);
    await run("s1");
    synced.set(dependencyId, { currentSnapshotId: "s1", activeJobId: "j" });
    const request = { tenantId, dependencyId, snapshotId: "s2" };
    expect(await run(undefined, { id: request })).toBe("postponed");
    expect([sent, await indexedPaths()]).toEqual([[{ request, delayMs: 10_000 }], ["/a"]]);
    // The sync failed in its last write: what was never the dependency's is not indexed.
    synced.set(dependencyId, { currentSnapshotId: "s1" });
    expect(await run(undefined, { id: request })).toBe("over");
    expect(await indexedPaths()).toEqual(["/a"]);
  });

  it("indexes what the dependency has, however late and out of order messages come", async () => {
    const { store, run, indexedPaths, jobNow } = await createEmbedWorld();
    await store("s1", ["a"]);
    await store("s2", ["b"]);
    expect([await run("s2"), await run("s1"), await run()]).toEqual(["indexed", "over", "over"]);
    expect([await indexedPaths(), (await jobNow())?.snapshotId]).toEqual([["/b"], "s2"]);
  });

  it("answers from the old vectors until another model has made new ones", async () => {
    const { embedded, store, run, indexedPaths, merged, world, jobNow } = await createEmbedWorld();
    await store("s1", ["a"]);
    await run("s1");
    const other = { id: "openai:other", dimension: 2 };
    world.failAtCall = embedded.length + 1;
    expect(await run(undefined, { worker: { model: other } })).toBe("retrying");
    expect([await indexedPaths(), (await merged())?.parts[0]?.model]).toEqual([["/a"], model]);
    expect((await jobNow())?.model).toEqual(other);
    world.nowMs += 10_000;
    expect(await run(undefined, { worker: { model: other } })).toBe("indexed");
    expect((await merged())?.parts[0]?.model).toEqual(other);
  });

  it("goes on when a renewal of its lease merely fails", async () => {
    const { world, ports, store, run } = await createEmbedWorld();
    await store("s1", ["a"]);
    const { jobs, embedder, clock } = ports;
    clock.sleep = async () => {
      world.nowMs += 1_000;
      await setImmediate();
    };
    let renewals = 0;
    ports.jobs = {
      ...jobs,
      change: (id, change) =>
        jobs.change(id, (before) => {
          const after = change(before);
          if (before?.status !== "running" || before.lease?.expiresAtMs === after?.lease?.expiresAtMs) return after;
          if (after?.lease === undefined) return after;
          renewals += 1;
          if (renewals === 1) throw new Error("throttled");
          return after;
        }),
    };
    ports.embedder = {
      async embed(...asked) {
        while (renewals < 3) await setImmediate();
        return embedder.embed(...asked);
      },
    };
    expect(await run("s1")).toBe("indexed");
  });

  it("hands over before its function's time is up, which is no failed attempt", async () => {
    const { embedded, store, run, sent, tenantId, dependencyId, jobNow, indexedPaths } = await createEmbedWorld();
    await store("s1", ["a", "b", "c"]);
    expect(await run("s1", { worker: { remainingMs: () => 300_000 } })).toBe("handedOver");
    expect(await jobNow()).toMatchObject({ status: "pending", attempts: 0, embeddedCount: 2 });
    expect(sent.at(-1)?.request).toEqual({ tenantId, dependencyId });
    expect(await run()).toBe("indexed");
    expect(embedded.map((texts) => texts.length)).toEqual([2, 1]);
    expect(await indexedPaths()).toEqual(["/a", "/b", "/c"]);
  });

  it("gives an attempt an hour of wall clock, over all its workers, and keeps what it embedded", async () => {
    const { store, run, world, jobNow } = await createEmbedWorld();
    await store("s1", ["a", "b", "c"]);
    await run("s1", { worker: { remainingMs: () => 300_000 } });
    world.nowMs += 3_600_001;
    expect(await run()).toBe("retrying");
    expect(await jobNow()).toMatchObject({
      attempts: 1,
      embeddedCount: 2,
      lastError: { name: "EmbedBoundExceededError" },
    });
  });

  it("embeds a provider surface once, for all who follow it", async () => {
    const { store, run, embedded, sent, tenantId, dependencies, merged, indexedPaths } = await createEmbedWorld();
    const surface = { tenantId: catalogTenantId, dependencyId: "shop.api" };
    await dependencies.create(sampleDependency({ tenantId: surface.tenantId, id: surface.dependencyId }));
    const follower = sampleDependency({ tenantId, providerSurfaceId: "shop.api", specUrl: undefined });
    await dependencies.create(follower);
    await store("s1", ["orders"], surface);
    expect(await run("s1", { id: surface })).toBe("indexed");
    const told = { tenantId, dependencyId: follower.id };
    expect(sent).toEqual([{ request: told, delayMs: 0 }]);
    expect(await run(undefined, { id: told })).toBe("follows");
    expect(await indexedPaths()).toEqual(["/orders"]);
    expect((await merged())?.parts[0]?.dependencyId).toBe(follower.id);
    expect(embedded).toHaveLength(1);
    await dependencies.remove(tenantId, follower.id);
    expect(await run(undefined, { id: told })).toBe("sourceGone");
    expect(await indexedPaths()).toEqual([]);
  });
});

describe("tending embed jobs", () => {
  it("asks anew for what nobody does, and for what another model made", async () => {
    const { store, run, ports, world, sent, tenantId, dependencyId } = await createEmbedWorld();
    const request = { tenantId, dependencyId };
    await store("s1", ["a", "b", "c"]);
    world.failAtCall = 2;
    await run("s1");
    const tend = (now = model) => tendEmbedJobs({ jobs: ports.jobs, queue: ports.queue, clock: ports.clock }, now);
    expect(await tend()).toEqual({ reclaimed: 0, outdated: 0 });
    world.nowMs += 310_000;
    sent.length = 0;
    expect(await tend()).toEqual({ reclaimed: 1, outdated: 0 });
    expect(sent).toEqual([{ request, delayMs: 0 }]);
    await run();
    expect(await tend()).toEqual({ reclaimed: 0, outdated: 0 });
    expect(await tend({ ...model, dimension: 3 })).toEqual({ reclaimed: 0, outdated: 1 });
    expect(sent.at(-1)).toEqual({ request, delayMs: 0 });
  });
});
