import { beforeEach, describe, expect, it } from "vitest";
import type { Dependency } from "../../../shared/dependencies/dependency.ts";
import { InvalidCursorError } from "../../../shared/jobs/errors.ts";
import { readHistory } from "../../../shared/jobs/sync-history.ts";
import { createMemoryStores, type MemoryStores } from "../../../shared/memory/memory-stores.ts";
import { allPages } from "../../conformance/paging.ts";
import { dependencyFixture, syncJobFixture } from "../sync-fixtures.ts";

const { tenantId, id } = dependencyFixture();
const atMs = Date.parse("2026-01-01T00:00:00Z");

let stores: MemoryStores;
beforeEach(async () => {
  stores = createMemoryStores();
  await stores.dependencies.create(dependencyFixture());
});

const dependency = async (): Promise<Dependency> =>
  (await stores.dependencies.get(tenantId, id)) ?? dependencyFixture();
const check = async (minute: number) =>
  stores.checks.recordUnchanged(await dependency(), { atMs: atMs + minute * 60_000 });
const sync = async (number: number) => {
  const { job } = await stores.jobs.create(syncJobFixture({ id: `01KDTV00000000000JOB00000${number}` }));
  await stores.jobs.cancel(job.id, 1, atMs);
};
const page = async (limit: number, cursor?: string) => {
  const { items, nextCursor } = await readHistory(stores.jobs, await dependency(), { limit, cursor });
  const rows = items.map((row) => (row.row === "job" ? row.job.id.slice(-1) : row.checks));
  return { items: rows, ...(nextCursor === undefined ? {} : { nextCursor }) };
};
const checks = (count: number, first: number, last: number) => ({
  count,
  firstAt: new Date(atMs + first * 60_000).toISOString(),
  lastAt: new Date(atMs + last * 60_000).toISOString(),
});

describe("the history of a dependency", () => {
  it("folds the unchanged checks between two syncs into one row, in pages of any size", async () => {
    await check(1);
    await check(2);
    await sync(1);
    await sync(2);
    await check(3);
    await sync(3);
    for (const minute of [4, 5, 6]) await check(minute);
    const all = [checks(3, 4, 6), "3", checks(1, 3, 3), "2", "1", checks(2, 1, 2)];
    for (const limit of [1, 2, 3, 4, 5, 6, 100])
      expect(await allPages(({ limit: most, cursor }) => page(most, cursor), limit), String(limit)).toEqual(all);
  });

  it("is one row while nothing but checks happened, and none before", async () => {
    expect(await page(10)).toEqual({ items: [] });
    for (let minute = 0; minute < 37; minute += 1) await check(minute);
    expect(await page(10)).toEqual({ items: [checks(37, 0, 36)] });
  });

  it("takes no cursor of another dependency's", async () => {
    await sync(1);
    await sync(2);
    const { nextCursor } = await page(1);
    const other = dependencyFixture({ id: "01KDTV0000DEPENDENCY000002" });
    await expect(readHistory(stores.jobs, other, { limit: 1, cursor: nextCursor })).rejects.toThrow(InvalidCursorError);
  });
});
