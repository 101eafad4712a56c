import type { CheckMessage } from "../contracts/check-message.ts";
import type { Dependency, HealthThresholds } from "../dependencies/dependency.ts";
import { offBeat } from "../dependencies/next-check.ts";
import type { DependencyStore } from "../dependencies/ports.ts";
import { type HostLimits, hostOf } from "../hosts/host-turns.ts";
import type { HostTurns } from "../hosts/ports.ts";
import { takeTurn } from "../hosts/take-turn.ts";
import { UnexpectedError } from "../jobs/errors.ts";
import type { Clock } from "../jobs/ports.ts";
import type { RunStore } from "../orchestrator/run-record.ts";
import { pauseOf } from "../pauses/pause.ts";
import type { PauseStore } from "../pauses/ports.ts";
import { isSurface } from "../providers/catalog-tenant.ts";
import { type CheckEnd, type CheckPorts, checkDependency, checkUpload, postpone } from "./check-dependency.ts";

export type CheckBatchPorts = CheckPorts & {
  dependencies: Pick<DependencyStore, "get" | "planCheck" | "subscribers">;
  pauses: Pick<PauseStore, "listActive">;
  hosts: HostTurns;
  /** Where the run that asked for the checks learns how they went. */
  runs: Pick<RunStore, "addOutcomes">;
  log(event: string, fields: Record<string, unknown>): void;
};

export type CheckWorker = {
  /** Unique per invocation. */
  owner: string;
  /** Milliseconds until the function is stopped. */
  remainingMs(): number;
  /** Milliseconds after which a fetch is certainly over. */
  fetchTimeoutMs: number;
  hostLimits: HostLimits;
  thresholds: HealthThresholds;
};

/** A message with what the queue calls it. */
export type Received = { receiptId: string; message: CheckMessage };

/**
 * `skipped`: nothing to do any more: it is removed, disabled, in a sync, was checked since it fell due, or is a provider surface
 * without subscribers.
 * `waiting`: its host has no turn to give; the message comes again. `broken`: the message comes back by itself.
 * `paused`: people paused it; its dependency is due again, and stays so until they resume it.
 */
export type MessageEnd = CheckEnd | "skipped" | "waiting" | "paused" | "broken";

type Target = { received: Received; dependency: Dependency & { specUrl: string } };

/** For so long a worker waits for a turn, as a batch has other hosts to see to; then the message comes again later. */
const patienceMs = 3_000;
/** What a check takes beside its fetch. */
const checkMarginMs = 10_000;
/** Of a surface, at once; the index may show some who have just left, and then it is looked further. */
const subscribersLookedAt = 1;
/** Until a message whose host was busy comes again: this long, or up to four times as long. */
const comeAgainMs = 5_000;

/**
 * The checks of one batch of messages, up to ten: side by side, those of one host one after another in one turn, which is
 * one write to take, and one to give back unless it is one request at a host where nobody else is. A message that came before, or twice, does no harm.
 * @returns the end of each message; those that are `broken` have to come back
 */
export const checkBatch = async (
  ports: CheckBatchPorts,
  worker: CheckWorker,
  batch: readonly Received[],
): Promise<Map<Received, MessageEnd>> => {
  const ends = new Map<Received, MessageEnd>();
  const targets: Target[] = [];
  const active = await ports.pauses.listActive();

  /** Notes the end of one message; another one's trouble is not the others'. */
  const settle = async (
    received: Received,
    act: () => Promise<{ end: MessageEnd; pausedUntilMs?: number } | undefined>,
  ): Promise<number | undefined> => {
    try {
      const result = await act();
      if (result !== undefined) ends.set(received, result.end);
      return result?.pausedUntilMs;
    } catch (error) {
      ports.log("check.broken", { ...received.message, error: error instanceof Error ? error.message : String(error) });
      ends.set(received, "broken");
      return undefined;
    }
  };

  const open = async (received: Received) => {
    const { tenantId, dependencyId } = received.message;
    const dependency = await ports.dependencies.get(tenantId, dependencyId);
    if (dependency === undefined || !isWanted(dependency, received.message, ports.clock.nowMs()))
      return { end: "skipped" } as const;
    if (pauseOf(active, tenantId, "dependency.checks") !== undefined) {
      // Whoever changed its plan meanwhile planned a check of its own.
      await ports.dependencies.planCheck(dependency, offBeat(dependency, received.message.dueAt));
      return { end: "paused" } as const;
    }
    if (isSurface(dependency) && !(await hasSubscribers(ports, dependency))) return { end: "skipped" } as const;
    const { specUrl } = dependency;
    if (specUrl === undefined) return checkUpload(ports, dependency);
    targets.push({ received, dependency: { ...dependency, specUrl } });
    return undefined;
  };

  const comeAgain = async ({ message }: Received) => {
    const [unsent] = await ports.queue.send([{ message, delayMs: comeAgainMs * (1 + 3 * ports.random()) }]);
    if (unsent !== undefined) throw new UnexpectedError("the checks queue did not take the message again");
    return { end: "waiting" } as const;
  };

  const visit = async (host: string, all: readonly Target[]): Promise<void> => {
    const { owner: holder, hostLimits: limits, fetchTimeoutMs, thresholds } = worker;
    const holdMs = Math.min(worker.remainingMs(), all.length * (fetchTimeoutMs + checkMarginMs));
    const ask = { holder, requests: all.length, holdMs, limits, patienceMs };
    const turn = await takeTurn(ports, host, ask).catch(
      (cause: unknown) => ({ taken: false, reason: "broken", cause }) as const,
    );
    if (!turn.taken && turn.reason === "broken") {
      for (const { received } of all) await settle(received, () => Promise.reject(turn.cause));
      return;
    }
    let pausedUntilMs = turn.taken || turn.reason === "busy" ? undefined : turn.retryAtMs;
    for (const [position, { received, dependency }] of all.entries()) {
      const untilMs = pausedUntilMs;
      if (turn.taken && untilMs === undefined)
        await sleepUntil(ports.clock, turn.startAtMs + position * limits.intervalMs);
      const isTooLate = worker.remainingMs() < fetchTimeoutMs + checkMarginMs;
      const told = await settle(received, async () => {
        if (untilMs !== undefined) return { end: await postpone(ports, dependency, untilMs, false) };
        if (!turn.taken || isTooLate) return comeAgain(received);
        return checkDependency(ports, received.message, dependency, thresholds);
      });
      pausedUntilMs = told ?? pausedUntilMs;
    }
    // The only turn at a host is not worth a write: it ends by itself, and until then others have one less.
    const isLeft = !turn.taken || (turn.isAlone && all.length === 1 && pausedUntilMs === undefined);
    // So does a turn that cannot be given back.
    if (!isLeft) await ports.hosts.giveBack(host, holder, pausedUntilMs).catch(() => {});
  };

  await Promise.all(batch.map((received) => settle(received, () => open(received))));
  const byHost = Map.groupBy(targets, ({ dependency }) => hostOf(dependency.specUrl));
  await Promise.all([...byHost].map(([host, all]) => visit(host, all)));
  await tally(ports, ends);
  return ends;
};

/** A message is about one moment at which the dependency was due: who checked it since then did what it asks for. */
const isWanted = (
  { enabled, activeJobId, lastCheckedAt, rateLimited }: Dependency,
  message: CheckMessage,
  nowMs: number,
) =>
  enabled &&
  activeJobId === undefined &&
  (lastCheckedAt === undefined || Date.parse(lastCheckedAt) < Date.parse(message.dueAt)) &&
  (rateLimited === undefined || Date.parse(rateLimited.until) <= nowMs);

/** A provider surface that nobody subscribes to any more is left alone; who comes to it has it synced. */
const hasSubscribers = async ({ dependencies }: CheckBatchPorts, { id }: Dependency): Promise<boolean> => {
  let next: string | undefined;
  do {
    const page = await dependencies.subscribers(id, { limit: subscribersLookedAt, ...(next && { after: next }) });
    if (page.subscribers.length > 0) return true;
    next = page.next;
  } while (next !== undefined);
  return false;
};

const sleepUntil = async (clock: Clock, atMs: number): Promise<void> => {
  const durationMs = atMs - clock.nowMs();
  if (durationMs > 0) await clock.sleep(durationMs);
};

/** One write for each run that the batch has messages of. A tally that is not written is not worth another fetch. */
const tally = async ({ runs, log }: CheckBatchPorts, ends: ReadonlyMap<Received, MessageEnd>): Promise<void> => {
  const byRun = Map.groupBy(ends, ([{ message }]) => message.runId);
  await Promise.all(
    [...byRun].map(async ([runId, ofRun]) => {
      const count = (...wanted: MessageEnd[]) => ofRun.filter(([, end]) => wanted.includes(end)).length;
      const outcomes = { completed: count("unchanged", "changed"), failed: count("failed") };
      if (outcomes.completed + outcomes.failed === 0) return;
      await runs
        .addOutcomes(runId, outcomes)
        .catch((error) => log("check.tally_failed", { runId, error: String(error) }));
    }),
  );
};
