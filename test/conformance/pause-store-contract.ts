import { describe, expect, it } from "vitest";
import type { Pause } from "../../shared/pauses/pause.ts";
import type { PauseStore } from "../../shared/pauses/ports.ts";
import { newId } from "./samples.ts";

const pausedAt = "2026-03-01T12:00:00.000Z";
const end = { at: "2026-03-01T13:00:00.000Z", by: "grace", reason: "the host is back" };

const samplePause = (own: Partial<Pause> = {}): Pause => ({
  id: newId(),
  tenantId: newId(),
  setBy: "operator",
  reason: "an incident",
  pausedAt,
  pausedBy: "ada",
  ...own,
});

/** What every store of pauses does. Those of others may be there. */
export const pauseStoreContract = (name: string, make: () => Promise<PauseStore>): void => {
  describe(`pause store: ${name}`, async () => {
    const pauses = await make();
    const activeIds = async () => (await pauses.listActive()).map(({ id }) => id);

    it("has a pause until it ends, and then its record", async () => {
      const pause = samplePause({ jobType: "dependency.sync" });
      expect(await pauses.begin(pause)).toEqual({ created: true, pause });
      expect((await pauses.listActive()).find(({ id }) => id === pause.id)).toEqual(pause);
      const ended = { ...pause, resumedAt: end.at, resumedBy: end.by, resumeReason: end.reason };
      expect(await pauses.end(pause.id, end)).toEqual(ended);
      expect(await activeIds()).not.toContain(pause.id);
      expect(await pauses.listEnded({ limit: 10 }, pause.tenantId)).toEqual({ items: [ended] });
      expect(await pauses.end(pause.id, end)).toBeUndefined();
    });

    it("keeps the first pause of a target, and lets it be paused again after its end", async () => {
      const first = samplePause();
      await pauses.begin(first);
      const again = { ...first, id: newId(), reason: "another" };
      expect(await pauses.begin(again)).toEqual({ created: false, pause: first });
      await pauses.end(first.id, end);
      expect(await pauses.begin(again)).toEqual({ created: true, pause: again });
      await pauses.end(again.id, end);
      const { items } = await pauses.listEnded({ limit: 10 }, first.tenantId);
      expect(items.map(({ id }) => id)).toEqual([again.id, first.id]);
    });

    it("tells an operator's pause from the tenant's own, a job type from all, and tenants apart", async () => {
      const { tenantId = "" } = samplePause();
      const all = [
        samplePause({ tenantId }),
        samplePause({ tenantId, setBy: "tenant" }),
        samplePause({ tenantId, jobType: "delivery" }),
        samplePause(),
      ];
      for (const pause of all) expect(await pauses.begin(pause)).toEqual({ created: true, pause });
      expect(await activeIds()).toEqual(expect.arrayContaining(all.map(({ id }) => id)));
      for (const { id } of all) await pauses.end(id, end);
      expect((await pauses.listEnded({ limit: 10 }, tenantId)).items).toHaveLength(3);
    });

    it("lets one of fifty at once begin it, and one of fifty end it", async () => {
      const pause = samplePause();
      const begun = await Promise.all(Array.from({ length: 50 }, () => pauses.begin({ ...pause, id: newId() })));
      const [created, ...others] = begun.filter((one) => one.created);
      expect(others).toEqual([]);
      expect(new Set(begun.map((one) => one.pause.id))).toEqual(new Set([created?.pause.id]));
      const ends = await Promise.all(Array.from({ length: 50 }, () => pauses.end(created?.pause.id ?? "", end)));
      expect(ends.filter((one) => one !== undefined)).toHaveLength(1);
      expect((await pauses.listEnded({ limit: 10 }, pause.tenantId)).items).toHaveLength(1);
    });
  });
};
