import { setTimeout as sleep } from "node:timers/promises";
import { deadLetterQueueNames } from "../../shared/contracts/dead-letter-queues.ts";
import type { Evidence } from "./evidence.ts";
import { type Fleet, makeDue } from "./fleet.ts";
import { unsettled } from "./invariants/invariants.ts";
import { isUpToDate } from "./invariants/snapshot-invariants.ts";

export type SettleOptions = {
  fleet: Fleet;
  readEvidence(): Promise<Evidence>;
  orchestrate(): Promise<void>;
  limitMs: number;
  report(line: string): void;
};

/** Between two looks. */
const lookMs = 2_500;

/**
 * Waits until nothing is under way any more, and does meanwhile what people and time would do: dependencies fall due, the
 * schedule runs, dead letters are sent back.
 * @returns how it stands then, or when the limit has passed
 */
export const settleFleet = async (options: SettleOptions): Promise<Evidence> => {
  const giveUpAt = Date.now() + options.limitMs;
  for (;;) {
    await options.orchestrate();
    const evidence = await options.readEvidence();
    const open = unsettled(evidence);
    if (open.length === 0 || Date.now() > giveUpAt) return evidence;
    options.report(`not settled yet: ${open.length}, the first: ${open[0]}`);
    await helpOn(options.fleet, evidence);
    await sleep(lookMs);
  }
};

const helpOn = async (fleet: Fleet, evidence: Evidence): Promise<void> => {
  const byId = new Map(evidence.dependencies.map(({ value }) => [value.id, value]));
  for (const site of evidence.sites) {
    const dependency = byId.get(site.id);
    const isWell = dependency?.enabled && dependency.health.status === "healthy" && isUpToDate(evidence, site);
    const member = fleet.members.find(({ id }) => id === site.id);
    if (member !== undefined && !isWell && dependency?.activeJobId === undefined) await makeDue(member);
  }
  for (const { queue, count } of evidence.deadLetters) {
    const name = deadLetterQueueNames.find((one) => one === queue);
    if (count > 0 && name !== undefined) await fleet.admin.call("redriveDeadLetters", { body: { queue: name } });
  }
};
