import { expect, it } from "vitest";
import { runSchedule } from "./run-schedule.ts";

const dependencies = 20_000;

it("finds what is due by an index: it reads at most 1.1 times what is due, and asks for each once", async () => {
  const { runs, asked } = await runSchedule(dependencies);
  expect(asked).toBe(dependencies);
  for (const run of runs) {
    expect(run.status).toBe("completed");
    expect(run.asked).toBe(run.due);
    expect([run.items, run.writes]).toEqual([run.due, 0]);
    expect(run.readUnits / run.due).toBeLessThanOrEqual(1.1);
    expect(run.indexEntries / run.due).toBeLessThanOrEqual(1.1);
  }
  const due = runs.map((run) => run.due);
  // Jitter: no run of the hour has much more to do than another.
  expect(Math.max(...due) / Math.min(...due)).toBeLessThan(1.3);
});

it("goes on where a run was cut off, and asks for nothing twice", async () => {
  const { runs } = await runSchedule(dependencies, { runs: 2, cutOffAfter: 5 });
  const [first, second] = runs;
  expect([first?.status, first?.asked, second?.status]).toEqual(["partial", 500, "completed"]);
  expect(second?.asked).toBe(second?.due);
});

it("reads nothing but the ends of its index while nothing is due", async () => {
  const { runs } = await runSchedule(0, { runs: 2 });
  // Eight partitions of what is due, and twelve of beats, of which two began anew meanwhile.
  expect(runs.at(-1)).toEqual({
    ...{ due: 0, asked: 0, status: "completed", indexEntries: 0, items: 0 },
    ...{ readUnits: 11, writes: 0, requests: 22 },
  });
});
