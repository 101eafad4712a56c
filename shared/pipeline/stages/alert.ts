import { buildApiChangedPayload } from "../../alerts/alert-event.ts";
import type { Channel } from "../../alerts/channel.ts";
import { planDeliveries } from "../../alerts/plan-deliveries.ts";
import type { ChannelStore, DeliveryQueue, DeliveryStore } from "../../alerts/ports.ts";
import type { PlannedDelivery } from "../../alerts/types.ts";
import type { ChangeEvent } from "../../changes/change-event.ts";
import type { ChangeSet } from "../../diff/change-set.ts";
import type { BodyStore } from "../../snapshots/ports.ts";
import { toChangeEvents } from "../change-events.ts";
import { type CheckpointOutput, readCheckpoint } from "../checkpoints.ts";
import type { Stage, StageContext, StageResult } from "../stage.ts";
import { readChangeSet } from "../stored-bodies.ts";

export type AlertStagePorts = {
  bodies: BodyStore;
  channels: ChannelStore;
  deliveries: DeliveryStore;
  queue: DeliveryQueue;
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
    const channels = await listChannels(ports.channels, job.tenantId);
    const changeSet = await readChangeSet(ports.bodies, changeSetKey);
    const planned = planFor(context, changeSet, channels);
    // By id, not by number: channels come and go between two slices. One that is gone means from the start, once more.
    const done = planned.findIndex(({ delivery }) => delivery.id === job.progress?.cursor) + 1;
    for (const [index, { delivery, changes }] of planned.entries()) {
      if (index < done) continue;
      context.signal.throwIfAborted();
      if (context.mustYield()) {
        await context.saveProgress(progressOf(planned, index));
        return { result: "yielded" };
      }
      await store(ports, context, delivery, changes);
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

const listChannels = async (channels: ChannelStore, tenantId: string): Promise<Channel[]> => {
  const all: Channel[] = [];
  let cursor: string | undefined;
  do {
    const page = await channels.list(tenantId, { limit: 100, cursor });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
};

const planFor = ({ job, dependency }: StageContext, changeSet: ChangeSet, channels: readonly Channel[]): Planned[] => {
  const { snapshotId } = readCheckpoint(job, "snapshot");
  const events = toChangeEvents(changeSet, job, snapshotId, job.createdAt);
  const changesOf = (causeKey: string): ChangeEvent[] => events.filter((event) => event.causeKey === causeKey);
  return planDeliveries({
    tenantId: job.tenantId,
    dependency: { id: dependency.id, name: dependency.name },
    jobId: job.id,
    fromSnapshotId: job.baseSnapshotId ?? "",
    toSnapshotId: snapshotId,
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
  ports: AlertStagePorts,
  { job, nowMs }: StageContext,
  planned: PlannedDelivery,
  changes: readonly ChangeEvent[],
): Promise<void> => {
  const foundAtMs = Date.parse(job.checkpoints.diff?.at ?? job.createdAt);
  // A path: the receiver knows the address of its own deployment, and this function cannot (it is made before the API).
  const changesPath = `/api/dependencies/${job.dependencyId}/changes?causeKey=${encodeURIComponent(planned.cause.key)}`;
  const at = new Date(nowMs()).toISOString();
  await ports.deliveries.putOnce({
    id: planned.id,
    tenantId: planned.tenantId,
    channelId: planned.channelId,
    eventType: "api.changed",
    dependencyId: job.dependencyId,
    jobId: job.id,
    causeKey: planned.cause.key,
    status: "pending",
    payload: JSON.stringify(buildApiChangedPayload(planned, changes, foundAtMs, changesPath)),
    attempts: [],
    createdAt: at,
    updatedAt: at,
  });
  await ports.queue.send({ tenantId: planned.tenantId, deliveryId: planned.id });
};
