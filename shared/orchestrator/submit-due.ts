import { sendHealthNotice } from "../alerts/health-notice.ts";
import type { ChannelStore, DeliveryQueue, DeliveryStore } from "../alerts/ports.ts";
import type { CheckQueue } from "../checks/ports.ts";
import type { CheckMessage } from "../contracts/check-message.ts";
import type { Dependency } from "../dependencies/dependency.ts";
import { beatOf, beatsUntilMs, nextCheckAt, offBeat } from "../dependencies/next-check.ts";
import type { DependencyStore } from "../dependencies/ports.ts";
import { isCheckDue } from "../dependencies/transitions.ts";
import { isNoticeDue, isUnhealthy } from "../health/assess-failure.ts";
import { hostOf } from "../hosts/host-turns.ts";
import type { Clock } from "../jobs/ports.ts";
import type { PauseStore } from "../pauses/ports.ts";
import { assessTarget, type Decision, type OrchestratorPolicy } from "./assess-target.ts";
import type { RunStore } from "./run-record.ts";

export type DuePorts = {
  dependencies: Pick<DependencyStore, "due" | "planCheck" | "noteNotice">;
  channels: ChannelStore;
  deliveries: DeliveryStore;
  deliveryQueue: DeliveryQueue;
  queue: CheckQueue;
  pauses: Pick<PauseStore, "listActive">;
  runs: Pick<RunStore, "coveredMs" | "noteCovered">;
  clock: Pick<Clock, "nowMs">;
  log(event: string, fields: Record<string, unknown>): void;
};

export type DueTotals = {
  tablesAssessed: number;
  tablesSkipped: number;
  tablesHealthy: number;
  jobsSubmitted: number;
  /** Targets that could not be seen to; they are due still. */
  failed: number;
  /** The deadline came first. */
  isCutOff: boolean;
};

export const noTotals = (): DueTotals => ({
  tablesAssessed: 0,
  tablesSkipped: 0,
  tablesHealthy: 0,
  jobsSubmitted: 0,
  failed: 0,
  isCutOff: false,
});

/** With less than this left, a run takes up no further batch: one takes a second at most, and the record has to be written. */
export const stopBelowMs = 15_000;

/** A queue holds a message at most 15 minutes. */
const maxSpreadMs = 900_000;

/**
 * Asks for the check of everything that is due, batch by batch until the deadline. What waited on its beat is due again with the
 * next one, so that a run only notes up to where it looked; its plan is the check's to write. Everything else is moved on to its
 * next check. Messages go first and notes follow: a run that dies in between asks twice, which does no harm, and never not at all.
 * The totals are counted up as it goes, so that a run that fails can say how far it came.
 */
export const submitDue = async (
  ports: DuePorts,
  options: OrchestratorPolicy & { hostIntervalMs: number; remainingMs(): number },
  runId: number,
  totals: DueTotals,
): Promise<void> => {
  const nowMs = ports.clock.nowMs();
  const delayAtHost = spreadOverHosts(options.hostIntervalMs);
  const active = await ports.pauses.listActive();
  let coveredMs = await ports.runs.coveredMs();
  let isAllSeenTo = true;
  /** What waits on its beat and could not be seen to is looked at again by the next run, with all that comes after it. */
  const cover = async (untilMs: number): Promise<void> => {
    if (!isAllSeenTo || (coveredMs !== undefined && untilMs <= coveredMs)) return;
    await ports.runs.noteCovered(untilMs);
    coveredMs = untilMs;
  };
  for await (const batch of ports.dependencies.due({ nowMs, coveredMs })) {
    if (options.remainingMs() < stopBelowMs) {
      totals.isCutOff = true;
      return;
    }
    const current = await Promise.all(batch.dependencies.map((dependency) => tellHealth(ports, totals, dependency)));
    const targets = current.filter((dependency) => isCheckDue(dependency, nowMs));
    const judged = targets.map((dependency) => ({
      dependency,
      decision: assessTarget(dependency, options, active, nowMs),
    }));
    const wanted = judged.filter(({ decision }) => decision.action === "submit").map(({ dependency }) => dependency);
    const unsent = await ask(ports, wanted, runId, delayAtHost);
    const plans = judged.flatMap(({ dependency, decision }) => {
      const at = unsent.has(dependency.id) ? undefined : planAfter(dependency, decision, nowMs);
      return at === undefined ? [] : [{ dependency, at }];
    });
    const planned = await Promise.allSettled(
      plans.map(async ({ dependency, at }) => ports.dependencies.planCheck(dependency, at)),
    );
    const unplanned = new Set<string | undefined>();
    for (const [index, plan] of planned.entries()) {
      if (plan.status === "fulfilled") continue;
      noteFailure(ports, totals, plans[index]?.dependency.id, plan.reason);
      unplanned.add(plans[index]?.dependency.id);
    }
    const left = judged.filter(({ dependency }) => unsent.has(dependency.id) || unplanned.has(dependency.id));
    isAllSeenTo &&= !left.some(({ dependency }) => beatOf(dependency) !== undefined);
    totals.failed += unsent.size;
    totals.tablesAssessed += targets.length;
    totals.jobsSubmitted += wanted.length - unsent.size;
    totals.tablesSkipped += judged.filter(({ decision }) => decision.action === "skip").length;
    totals.tablesHealthy += judged.filter(({ decision }) => decision.action === "healthy").length;
    await cover(batch.coveredMs);
  }
  await cover(beatsUntilMs(nowMs));
};

/** When it is to be looked at next; `undefined` where the plan stays as it is. */
const planAfter = (dependency: Dependency, decision: Decision, nowMs: number): string | undefined => {
  const { nextCheckAt: planned } = dependency;
  const isOnBeat = beatOf(dependency) !== undefined;
  // What people paused stays due, where every run looks, so that it is asked for as soon as they resume it.
  if ("pauseId" in decision) return isOnBeat && planned !== undefined ? offBeat(dependency, planned) : undefined;
  return isOnBeat && decision.action === "submit" ? undefined : nextCheckAt(dependency, nowMs);
};

/**
 * Tells the people of a dependency of its health when that is another than what they were told last. The notices go first
 * and the note follows, so that a run that dies in between tells again, under the same ids.
 * @returns the dependency as it is then
 */
const tellHealth = async (ports: DuePorts, totals: DueTotals, dependency: Dependency): Promise<Dependency> => {
  const { health, tenantId, id } = dependency;
  if (!isNoticeDue(health)) return dependency;
  try {
    const isBad = isUnhealthy(health.status);
    const { channels, deliveries, deliveryQueue: queue } = ports;
    await sendHealthNotice({ channels, deliveries, queue }, dependency);
    ports.log("dependency.health_told", { tenantId, dependencyId: id, status: health.status });
    return (await ports.dependencies.noteNotice(tenantId, id, isBad)) ?? dependency;
  } catch (error) {
    noteFailure(ports, totals, id, error);
    return dependency;
  }
};

/** Hands the checks to the queue. @returns ids of those that it did not take, which stay due */
const ask = async (
  { queue, log }: DuePorts,
  wanted: readonly Dependency[],
  runId: number,
  delayAtHost: (dependency: Dependency) => number,
): Promise<Set<string>> => {
  if (wanted.length === 0) return new Set();
  const messages = wanted.map((dependency) => ({
    message: messageFor(dependency, runId),
    delayMs: delayAtHost(dependency),
  }));
  try {
    const unsent = await queue.send(messages);
    if (unsent.length > 0) log("orchestrator.checks_not_queued", { count: unsent.length });
    return new Set(unsent.map(({ dependencyId }) => dependencyId));
  } catch (error) {
    log("orchestrator.checks_not_queued", { count: wanted.length, message: String(error) });
    return new Set(wanted.map(({ id }) => id));
  }
};

const messageFor = ({ tenantId, id, nextCheckAt: dueAt, createdAt }: Dependency, runId: number): CheckMessage => ({
  tenantId,
  dependencyId: id,
  dueAt: dueAt ?? createdAt,
  runId,
  tries: 0,
});

const noteFailure = ({ log }: DuePorts, totals: DueTotals, id: string | undefined, error: unknown): void => {
  totals.failed += 1;
  log("orchestrator.dependency_failed", { id, message: error instanceof Error ? error.message : String(error) });
};

/** How long the message of a target waits so that the checks that a run asks of one host come at the host's pace. */
const spreadOverHosts = (intervalMs: number) => {
  const asked = new Map<string, number>();
  return ({ specUrl }: Dependency): number => {
    if (specUrl === undefined) return 0;
    const host = hostOf(specUrl);
    const earlier = asked.get(host) ?? 0;
    asked.set(host, earlier + 1);
    return Math.min(earlier * intervalMs, maxSpreadMs);
  };
};
