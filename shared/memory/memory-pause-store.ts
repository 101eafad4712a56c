import { endedPause, type Pause, pauseTarget } from "../pauses/pause.ts";
import type { PauseStore } from "../pauses/ports.ts";
import { pageOf, storedCopy } from "./stored.ts";

/** Pauses in memory. */
export const memoryPauseStore = (): PauseStore => {
  const active = new Map<string, Pause>();
  const ended: Pause[] = [];
  return {
    async listActive() {
      return [...active].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pause]) => storedCopy(pause));
    },
    async begin(pause) {
      const there = active.get(pauseTarget(pause));
      if (there !== undefined) return { created: false, pause: storedCopy(there) };
      active.set(pauseTarget(pause), storedCopy(pause));
      return { created: true, pause: storedCopy(pause) };
    },
    async end(pauseId, end) {
      const found = [...active.values()].find(({ id }) => id === pauseId);
      if (found === undefined) return undefined;
      active.delete(pauseTarget(found));
      const after = endedPause(found, end);
      ended.push(storedCopy(after));
      return storedCopy(after);
    },
    async listEnded(page, tenantId) {
      const own = ended.filter((pause) => tenantId === undefined || pause.tenantId === tenantId);
      return pageOf(`endedPauses/${tenantId ?? "*"}`, own, ({ id }) => id, page);
    },
  };
};
