import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../jobs/ports.ts";

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  async sleep(durationMs, signal) {
    try {
      await sleep(durationMs, undefined, { signal });
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
  },
};
