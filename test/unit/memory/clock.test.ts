import { describe, expect, it } from "vitest";
import { createVirtualClock } from "../../../shared/memory/clock.ts";

describe("the virtual clock", () => {
  it("stands still until it is moved", async () => {
    const clock = createVirtualClock(1_000);
    expect(clock.nowMs()).toBe(1_000);
    await clock.advance(500);
    expect(clock.nowMs()).toBe(1_500);
  });

  it("wakes sleepers at their moments, in order, also those who sleep again", async () => {
    const clock = createVirtualClock(0);
    const seen: string[] = [];
    const sleeper = async (name: string, ...naps: number[]) => {
      for (const nap of naps) {
        await clock.sleep(nap);
        seen.push(`${name}@${clock.nowMs()}`);
      }
    };
    const all = Promise.all([sleeper("a", 30, 30), sleeper("b", 10, 10, 10, 100), sleeper("c", 45)]);
    await clock.advance(60);
    expect(seen).toEqual(["b@10", "b@20", "a@30", "b@30", "c@45", "a@60"]);
    await clock.advance(70);
    await all;
    expect(seen.at(-1)).toBe("b@130");
  });

  it("ends a sleep early when its signal aborts", async () => {
    const clock = createVirtualClock(0);
    const stop = new AbortController();
    const asleep = clock.sleep(1_000, stop.signal);
    stop.abort();
    await asleep;
    await clock.sleep(1_000, stop.signal);
    expect(clock.nowMs()).toBe(0);
  });
});
