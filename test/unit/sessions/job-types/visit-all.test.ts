import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { visitAll } from "../../../../shared/sessions/job-types/scrape/visit-all.ts";

/** Visits pages by number, each of which may name others; says what was visited, and the most that were at once. */
const visitNumbers = async (links: Record<number, number[]>, failing: number[] = []) => {
  const waiting = [0];
  const visited: number[] = [];
  let inWork = 0;
  let mostAtOnce = 0;
  const visit = async (page: number): Promise<void> => {
    inWork += 1;
    mostAtOnce = Math.max(mostAtOnce, inWork);
    await nextTurn();
    visited.push(page);
    waiting.push(...(links[page] ?? []));
    inWork -= 1;
    if (failing.includes(page)) throw new Error(`page ${page}`);
  };
  const end = await visitAll(() => waiting.shift(), visit, 3).catch((error: Error) => error.message);
  return { visited, mostAtOnce, inWork, waiting, end };
};

test("nothing is in work any more when it ends, although the last page alone named the next ones", async () => {
  expect(await visitNumbers({ 0: [1], 1: [2, 3, 4, 5], 5: [6] })).toEqual({
    visited: [0, 1, 2, 3, 4, 5, 6],
    mostAtOnce: 3,
    inWork: 0,
    waiting: [],
    end: undefined,
  });
});

test("the first failure ends the taking, and what was in work is waited for", async () => {
  expect(await visitNumbers({ 0: [1, 2, 3, 4, 5, 6] }, [2, 3])).toEqual({
    visited: [0, 1, 2, 3, 4],
    mostAtOnce: 3,
    inWork: 0,
    waiting: [5, 6],
    end: "page 2",
  });
});
