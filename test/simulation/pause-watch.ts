import type { JobType } from "../../shared/contracts/job-types.ts";
import type { SyncWorkflow } from "../../shared/jobs/ports.ts";
import { type Pause, pauseOf } from "../../shared/pauses/pause.ts";
import type { PauseStore } from "../../shared/pauses/ports.ts";
import type { Strand } from "./scheduler.ts";
import type { Upstream } from "./upstream.ts";

/**
 * Watches that nothing starts while it is paused: every process that starts work has asked what is paused, and what it was
 * told lets it. A pause that came after it asked does not bind it.
 * @param truth the pauses as they are, whatever a store with a bug in it says
 */
export const createPauseWatch = (truth: PauseStore, breakPromise: (promise: string, detail: string) => void) => {
  const asked = new WeakMap<Strand, Pause[]>();

  const startedWork = (by: Strand, tenantId: string, jobType: JobType): void => {
    const known = asked.get(by);
    if (known === undefined) breakPromise("nothing starts while it is paused", `${by.name} never asked`);
    else if (pauseOf(known, tenantId, jobType) !== undefined)
      breakPromise("nothing starts while it is paused", `${by.name} started a ${jobType} of ${tenantId}`);
  };

  return {
    startedWork,
    pauses: (store: PauseStore, by: Strand): PauseStore => ({
      ...store,
      async listActive() {
        const [answer, actual] = await Promise.all([store.listActive(), truth.listActive()]);
        asked.set(by, actual);
        return answer;
      },
    }),
    starts: <Workflow extends SyncWorkflow>(workflow: Workflow, by: Strand): Workflow => ({
      ...workflow,
      start(input, type) {
        startedWork(by, input.tenantId, type);
        return workflow.start(input, type);
      },
    }),
    looks: ({ fetch }: Upstream, by: Strand, tenantId: string): Pick<Upstream, "fetch"> => ({
      fetch(request) {
        startedWork(by, tenantId, "dependency.checks");
        return fetch(request);
      },
    }),
  };
};
