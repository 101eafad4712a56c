import { jobTypes } from "../../shared/contracts/job-types.ts";
import { pauseTarget } from "../../shared/pauses/pause.ts";
import type { PauseStore } from "../../shared/pauses/ports.ts";
import type { Choices } from "./choices.ts";

const longestMs = 8 * 60_000;

export type PausingWorld = {
  pauses: PauseStore;
  tenants: readonly string[];
  choices: Choices;
  newId(): string;
  nowMs(): number;
  wait(durationMs: number): Promise<void>;
  isOver(): boolean;
  say(line: string): void;
};

/** People who pause a tenant, a job type, or both, and resume everything after a while. */
export const createPausingPeople = (world: PausingWorld) => {
  const { pauses, tenants, choices, say } = world;
  const now = () => new Date(world.nowMs()).toISOString();

  const pause = async (): Promise<void> => {
    const tenantId = tenants[choices.pick(tenants.length)];
    const jobType = jobTypes[choices.pick(jobTypes.length)];
    const of = choices.pick(3);
    const { created, pause: begun } = await pauses.begin({
      id: world.newId(),
      ...(of === 1 || tenantId === undefined ? {} : { tenantId }),
      ...(of === 0 || jobType === undefined ? {} : { jobType }),
      setBy: "operator",
      reason: "an incident",
      pausedAt: now(),
      pausedBy: "somebody",
    });
    if (created) say(`${pauseTarget(begun)} is paused`);
  };

  const resumeAll = async (): Promise<void> => {
    for (const { id } of await pauses.listActive())
      await pauses.end(id, { at: now(), by: "somebody", reason: "it is over" });
    say("everything is resumed");
  };

  const pausing = async (): Promise<void> => {
    // Most schedules have none, so that other things stay as likely as they were.
    if (choices.pick(4) !== 1) return;
    while (!world.isOver()) {
      await world.wait(choices.pick(longestMs));
      await pause();
      await world.wait(choices.pick(longestMs));
      await resumeAll();
    }
  };

  return { pausing, resumeAll };
};
