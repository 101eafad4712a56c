import type { Clock } from "../../../shared/jobs/ports.ts";
import type { createMemoryStores } from "../../../shared/memory/memory-stores.ts";
import type { GuardedFetch } from "../../../shared/net/guarded-fetch.ts";
import type { Stage } from "../../../shared/pipeline/stage.ts";
import { alertStage } from "../../../shared/pipeline/stages/alert.ts";
import { diffStage } from "../../../shared/pipeline/stages/diff.ts";
import { doneStage } from "../../../shared/pipeline/stages/done.ts";
import { fetchStage } from "../../../shared/pipeline/stages/fetch.ts";
import { normalizeStage } from "../../../shared/pipeline/stages/normalize.ts";
import { notifyStage } from "../../../shared/pipeline/stages/notify.ts";
import { parseStage } from "../../../shared/pipeline/stages/parse.ts";
import { persistStage } from "../../../shared/pipeline/stages/persist.ts";
import { snapshotStage } from "../../../shared/pipeline/stages/snapshot.ts";

const hostLimits = { maxTurns: 4, intervalMs: 0 };

/** Every stage on these ports, by name. */
export const stagesOn = (
  stores: ReturnType<typeof createMemoryStores>,
  fetch: GuardedFetch,
  clock: Clock,
): Readonly<Record<string, Stage>> => {
  const stages = [
    fetchStage({ ...stores, fetch, clock }, { maxRateLimitWaits: 2, hostLimits, fetchTimeoutMs: 60_000 }),
    parseStage(stores),
    normalizeStage(stores),
    snapshotStage(stores),
    diffStage({ ...stores, rules: stores.dependencyRules }),
    persistStage(stores),
    alertStage({ ...stores, queue: stores.deliveryQueue, usage: stores.dependencyUsage }),
    notifyStage({
      ...stores,
      queue: stores.deliveryQueue,
      usage: stores.dependencyUsage,
      rules: stores.dependencyRules,
    }),
    doneStage(stores),
  ];
  return Object.fromEntries(stages.map((stage) => [stage.name, stage]));
};
