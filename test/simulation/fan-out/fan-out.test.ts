import { describe, expect, it } from "vitest";
import type { Stage } from "../../../shared/pipeline/stage.ts";
import { type FanOutBug, runFanOut } from "./run-fan-out.ts";

const subscribers = 1_000;
/** Those that want something of the change. */
const interested = subscribers - Math.floor(subscribers / 3);
/** Told between two saves. */
const atOnce = 10;

describe("a fan-out whose workers are killed, refused and frozen at random", () => {
  it("loses nobody and doubles nobody in forty schedules, and repeats ten at most for each worker", async () => {
    let deaths = 0;
    for (let seed = 1; seed <= 40; seed += 1) {
      const result = await runFanOut(subscribers, seed);
      expect({ seed, broken: result.broken }).toEqual({ seed, broken: [] });
      expect(result.tellings).toBeGreaterThanOrEqual(interested);
      expect(result.tellings).toBeLessThanOrEqual(interested + result.workers * atOnce);
      // 256 KiB is what a state may carry; what goes through it does not grow with the subscribers.
      expect(result.largestBytes).toBeLessThan(2_000);
      deaths += result.deaths;
    }
    expect(deaths).toBeGreaterThan(40);
  });

  const bugs: Record<string, FanOutBug> = {
    "a place that is saved before they are told": { stage: (stage) => savingEarly(stage) },
    "change events whose ids differ from try to try": {
      stores: (stores) => {
        let tries = 0;
        const putOnce: typeof stores.changes.putOnce = (events) => {
          tries += 1;
          return stores.changes.putOnce(events.map((event) => ({ ...event, id: `${event.id}-${tries}` })));
        };
        return { ...stores, changes: { ...stores.changes, putOnce } };
      },
    },
    "pages that begin one too late": {
      stores: (stores) => ({
        ...stores,
        dependencies: {
          ...stores.dependencies,
          async subscribers(surfaceId, page) {
            const { subscribers: found, next } = await stores.dependencies.subscribers(surfaceId, page);
            return { subscribers: page.after === undefined ? found : found.slice(1), ...(next && { next }) };
          },
        },
      }),
    },
  };

  it.each(Object.entries(bugs))("is seen to fail with a bug: %s", async (_, bug) => {
    for (let seed = 1; seed <= 40; seed += 1) if ((await runFanOut(subscribers, seed, bug)).broken.length > 0) return;
    expect.unreachable("not seen in forty schedules");
  });
});

/** Claims the next ones as told whenever a place is saved. */
const savingEarly = (stage: Stage): Stage => ({
  ...stage,
  run: (context) =>
    stage.run({
      ...context,
      saveProgress: ({ cursor, ...progress }) =>
        context.saveProgress({ ...progress, ...(cursor && { cursor: groupLater(cursor) }) }),
    }),
});

const groupLater = (cursor: string): string => {
  const number = String(Number(cursor.slice(-6)) + atOnce).padStart(6, "0");
  return `${cursor.slice(0, -6)}${number}`;
};
