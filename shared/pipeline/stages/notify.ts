import type { ChangeStore } from "../../changes/ports.ts";
import type { Dependency } from "../../dependencies/dependency.ts";
import type { DependencyRules } from "../../dependencies/dependency-rules.ts";
import type { DependencyStore, PerDependencyStore } from "../../dependencies/ports.ts";
import type { ChangeSet } from "../../diff/change-set.ts";
import { isBaselineFor } from "../../providers/subscribe.ts";
import type { OperationSummary } from "../../spec/model.ts";
import { toChangeEvents } from "../change-events.ts";
import { type CheckpointOutput, readCheckpoint } from "../checkpoints.ts";
import type { Stage, StageContext, StageResult } from "../stage.ts";
import { readChangeSet, readOperations } from "../stored-bodies.ts";
import { wantedChanges } from "../wanted-changes.ts";
import { type AlertPorts, alertAbout, type FoundPorts, type News } from "./alert.ts";

export type NotifyStagePorts = AlertPorts &
  FoundPorts & {
    changes: ChangeStore;
    dependencies: Pick<DependencyStore, "subscribers">;
    rules: Pick<PerDependencyStore<DependencyRules>, "get">;
  };

/** Subscribers that are read at once. */
const pageSize = 100;

/**
 * Subscribers that are told side by side; then the place in the list is saved, and the deadline, the lease and a cancel are looked
 * at. It takes a dozen calls to tell one: where one call in a hundred fails, hardly a whole page would ever be told in one go.
 */
const atOnce = 10;

const completed = (output: CheckpointOutput<"notify">): StageResult => ({ result: "completed", output });

/**
 * Hands what changed in a provider surface to its subscribers: to each, once, the change events and the alerts that its own
 * filters and rules leave. The place in their list is saved after every few, so that another worker goes on in the middle; whom
 * the last one told since is told the same again, under the same ids, which changes nothing.
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
        if (context.mustYield()) return { result: "yielded" };
        const group = page.subscribers.slice(start, start + atOnce);
        await Promise.all(group.map(tell));
        told += group.length;
        after = group.at(-1)?.id;
        await context.saveProgress(progressOf(told, after));
      }
      if (page.next === undefined) return completed({ subscribers: told });
      after = page.next;
    }
  },
});

const progressOf = (told: number, after: string | undefined) => ({
  message: `told ${told} subscribers`,
  completed: told,
  ...(after === undefined ? {} : { cursor: after }),
});

/** What tells one subscriber; the change set and the operations are read once for all. */
const newsTeller = async (ports: NotifyStagePorts, context: StageContext, changeSetKey: string) => {
  const { job, dependency: surface, nowMs } = context;
  const { snapshotId: toSnapshotId } = readCheckpoint(job, "snapshot");
  const changeSet = await readChangeSet(ports.bodies, changeSetKey);
  const foundAt = job.checkpoints.diff?.at ?? job.createdAt;
  const fromSnapshotId = job.baseSnapshotId ?? "";
  let read: Promise<OperationSummary[]> | undefined;
  const operations = () => {
    read ??= readOperations(ports, job, [fromSnapshotId, toSnapshotId]);
    return read;
  };

  const wantedBy = async (subscriber: Dependency): Promise<ChangeSet> => {
    const known = subscriber.monitoringMode === "partial" ? await operations() : [];
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
      fromSnapshotId,
      toSnapshotId,
      changeSet: wanted,
      events,
      operations,
      foundAtMs: Date.parse(foundAt),
    };
    await alertAbout(ports, news, nowMs);
  };
};
