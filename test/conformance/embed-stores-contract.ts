import { beforeAll, describe, expect, it } from "vitest";
import type { EmbedJob } from "../../shared/embeddings/embed-job.ts";
import type { EmbedJobStore, SearchManifestStore } from "../../shared/embeddings/ports.ts";
import { newId } from "./samples.ts";

const sampleEmbedJob = (own: Partial<EmbedJob> = {}): EmbedJob => ({
  tenantId: newId(),
  dependencyId: newId(),
  status: "running",
  snapshotId: "s1",
  model: { id: "embedded:m", dimension: 384 },
  revision: 1,
  attempts: 1,
  term: 2,
  lease: { owner: "w", term: 2, expiresAtMs: 9 },
  attemptStartedAtMs: 1,
  batchSize: 16,
  lastError: { name: "E", message: "no", atMs: 1 },
  operationCount: 3,
  embeddedCount: 2,
  chunkKeys: ["c1"],
  index: { key: "k", snapshotId: "s0", model: { id: "embedded:m", dimension: 384 }, operationCount: 3, builtAtMs: 1 },
  updatedAtMs: 5,
  ...own,
});

/** What every store of embed jobs does. */
export const embedJobStoreContract = (name: string, makeStore: () => Promise<EmbedJobStore>): void => {
  describe(`embed job store: ${name}`, () => {
    let store: EmbedJobStore;
    beforeAll(async () => {
      store = await makeStore();
    });

    it("gives back what was written, whole, and nothing of another dependency or tenant", async () => {
      const job = sampleEmbedJob();
      expect(await store.change(job, () => job)).toEqual(job);
      expect(await store.get(job)).toEqual(job);
      expect(await store.get({ ...job, tenantId: newId() })).toBeUndefined();
      expect(await store.get({ ...job, dependencyId: newId() })).toBeUndefined();
    });

    it("leaves the job as it is when a change has nothing to write, or throws", async () => {
      const job = sampleEmbedJob();
      expect(await store.change(job, () => undefined)).toBeUndefined();
      await store.change(job, () => job);
      expect(await store.change(job, () => undefined)).toEqual(job);
      const refuse = () => {
        throw new RangeError("not mine");
      };
      await expect(store.change(job, refuse)).rejects.toThrow("not mine");
      expect(await store.get(job)).toEqual(job);
    });

    it("drops fields that a change leaves out", async () => {
      const job = sampleEmbedJob();
      await store.change(job, () => job);
      const { lease: _lease, lastError: _error, ...rest } = job;
      await store.change(job, () => rest);
      expect(await store.get(job)).toEqual(rest);
    });

    it("finds what is unfinished, and what another model or an older release made, while it is so", async () => {
      const now = { model: { id: `embedded:${newId()}`, dimension: 384 }, revision: 2 };
      const own = [
        sampleEmbedJob(),
        sampleEmbedJob({ status: "pending" }),
        sampleEmbedJob({ status: "done", ...now }),
        sampleEmbedJob({ status: "done", ...now, revision: 1 }),
        sampleEmbedJob({ status: "failed", ...now, model: { ...now.model, dimension: 383 } }),
        sampleEmbedJob({ status: "done", isSourceGone: true }),
      ];
      for (const job of own) await store.change(job, () => job);
      const places = (found: readonly EmbedJob[]) =>
        found.flatMap(({ dependencyId }) => {
          const at = own.findIndex((job) => job.dependencyId === dependencyId);
          return at === -1 ? [] : [at];
        });
      const unfinished = async () => {
        const found: EmbedJob[] = [];
        for await (const batch of store.unfinished()) found.push(...batch);
        return places(found).sort();
      };
      expect(await unfinished()).toEqual([0, 1]);
      expect(places(await store.listOutdated(now, 1_000)).sort()).toEqual([3, 4]);
      expect(await store.listOutdated(now, 1)).toHaveLength(1);
      for (const job of own) await store.change(job, (read) => read && { ...read, status: "done", ...now });
      expect(await unfinished()).toEqual([]);
      expect(places(await store.listOutdated(now, 1_000))).toEqual([]);
    });

    it("loses no change of several at once", async () => {
      const job = sampleEmbedJob({ term: 0 });
      const raise = () => store.change(job, (current) => ({ ...(current ?? job), term: (current?.term ?? 0) + 1 }));
      await Promise.all(Array.from({ length: 8 }, raise));
      expect((await store.get(job))?.term).toBe(8);
    });
  });
};

/** What every store of search manifests does. */
export const searchManifestStoreContract = (name: string, makeStore: () => Promise<SearchManifestStore>): void => {
  describe(`search manifest store: ${name}`, () => {
    let store: SearchManifestStore;
    beforeAll(async () => {
      store = await makeStore();
    });

    it("takes each version once, in their order", async () => {
      const tenantId = newId();
      const version = (number: number) => ({
        tenantId,
        version: number,
        mergedKey: `k${number}`,
        parts: [{ dependencyId: "d", key: `p${number}` }],
      });
      expect(await store.get(tenantId)).toBeUndefined();
      expect(await store.replace(version(2))).toBe(false);
      expect(await store.replace(version(1))).toBe(true);
      expect(await store.replace(version(1))).toBe(false);
      expect(await store.replace(version(2))).toBe(true);
      expect(await store.get(tenantId)).toEqual(version(2));
    });
  });
};
