import { buildApiChangedPayload } from "../../alerts/alert-event.ts";
import type { Delivery } from "../../alerts/channel.ts";
import { digestAfter } from "../../alerts/digests/digest.ts";
import type { DigestStore } from "../../alerts/digests/ports.ts";
import { planDeliveries } from "../../alerts/plan-deliveries.ts";
import type { AlertPreferenceStore, ChannelStore, DeliveryQueue, DeliveryStore } from "../../alerts/ports.ts";
import type { AlertPreference } from "../../alerts/preferences/alert-preference.ts";
import { levelInScope } from "../../alerts/preferences/scope-levels.ts";
import type { PlannedDelivery } from "../../alerts/types.ts";
import type { ChangeEvent } from "../../changes/change-event.ts";
import type { PerDependencyStore } from "../../dependencies/ports.ts";
import type { BodyStore, SnapshotStore } from "../../snapshots/ports.ts";
import { listAll } from "../../tenants/record-store.ts";
import { consumersHit, type DependencyUsage } from "../../usage/usage.ts";
import { toChangeEvents } from "../change-events.ts";
import { type CheckpointOutput, readCheckpoint } from "../checkpoints.ts";
import { readDomains } from "../operation-domains.ts";
import type { Stage, StageContext, StageResult } from "../stage.ts";
import { readChangeSet } from "../stored-bodies.ts";

export type AlertStagePorts = {
  bodies: BodyStore;
  snapshots: SnapshotStore;
  channels: ChannelStore;
  alertPreferences: AlertPreferenceStore;
  deliveries: DeliveryStore;
  digests: DigestStore;
  queue: DeliveryQueue;
  usage: PerDependencyStore<DependencyUsage>;
};

const completed = (output: CheckpointOutput<"alert">): StageResult => ({ result: "completed", output });

/**
 * Plans one delivery for each cause and channel, and hands them to the queue, or to the digest that they wait for. Ids
 * follow from what changed, so that a repeat plans the same; one that was written but never queued is queued now, and the
 * delivery's own claim keeps two messages from sending it twice.
 */
export const alertStage = (ports: AlertStagePorts): Stage => ({
  name: "alert",
  async run(context) {
    const { job } = context;
    const { changeSetKey } = readCheckpoint(job, "diff");
    if (changeSetKey === null) return completed({ deliveries: 0 });
    const [planned, usage] = await Promise.all([
      planFor(ports, context, changeSetKey),
      ports.usage.get(job.tenantId, job.dependencyId),
    ]);
    // By id, not by number: channels come and go between two slices. One that is gone means from the start, once more.
    const done = planned.findIndex(({ delivery }) => delivery.id === job.progress?.cursor) + 1;
    for (const [index, { delivery, changes }] of planned.entries()) {
      if (index < done) continue;
      context.signal.throwIfAborted();
      if (context.mustYield()) {
        await context.saveProgress(progressOf(planned, index));
        return { result: "yielded" };
      }
      await store(ports, context, delivery, changes, usage);
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

/** When the changes were found: what is decided by time is decided by this one, however often the stage runs. */
const foundAtMsOf = ({ job }: StageContext): number => Date.parse(job.checkpoints.diff?.at ?? job.createdAt);

const planFor = async (ports: AlertStagePorts, context: StageContext, changeSetKey: string): Promise<Planned[]> => {
  const { job, dependency } = context;
  const { snapshotId } = readCheckpoint(job, "snapshot");
  const [channels, preferences, changeSet] = await Promise.all([
    listAll(ports.channels, job.tenantId),
    listAll(ports.alertPreferences, job.tenantId),
    readChangeSet(ports.bodies, changeSetKey),
  ]);
  const hasDomains = preferences.some(({ scope, enabled }) => enabled && scope === "domain");
  const domainsOf = hasDomains
    ? await readDomains(ports, job.tenantId, dependency.id, [job.baseSnapshotId, snapshotId])
    : () => [];
  const events = toChangeEvents(changeSet, job, snapshotId, job.createdAt);
  const changesOf = (causeKey: string): ChangeEvent[] => events.filter((event) => event.causeKey === causeKey);
  const causes = new Map(changeSet.causes.map((cause) => [cause.key, cause]));
  const levelFor = (preference: AlertPreference, { key }: { key: string }) => {
    const cause = causes.get(key);
    return cause && levelInScope(preference, cause, changeSet.findings, { dependency, domainsOf });
  };
  return planDeliveries({
    tenantId: job.tenantId,
    dependency: { id: dependency.id, name: dependency.name },
    jobId: job.id,
    fromSnapshotId: job.baseSnapshotId ?? "",
    toSnapshotId: snapshotId,
    channels,
    preferences,
    levelFor,
    foundAtMs: foundAtMsOf(context),
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
  context: StageContext,
  planned: PlannedDelivery,
  changes: readonly ChangeEvent[],
  usage: DependencyUsage | undefined,
): Promise<void> => {
  const { job, nowMs } = context;
  const { route, cause } = planned;
  // A path: the receiver knows the address of its own deployment, and this function cannot (it is made before the API).
  const changesPath = `/api/dependencies/${job.dependencyId}/changes?causeKey=${encodeURIComponent(cause.key)}`;
  const at = new Date(nowMs()).toISOString();
  const people = {
    ...(context.dependency.owner === undefined ? {} : { owner: context.dependency.owner }),
    ...(usage === undefined ? {} : { consumers: consumersHit(usage.consumers, cause.operations) }),
  };
  const delivery: Delivery = {
    id: planned.id,
    tenantId: planned.tenantId,
    channelId: planned.channelId,
    eventType: "api.changed",
    dependencyId: job.dependencyId,
    jobId: job.id,
    causeKey: cause.key,
    ...(route.preferenceId === undefined ? {} : { preferenceId: route.preferenceId }),
    status: route.way === "muted" ? "muted" : "pending",
    payload: JSON.stringify(buildApiChangedPayload(planned, changes, foundAtMsOf(context), changesPath, people)),
    attempts: [],
    createdAt: at,
    updatedAt: at,
  };
  if (route.way === "digest") {
    if (await collect(ports.digests, context, delivery, planned, route)) return;
  } else if ((await ports.deliveries.putOnce(delivery)) && route.way === "muted") return;
  // Also one that was there: it may have been written and not queued, before a preference changed. What is not pending is
  // skipped by the worker.
  await ports.queue.send({ tenantId: planned.tenantId, deliveryId: planned.id });
};

/** `false` when the delivery was there already. A digest that is closed hands over to the next one. */
const collect = async (
  digests: DigestStore,
  context: StageContext,
  delivery: Delivery,
  { cause, dependency }: PlannedDelivery,
  { every, timeZone }: { every: "hourly" | "daily"; timeZone: string },
): Promise<boolean> => {
  const { id: deliveryId, tenantId, channelId } = delivery;
  const entry = {
    deliveryId,
    dependency,
    causeKey: cause.key,
    severity: cause.severity,
    summary: cause.summary,
    operationCount: cause.operations.length,
    foundAt: new Date(foundAtMsOf(context)).toISOString(),
  };
  for (let afterMs = foundAtMsOf(context); ; ) {
    const digest = digestAfter(afterMs, { tenantId, channelId, every, timeZone });
    const digested: Delivery = { ...delivery, status: "digested", digestId: digest.id };
    const outcome = await digests.collect(digested, entry, digest);
    if (outcome !== "closed") return outcome === "collected";
    afterMs = Date.parse(digest.dueAt);
  }
};
