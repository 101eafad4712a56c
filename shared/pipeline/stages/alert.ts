import { listChannels } from "../../alerts/list-channels.ts";
import { planDeliveries } from "../../alerts/plan-deliveries.ts";
import type { ChannelStore, DeliveryQueue, DeliveryStore } from "../../alerts/ports.ts";
import type { PlannedDelivery } from "../../alerts/types.ts";
import { buildApiChangedPayload } from "../../alerts/webhook-payload.ts";
import type { ChangeEvent } from "../../changes/change-event.ts";
import type { Dependency } from "../../dependencies/dependency.ts";
import type { ChangeSet } from "../../diff/change-set.ts";
import type { BodyStore } from "../../snapshots/ports.ts";
import { toChangeEvents } from "../change-events.ts";
import { type CheckpointOutput, readCheckpoint } from "../checkpoints.ts";
import type { Stage, StageContext, StageResult } from "../stage.ts";
import { readChangeSet } from "../stored-bodies.ts";

export type AlertPorts = {
  channels: ChannelStore;
  deliveries: DeliveryStore;
  queue: DeliveryQueue;
};

export type AlertStagePorts = AlertPorts & { bodies: BodyStore };

/** What a dependency's people are told of: changes that it wants to hear of, between two snapshots. */
export type News = {
  dependency: Dependency;
  /** The sync that found them. */
  jobId: string;
  fromSnapshotId: string;
  toSnapshotId: string;
  changeSet: ChangeSet;
  /** Those of the change set, as the dependency has them. */
  events: readonly ChangeEvent[];
  /** When they were found. */
  foundAtMs: number;
};

const completed = (output: CheckpointOutput<"alert">): StageResult => ({ result: "completed", output });

/**
 * Plans one delivery for each cause and channel, and hands them to the queue. Ids follow from what changed, so that a
 * repeat plans the same; one that was written but never queued is queued now, and the delivery's own claim keeps two
 * messages from sending it twice.
 */
export const alertStage = (ports: AlertStagePorts): Stage => ({
  name: "alert",
  async run(context) {
    const { job } = context;
    const { changeSetKey } = readCheckpoint(job, "diff");
    if (changeSetKey === null) return completed({ deliveries: 0 });
    const news = newsOf(context, await readChangeSet(ports.bodies, changeSetKey));
    const planned = await planFor(ports, news);
    // By id, not by number: channels come and go between two slices. One that is gone means from the start, once more.
    const done = planned.findIndex(({ delivery }) => delivery.id === job.progress?.cursor) + 1;
    for (const [index, { delivery, changes }] of planned.entries()) {
      if (index < done) continue;
      context.signal.throwIfAborted();
      if (context.mustYield()) {
        await context.saveProgress(progressOf(planned, index));
        return { result: "yielded" };
      }
      await store(ports, news, delivery, changes, context.nowMs());
    }
    return completed({ deliveries: planned.length });
  },
});

type Planned = { delivery: PlannedDelivery; changes: ChangeEvent[] };

const progressOf = (planned: readonly Planned[], completed: number) => ({
  message: `queued ${completed} of ${planned.length} deliveries`,
  completed,
  total: planned.length,
  cursor: planned[completed - 1]?.delivery.id,
});

const newsOf = ({ job, dependency }: StageContext, changeSet: ChangeSet): News => {
  const { snapshotId } = readCheckpoint(job, "snapshot");
  return {
    dependency,
    jobId: job.id,
    fromSnapshotId: job.baseSnapshotId ?? "",
    toSnapshotId: snapshotId,
    changeSet,
    events: toChangeEvents(changeSet, job, snapshotId, job.createdAt),
    foundAtMs: Date.parse(job.checkpoints.diff?.at ?? job.createdAt),
  };
};

/** Plans what one dependency's people are told, stores and queues it: each delivery once, however often it is done. */
export const alertAbout = async (ports: AlertPorts, news: News, nowMs: () => number): Promise<void> => {
  for (const { delivery, changes } of await planFor(ports, news)) await store(ports, news, delivery, changes, nowMs());
};

const planFor = async (ports: AlertPorts, news: News): Promise<Planned[]> => {
  const { dependency, jobId, fromSnapshotId, toSnapshotId, changeSet, events } = news;
  const channels = await listChannels(ports.channels, dependency.tenantId);
  const changesOf = (causeKey: string): ChangeEvent[] => events.filter((event) => event.causeKey === causeKey);
  return planDeliveries({
    tenantId: dependency.tenantId,
    dependency: { id: dependency.id, name: dependency.name },
    jobId,
    fromSnapshotId,
    toSnapshotId,
    channels,
    causes: changeSet.causes.map((cause) => ({
      key: cause.key,
      scope: cause.scope,
      severity: cause.level,
      summary: cause.summary,
      operations: cause.affectedOperations,
      changeIds: changesOf(cause.key).map((change) => change.id),
    })),
  }).map((delivery) => ({ delivery, changes: changesOf(delivery.cause.key) }));
};

const store = async (
  ports: AlertPorts,
  { dependency, jobId, foundAtMs }: News,
  planned: PlannedDelivery,
  changes: readonly ChangeEvent[],
  nowMs: number,
): Promise<void> => {
  // A path: the receiver knows the address of its own deployment, and this function cannot (it is made before the API).
  const changesPath = `/api/dependencies/${dependency.id}/changes?causeKey=${encodeURIComponent(planned.cause.key)}`;
  const at = new Date(nowMs).toISOString();
  await ports.deliveries.putOnce({
    id: planned.id,
    tenantId: planned.tenantId,
    channelId: planned.channelId,
    eventType: "api.changed",
    dependencyId: dependency.id,
    jobId,
    causeKey: planned.cause.key,
    status: "pending",
    payload: JSON.stringify(buildApiChangedPayload(planned, changes, foundAtMs, changesPath)),
    attempts: [],
    createdAt: at,
    updatedAt: at,
  });
  await ports.queue.send({ tenantId: planned.tenantId, deliveryId: planned.id });
};
