import { beforeAll, describe, expect, it } from "vitest";
import type { SnapshotStore } from "../../shared/snapshots/ports.ts";
import type { Snapshot } from "../../shared/snapshots/snapshot.ts";
import { allPages, firstCursor } from "./paging.ts";
import { newId, sampleSnapshot } from "./samples.ts";

/** What every store of snapshots does. */
export const snapshotStoreContract = (name: string, makeStore: () => Promise<SnapshotStore>): void => {
  describe(`snapshot store: ${name}`, () => {
    let snapshots: SnapshotStore;
    beforeAll(async () => {
      snapshots = await makeStore();
    });

    it("writes a snapshot once: a second write of its id changes nothing", async () => {
      const snapshot = sampleSnapshot();
      const { tenantId, dependencyId, id } = snapshot;
      await snapshots.putOnce(snapshot);
      await snapshots.putOnce({ ...snapshot, title: "Tampered" });
      expect(await snapshots.get(tenantId, dependencyId, id)).toEqual(snapshot);
    });

    it("keeps one of twenty that are written at once under the same id", async () => {
      const snapshot = sampleSnapshot();
      const { tenantId, dependencyId, id } = snapshot;
      await Promise.all(
        Array.from({ length: 20 }, (_, index) => snapshots.putOnce({ ...snapshot, title: `Title ${index}` })),
      );
      const first = await snapshots.get(tenantId, dependencyId, id);
      await snapshots.putOnce(snapshot);
      expect(await snapshots.get(tenantId, dependencyId, id)).toEqual(first);
      expect((await snapshots.list(tenantId, dependencyId, { limit: 10 })).items).toEqual([first]);
    });

    it("shows nothing of it to another tenant or under another dependency", async () => {
      const { tenantId, dependencyId, id, ...rest } = sampleSnapshot();
      await snapshots.putOnce({ tenantId, dependencyId, id, ...rest });
      expect(await snapshots.get(newId(), dependencyId, id)).toBeUndefined();
      expect(await snapshots.get(tenantId, newId(), id)).toBeUndefined();
      expect(await snapshots.list(newId(), dependencyId, { limit: 10 })).toEqual({ items: [] });
    });

    it("lists a dependency's snapshots newest first, page by page, each once", async () => {
      const [tenantId, dependencyId] = [newId(), newId()];
      const own: Snapshot[] = [];
      for (let count = 0; count < 7; count += 1) {
        const snapshot = sampleSnapshot({ tenantId, dependencyId });
        await snapshots.putOnce(snapshot);
        own.unshift(snapshot);
      }
      const list = (page: { limit: number; cursor?: string }) => snapshots.list(tenantId, dependencyId, page);
      for (const limit of [1, 3, 7, 100]) expect(await allPages(list, limit)).toEqual(own);
      const cursor = await firstCursor(list);
      await expect(snapshots.list(tenantId, newId(), { limit: 1, cursor })).rejects.toThrow("cursor");
    });
  });
};
