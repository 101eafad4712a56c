import { setTimeout as sleep } from "node:timers/promises";
import { type FunctionProcess, functionProcesses } from "../../local/function-processes.ts";
import { processorTicks } from "../../local/processes.ts";
import { syncStages } from "../../shared/contracts/sync-stages.ts";
import type { Choices } from "../simulation/choices.ts";
import { resourceNameOf } from "./hard-weather.ts";

export type Kill = { functionName: string; pid: number; atMs: number };

/** How long it is looked who is at work: a few ticks of the kernel's account of processor time, of 10 ms each. */
const lookMs = 50;
/** Between two looks, at most. */
const longestPauseMs = 1_000;

/**
 * How often of four times a function that is at work is killed when its lot was drawn. What all others need to get on with is
 * spared: a storm in which nothing begins shows nothing.
 */
const weights = new Map<string, number>(
  Object.entries({
    ...Object.fromEntries(syncStages.map((stage) => [stage, 4])),
    ...{ check: 4, deliver: 4, settle: 2, orchestrate: 1, api: 1, authorizer: 1 },
  }).map(([name, weight]) => [resourceNameOf(name), weight]),
);
const heaviest = 4;
/**
 * A function of which a process was killed is spared for so long, as on a slow machine the next one is still starting, and would be
 * killed for ever: more often than a state machine tries again.
 */
const sparedMs = 8_000;

/** Those that are in the middle of something; all of them where the system does not tell. */
const atWork = async (processes: readonly FunctionProcess[]): Promise<FunctionProcess[]> => {
  const before = await Promise.all(processes.map(({ pid }) => processorTicks(pid)));
  await sleep(lookMs);
  const after = await Promise.all(processes.map(({ pid }) => processorTicks(pid)));
  if (before.every((ticks) => ticks === undefined)) return [...processes];
  return processes.filter((_, index) => (after[index] ?? 0) > (before[index] ?? Number.POSITIVE_INFINITY));
};

/**
 * Kills function processes of the cloud in `folder` with SIGKILL until it is stopped, one at a time, those that are at work.
 * Whose turn it is follows from `choices` and from who is at work.
 */
export const startKiller = (folder: string, choices: Choices) => {
  const kills: Kill[] = [];
  let isStopped = false;
  const run = async (): Promise<void> => {
    while (!isStopped) {
      const busy = await atWork(await functionProcesses(folder));
      // By function first: a function of many processes is not killed more often for that.
      const isSpared = (name: string) =>
        kills.some(({ functionName, atMs }) => functionName === name && atMs > Date.now() - sparedMs);
      const lots = [...weights].filter(
        ([name]) => !isSpared(name) && busy.some(({ functionName }) => functionName === name),
      );
      const [name, weight = 0] = lots[choices.pick(lots.length)] ?? [];
      const isMeant = choices.happens((1000 * weight) / heaviest);
      const victim = isMeant ? busy.find(({ functionName }) => functionName === name) : undefined;
      if (victim !== undefined && !isStopped) {
        try {
          process.kill(victim.pid, "SIGKILL");
          kills.push({ ...victim, atMs: Date.now() });
        } catch {
          // It ended by itself in the meantime.
        }
      }
      await sleep(choices.pick(longestPauseMs));
    }
  };
  const running = run();
  return {
    kills: kills as readonly Kill[],
    async stop(): Promise<void> {
      isStopped = true;
      await running;
    },
  };
};
