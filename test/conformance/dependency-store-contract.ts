import { beforeAll, describe, expect, it } from "vitest";
import type { Dependency } from "../../shared/dependencies/dependency.ts";
import { beatsUntilMs, nextCheckAt, offBeat } from "../../shared/dependencies/next-check.ts";
import type { DependencyStore, PerDependencyStore } from "../../shared/dependencies/ports.ts";
import { ConflictError } from "../../shared/jobs/errors.ts";
import type { PageRequest } from "../../shared/jobs/paging.ts";
import { allPages, eventually, firstCursor } from "./paging.ts";
import { isoAt, minuteMs, newId, sampleDependency, startMs } from "./samples.ts";

/** Nothing else waits on a beat of that day. */
const beatsFromMs = Date.parse("2011-05-05T05:05:05.000Z");
/** Before everything else in the store under test. */
const farPastMs = Date.parse("2001-01-01T00:00:00.000Z");

/** What every store of dependencies does. `makeStore` gives one that no other test uses. */
export const dependencyStoreContract = (name: string, makeStore: () => Promise<DependencyStore>): void => {
  describe(`dependency store: ${name}`, () => {
    let dependencies: DependencyStore;
    beforeAll(async () => {
      dependencies = await makeStore();
    });

    const stored = async (own: Partial<Dependency> = {}): Promise<Dependency> => {
      const dependency = sampleDependency(own);
      await dependencies.create(dependency);
      return dependency;
    };

    const dueAt = async (nowMs: number, coveredMs?: number): Promise<Dependency[]> =>
      (await Array.fromAsync(dependencies.due({ nowMs, coveredMs }))).flatMap((batch) => batch.dependencies);

    it("gives back what was stored, with every field", async () => {
      const dependency = await stored({
        baseUrl: "https://api.example.com",
        auth: { secretName: "payments", header: "Authorization" },
        owner: "team-a",
        filteredDomains: ["refunds"],
        health: { status: "degraded", consecutiveFailures: 3, lastError: { name: "Timeout", message: "m" } },
        etag: '"v1"',
        nextCheckAt: isoAt(startMs + minuteMs),
      });
      expect(await dependencies.get(dependency.tenantId, dependency.id)).toEqual(dependency);
    });

    it("does not store a second one under the same id", async () => {
      const dependency = await stored();
      await expect(dependencies.create({ ...dependency, name: "Other" })).rejects.toThrow(ConflictError);
      expect(await dependencies.get(dependency.tenantId, dependency.id)).toEqual(dependency);
    });

    it("shows nothing of it to another tenant", async () => {
      const { id } = await stored();
      const stranger = newId();
      expect(await dependencies.get(stranger, id)).toBeUndefined();
      expect(await dependencies.update(stranger, id, { name: "Mine" }, startMs)).toBeUndefined();
      expect(await dependencies.remove(stranger, id)).toBe(false);
      expect(await dependencies.list(stranger, { limit: 10 })).toEqual({ items: [] });
    });

    it("finds nothing under an id that is no id, however odd", async () => {
      const { tenantId } = await stored();
      for (const id of ["", "#", "a#b", "é".repeat(3_000), " ", "~"])
        expect(await dependencies.get(tenantId, id)).toBeUndefined();
    });

    it("lists a tenant's own newest first, page by page, each once", async () => {
      const tenantId = newId();
      const own: Dependency[] = [];
      for (let count = 0; count < 7; count += 1) own.unshift(await stored({ tenantId }));
      const list = (page: { limit: number; cursor?: string }) => dependencies.list(tenantId, page);
      for (const limit of [1, 3, 7, 100]) expect(await allPages(list, limit)).toEqual(own);
      const cursor = await firstCursor(list);
      await expect(dependencies.list(newId(), { limit: 1, cursor })).rejects.toThrow("cursor");
    });

    it("changes what the patch names and removes what it names as null", async () => {
      const dependency = await stored({ owner: "team-a", baseUrl: "https://api.example.com" });
      const patch = { name: "Renamed", tags: [], owner: null, baseUrl: undefined };
      const updated = await dependencies.update(dependency.tenantId, dependency.id, patch, startMs + 1);
      const { owner: _, ...rest } = dependency;
      expect(updated).toEqual({ ...rest, name: "Renamed", tags: [], updatedAt: isoAt(startMs + 1) });
      expect(await dependencies.get(dependency.tenantId, dependency.id)).toEqual(updated);
    });

    it("forgets source and validators of the document before when another is named", async () => {
      const validators = { etag: '"v1"', lastModified: "yesterday" };
      const dependency = await stored(validators);
      const { id, tenantId, specUrl } = dependency;
      expect(await dependencies.update(tenantId, id, { specUrl }, startMs)).toMatchObject(validators);
      const uploaded = await dependencies.update(tenantId, id, { uploadKey: "u1" }, startMs);
      expect(uploaded).toMatchObject({ uploadKey: "u1" });
      for (const gone of ["specUrl", "etag", "lastModified"]) expect(uploaded).not.toHaveProperty(gone);
      const again = await dependencies.update(tenantId, id, { specUrl: "https://other.example.com/o.json" }, startMs);
      expect(again).not.toHaveProperty("uploadKey");
    });

    it("loses no change of twenty that are made at once", async () => {
      const { tenantId, id } = await stored();
      const patches = [{ name: "Renamed" }, { cadence: "1d" }, { owner: "team-b" }, { tags: ["x"] }];
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          dependencies.update(tenantId, id, patches[index % patches.length] ?? {}, startMs),
        ),
      );
      expect(await dependencies.get(tenantId, id)).toMatchObject(Object.assign({}, ...patches));
    });

    it("removes it from every list, once", async () => {
      const { tenantId, id } = await stored({ nextCheckAt: isoAt(startMs - minuteMs) });
      expect(await dependencies.remove(tenantId, id)).toBe(true);
      expect(await dependencies.remove(tenantId, id)).toBe(false);
      expect(await dependencies.get(tenantId, id)).toBeUndefined();
      expect(await dependencies.update(tenantId, id, { name: "Back" }, startMs)).toBeUndefined();
      expect((await dependencies.list(tenantId, { limit: 10 })).items).toEqual([]);
      await eventually(async () => {
        expect((await dueAt(startMs)).filter((due) => due.id === id)).toEqual([]);
      });
    });

    it("finds what is due at a moment, the longest due first, and nothing that is disabled or later", async () => {
      const next = (atMs: number) => ({ nextCheckAt: isoAt(atMs) });
      const times = [50, 10, 90, 30, 70, 20, 60, 40, 80, 0];
      const made = new Map<number, string>();
      for (const offset of times) made.set(offset, (await stored(next(startMs - offset * minuteMs))).id);
      await stored(next(startMs + 1));
      await stored();
      const disabled = await stored(next(startMs));
      const off = await dependencies.update(disabled.tenantId, disabled.id, { enabled: false }, startMs);
      expect(off).not.toHaveProperty("nextCheckAt");
      const longestFirst = [...times].sort((a, b) => b - a).map((offset) => made.get(offset));
      const ids = async () => (await dueAt(startMs)).map(({ id }) => id);
      await eventually(async () => expect(await ids()).toEqual(longestFirst));
      const [first] = await dueAt(startMs);
      if (first === undefined) throw new Error("nothing is due");
      expect(await dependencies.planCheck(first, isoAt(startMs + minuteMs))).toBe(true);
      await eventually(async () => expect(await ids()).toEqual(longestFirst.slice(1)));
      await eventually(async () => expect((await dueAt(startMs + minuteMs)).map(({ id }) => id)).toContain(first.id));
    });

    describe("subscriptions to provider surfaces", () => {
      const follower = (surfaceId: string, own: Partial<Dependency> = {}) =>
        stored({ specUrl: undefined, providerSurfaceId: surfaceId, subscribedAt: isoAt(startMs), ...own });

      /** Every subscriber, page by page. */
      const everyone = async (surfaceId: string, limit: number): Promise<Dependency[]> => {
        const all: Dependency[] = [];
        let after: string | undefined;
        do {
          const page = await dependencies.subscribers(surfaceId, { limit, ...(after === undefined ? {} : { after }) });
          expect(page.subscribers.length).toBeLessThanOrEqual(limit);
          all.push(...page.subscribers);
          after = page.next;
        } while (after !== undefined);
        return all;
      };

      it("pages through the subscribers of a surface over all tenants, each once, as they are", async () => {
        const surfaceId = `pets.${newId()}`;
        const all: Dependency[] = [];
        for (let count = 0; count < 7; count += 1) all.push(await follower(surfaceId));
        await follower(`${surfaceId}x`);
        for (const limit of [1, 3, 7, 100])
          await eventually(async () => expect(await everyone(surfaceId, limit)).toEqual(all));
        const { subscribers } = await dependencies.subscribers(surfaceId, { after: all[3]?.id ?? "", limit: 2 });
        expect(subscribers).toEqual(all.slice(4, 6));
        expect(await dependencies.subscribers(`pets.${newId()}`, { limit: 10 })).toEqual({ subscribers: [] });
      });

      it("leaves out who is disabled or gone, and shows new filters", async () => {
        const surfaceId = `pets.${newId()}`;
        const [disabled, gone, changed] = [
          await follower(surfaceId),
          await follower(surfaceId),
          await follower(surfaceId),
        ];
        await dependencies.update(disabled.tenantId, disabled.id, { enabled: false }, startMs);
        await dependencies.remove(gone.tenantId, gone.id);
        const filter = { monitoringMode: "partial" as const, filteredDomains: ["refunds"] };
        await dependencies.update(changed.tenantId, changed.id, filter, startMs);
        await eventually(async () =>
          expect(await everyone(surfaceId, 2)).toEqual([{ ...changed, ...filter, updatedAt: isoAt(startMs) }]),
        );
        await dependencies.update(disabled.tenantId, disabled.id, { enabled: true }, startMs);
        await eventually(async () =>
          expect((await everyone(surfaceId, 2)).map(({ id }) => id)).toEqual([disabled.id, changed.id]),
        );
      });

      it("lists a tenant's own by surface, page by page, those that are disabled too", async () => {
        const tenantId = newId();
        const [a, b] = [`a.${newId()}`, `b.${newId()}`];
        const inB = await follower(b, { tenantId });
        const inA = [await follower(a, { tenantId }), await follower(a, { tenantId, enabled: false })];
        await follower(a);
        await stored({ tenantId });
        const list = (page: PageRequest) => dependencies.subscriptions(tenantId, page);
        for (const limit of [1, 2, 100])
          await eventually(async () => expect(await allPages(list, limit)).toEqual([...inA, inB]));
        expect(await allPages((page) => dependencies.subscriptions(tenantId, page, a), 1)).toEqual(inA);
        const cursor = await firstCursor(list);
        await expect(dependencies.subscriptions(newId(), { limit: 1, cursor })).rejects.toThrow("cursor");
        await dependencies.remove(tenantId, inB.id);
        await eventually(async () => expect(await allPages(list, 2)).toEqual(inA));
      });

      it("never finds one due, also when it is enabled again", async () => {
        const { tenantId, id } = await follower(`pets.${newId()}`);
        await dependencies.update(tenantId, id, { enabled: false }, startMs);
        const again = await dependencies.update(tenantId, id, { enabled: true, nextCheckAt: isoAt(startMs) }, startMs);
        expect(again).not.toHaveProperty("nextCheckAt");
        expect((await dueAt(startMs)).map((due) => due.id)).not.toContain(id);
      });
    });

    it("finds what has to be told of its health at once, until that is noted, also of a disabled one", async () => {
      const bad = { status: "unhealthy", consecutiveFailures: 5, unhealthyAt: isoAt(farPastMs - minuteMs) } as const;
      const one = await stored({ health: bad, nextCheckAt: isoAt(startMs + minuteMs) });
      const disabled = await stored({ health: bad, enabled: false });
      const isFound = async () => {
        const found = (await dueAt(farPastMs)).map(({ id }) => id);
        return [one, disabled].map(({ id }) => found.includes(id));
      };
      await eventually(async () => expect(await isFound()).toEqual([true, true]));
      for (const { tenantId, id } of [one, disabled]) {
        const noted = await dependencies.noteNotice(tenantId, id, true);
        expect(noted?.health).toEqual({ ...bad, toldUnhealthy: true });
        expect(await dependencies.get(tenantId, id)).toEqual(noted);
      }
      await eventually(async () => expect(await isFound()).toEqual([false, false]));
      await eventually(async () => expect((await dueAt(startMs + minuteMs)).map(({ id }) => id)).toContain(one.id));
      expect(await dependencies.noteNotice(newId(), one.id, false)).toBeUndefined();
    });

    it("gives what is due in batches, each dependency once", async () => {
      const dueBefore = (await dueAt(farPastMs + minuteMs)).length;
      for (let count = 0; count < 130; count += 1) await stored({ nextCheckAt: isoAt(farPastMs + count) });
      await eventually(async () => {
        const batches: string[][] = [];
        for await (const batch of dependencies.due({ nowMs: farPastMs + minuteMs }))
          batches.push(batch.dependencies.map(({ id }) => id));
        expect(batches.map((batch) => batch.length)).toEqual([100, 30 + dueBefore]);
        expect(new Set(batches.flat()).size).toBe(130 + dueBefore);
      });
    });

    it("finds what waits on its beat by the beats that came up since, each once, until it is planned off the beat", async () => {
      const all: (Dependency & { nextCheckAt: string })[] = [];
      for (const cadence of ["5m", "1h", "1d"])
        for (let count = 0; count < 3; count += 1) {
          const made = sampleDependency({ cadence });
          const onBeat = { ...made, nextCheckAt: nextCheckAt(made, beatsFromMs) };
          await dependencies.create(onBeat);
          all.push(onBeat);
        }
      const beatsOf = (from: number, until: number) =>
        all
          .filter(({ nextCheckAt: at }) => Date.parse(at) > from && Date.parse(at) <= until)
          .sort((a, b) => (a.nextCheckAt < b.nextCheckAt ? -1 : 1))
          .map(({ id }) => id);
      const nowAt = (untilMs: number) => untilMs + (startMs - beatsUntilMs(startMs));
      const wholeDay = beatsFromMs + 86_400_000;
      const ids = async (from: number | undefined, until: number) => {
        const own = new Set(all.map(({ id }) => id));
        return (await dueAt(nowAt(until), from)).map(({ id }) => id).filter((id) => own.has(id));
      };
      await eventually(async () =>
        expect((await ids(undefined, wholeDay)).sort()).toEqual(beatsOf(0, wholeDay).sort()),
      );
      // Hourly ones by the hour: an index of beats knows the time of day, and not the day.
      for (let fromMs = beatsFromMs; fromMs < beatsFromMs + 300_000; fromMs += 60_000)
        expect(await ids(fromMs, fromMs + 60_000)).toEqual(beatsOf(fromMs, fromMs + 60_000));
      const [first] = all;
      if (first === undefined) throw new Error("there is none");
      const late = beatsFromMs + 400_000;
      expect(await ids(late - 1, late)).not.toContain(first.id);
      expect(await dependencies.planCheck(first, offBeat(first, first.nextCheckAt))).toBe(true);
      await eventually(async () => expect(await ids(late - 1, late)).toContain(first.id));
      const off = { ...first, nextCheckAt: offBeat(first, first.nextCheckAt) };
      expect(await dependencies.planCheck(off, nextCheckAt(first, late))).toBe(true);
      await eventually(async () => expect(await ids(late - 1, late)).not.toContain(first.id));
    });

    it("plans the next check for one of ten that read the same, and for none that was overtaken", async () => {
      const read = await stored({ nextCheckAt: isoAt(startMs - minuteMs) });
      const at = isoAt(startMs + 60 * minuteMs);
      const planned = await Promise.all(Array.from({ length: 10 }, () => dependencies.planCheck(read, at)));
      expect(planned.filter(Boolean)).toHaveLength(1);
      expect(await dependencies.get(read.tenantId, read.id)).toEqual({ ...read, nextCheckAt: at });
      const current = { ...read, nextCheckAt: at };
      const worse = { ...current, health: { ...read.health, status: "paused" } as const };
      expect(await dependencies.planCheck(worse, isoAt(startMs))).toBe(false);
      await dependencies.update(read.tenantId, read.id, { enabled: false }, startMs);
      expect(await dependencies.planCheck(current, isoAt(startMs))).toBe(false);
      expect(await dependencies.planCheck({ ...current, id: newId() }, isoAt(startMs))).toBe(false);
      expect(await dependencies.get(read.tenantId, read.id)).not.toHaveProperty("nextCheckAt");
    });
  });
};

/** What every store of one document a dependency does. `sample` makes one that tells itself from others by `number`. */
export const perDependencyStoreContract = <T>(
  name: string,
  makeStore: () => Promise<PerDependencyStore<T>>,
  sample: (tenantId: string, dependencyId: string, number: number) => T,
): void => {
  describe(`${name}`, () => {
    let store: PerDependencyStore<T>;
    beforeAll(async () => {
      store = await makeStore();
    });

    it("has one document a dependency, which is first made and then changed", async () => {
      const [tenantId, id] = [newId(), newId()];
      const [first, second] = [sample(tenantId, id, 1), sample(tenantId, id, 2)];
      expect(await store.get(tenantId, id)).toBeUndefined();
      const seen: (T | undefined)[] = [];
      for (const next of [first, second]) {
        const changed = await store.change(tenantId, id, (before) => {
          seen.push(before);
          return next;
        });
        expect(changed).toEqual(next);
      }
      expect(seen).toEqual([undefined, first]);
      expect(await store.get(tenantId, id)).toEqual(second);
      expect([await store.get(newId(), id), await store.get(tenantId, newId())]).toEqual([undefined, undefined]);
    });

    it("loses none of ten changes at the same time, the first one included", async () => {
      const [tenantId, id] = [newId(), newId()];
      let made = 0;
      const changes = Array.from({ length: 10 }, () =>
        store.change(tenantId, id, (before) => {
          made += before === undefined ? 1 : 0;
          return sample(tenantId, id, before === undefined ? 1 : 2);
        }),
      );
      await Promise.all(changes);
      expect(made).toBeGreaterThan(0);
      expect(await store.get(tenantId, id)).toEqual(sample(tenantId, id, 2));
    });

    it("writes nothing when a change throws", async () => {
      const [tenantId, id] = [newId(), newId()];
      const refused = store.change(tenantId, id, () => {
        throw new Error("too many");
      });
      await expect(refused).rejects.toThrow("too many");
      expect(await store.get(tenantId, id)).toBeUndefined();
    });
  });
};
