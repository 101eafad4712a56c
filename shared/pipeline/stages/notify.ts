import type { ChangeStore } from "../../changes/ports.ts";
import type { Dependency } from "../../dependencies/dependency.ts";
import type { DependencyRules } from "../../dependencies/dependency-rules.ts";
import type { DependencyStore, PerDependencyStore } from "../../dependencies/ports.ts";
import type { ChangeSet } from "../../diff/change-set.ts";
import type { SyncJob } from "../../jobs/job.ts";
import { isBaselineFor } from "../../providers/subscribe.ts";
import type { OperationSummary } from "../../spec/model.ts";
import { toChangeEvents } from "../change-events.ts";
import { type CheckpointOutput, readCheckpoint } from "../checkpoints.ts";
import { MissingBodyError } from "../errors.ts";
import type { Stage, StageContext, StageResult } from "../stage.ts";
import { readBody, readChangeSet } from "../stored-bodies.ts";
import { wantedChanges } from "../wanted-changes.ts";
import { type AlertPorts, alertAbout, type News } from "./alert.ts";

export type NotifyStagePorts = AlertPorts & {
  changes: ChangeStore;
  dependencies: Pick<DependencyStore, "subscribers">;
  rules: Pick<PerDependencyStore<DependencyRules>, "get">;
};

/** Subscribers that are read at once, and after which the place in the list is saved. */
const pageSize = 100;

/** Subscribers that are told side by side; the deadline, the lease and a cancel are looked at in between. */
const atOnce = 10;

const completed = (output: CheckpointOutput<"notify">): StageResult => ({ result: "completed", output });

/**
 * Hands what changed in a provider surface to its subscribers: to each, once, the change events and the alerts that its own
 * filters and rules leave. The place in their list is saved after every page, so that another worker goes on in the middle; whom the last
 * one told of that page is told the same again, under the same ids, which changes nothing.
 */
export const notifyStage = (ports: NotifyStagePorts): Stage => ({
  name: "notify",
  async run(context) {
    const { job, dependency: surface, signal } = context;
    const { changeSetKey } = readCheckpoint(job, "diff");
    if (changeSetKey === null) return completed({ subscribers: 0 });
    const tell = await newsTeller(ports, context, changeSetKey);
    let { cursor: after, completed: told = 0 } = job.progress ?? {};
    for (;;) {
      const page = await ports.dependencies.subscribers(surface.id, { limit: pageSize, ...(after && { after }) });
      for (let start = 0; start < page.subscribers.length; start += atOnce) {
        signal.throwIfAborted();
        if (context.mustYield()) {
          await context.saveProgress(progressOf(told, after));
          return { result: "yielded" };
        }
        const group = page.subscribers.slice(start, start + atOnce);
        await Promise.all(group.map(tell));
        told += group.length;
        after = group.at(-1)?.id;
      }
      if (page.next === undefined) return completed({ subscribers: told });
      after = page.next;
      await context.saveProgress(progressOf(told, after));
    }
  },
});

const progressOf = (told: number, after: string | undefined) => ({
  message: `told ${told} subscribers`,
  completed: told,
  ...(after === undefined ? {} : { cursor: after }),
});

/** What tells one subscriber; the change set is read once for all. */
const newsTeller = async (ports: NotifyStagePorts, context: StageContext, changeSetKey: string) => {
  const { job, dependency: surface, nowMs } = context;
  const { snapshotId: toSnapshotId } = readCheckpoint(job, "snapshot");
  const changeSet = await readChangeSet(ports.bodies, changeSetKey);
  const foundAt = job.checkpoints.diff?.at ?? job.createdAt;
  let operations: Promise<OperationSummary[]> | undefined;

  const wantedBy = async (subscriber: Dependency): Promise<ChangeSet> => {
    const isPartial = subscriber.monitoringMode === "partial";
    if (isPartial) operations ??= readOperations(ports, job, toSnapshotId);
    const known = isPartial ? ((await operations) ?? []) : [];
    return wantedChanges(ports.rules, subscriber, changeSet, known, job.createdAt.slice(0, 10));
  };

  return async (subscriber: Dependency): Promise<void> => {
    if (isBaselineFor(subscriber, surface, job)) return;
    const wanted = await wantedBy(subscriber);
    if (wanted.findings.length === 0) return;
    const { tenantId, id: dependencyId } = subscriber;
    const { baseSnapshotId } = job;
    const events = toChangeEvents(wanted, { tenantId, dependencyId, baseSnapshotId }, toSnapshotId, foundAt);
    await ports.changes.putOnce(events);
    const news: News = {
      dependency: subscriber,
      jobId: job.id,
      fromSnapshotId: baseSnapshotId ?? "",
      toSnapshotId,
      changeSet: wanted,
      events,
      foundAtMs: Date.parse(foundAt),
    };
    await alertAbout(ports, news, nowMs);
  };
};

/** Those of both documents: a removed operation has its domain in the older one. @throws MissingBodyError */
const readOperations = async (
  { bodies, snapshots }: NotifyStagePorts,
  { tenantId, dependencyId, baseSnapshotId }: SyncJob,
  toSnapshotId: string,
): Promise<OperationSummary[]> => {
  const lists = [baseSnapshotId, toSnapshotId].map(async (id) => {
    const snapshot = await snapshots.get(tenantId, dependencyId, id ?? "");
    if (snapshot === undefined) throw new MissingBodyError(`snapshot ${id}`);
    // Ours, immutable, and under the hash of its content.
    return JSON.parse(new TextDecoder().decode(await readBody(bodies, snapshot.operationsKey))) as OperationSummary[];
  });
  return (await Promise.all(lists)).flat();
};
