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
import type { Dependency } from "../../dependencies/dependency.ts";
import type { PerDependencyStore } from "../../dependencies/ports.ts";
import type { ChangeSet } from "../../diff/change-set.ts";
import type { BodyStore, SnapshotStore } from "../../snapshots/ports.ts";
import type { OperationSummary } from "../../spec/model.ts";
import { listAll } from "../../tenants/record-store.ts";
import { consumersHit, type DependencyUsage } from "../../usage/usage.ts";
import { toChangeEvents } from "../change-events.ts";
import { type CheckpointOutput, readCheckpoint } from "../checkpoints.ts";
import { domainsAmong } from "../operation-domains.ts";
import type { Stage, StageContext, StageResult } from "../stage.ts";
import { readChangeSet, readOperations } from "../stored-bodies.ts";

export type AlertPorts = {
  channels: ChannelStore;
  alertPreferences: AlertPreferenceStore;
  deliveries: DeliveryStore;
  digests: DigestStore;
  queue: DeliveryQueue;
  usage: PerDependencyStore<DependencyUsage>;
};

/** Where a stage that tells of a change finds it. */
export type FoundPorts = { bodies: BodyStore; snapshots: Pick<SnapshotStore, "get"> };

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
  /** Those of both snapshots; read when a preference asks for domains. */
  operations: () => Promise<readonly OperationSummary[]>;
  /** When they were found: what is decided by time is decided by this one, however often it is done. */
  foundAtMs: number;
};

const completed = (output: CheckpointOutput<"alert">): StageResult => ({ result: "completed", output });

/**
 * Plans one delivery for each cause and channel, and hands them to the queue, or to the digest that they wait for. Ids
 * follow from what changed, so that a repeat plans the same; one that was written but never queued is queued now, and the
 * delivery's own claim keeps two messages from sending it twice.
 */
export const alertStage = (ports: AlertPorts & FoundPorts): Stage => ({
  name: "alert",
  async run(context) {
    const { job } = context;
    const { changeSetKey } = readCheckpoint(job, "diff");
    if (changeSetKey === null) return completed({ deliveries: 0 });
    const news = newsOf(ports, context, await readChangeSet(ports.bodies, changeSetKey));
    const [planned, usage] = await planWithUsage(ports, news);
    // By id, not by number: channels come and go between two slices. One that is gone means from the start, once more.
    const done = planned.findIndex(({ delivery }) => delivery.id === job.progress?.cursor) + 1;
    for (const [index, { delivery, changes }] of planned.entries()) {
      if (index < done) continue;
      context.signal.throwIfAborted();
      if (context.mustYield()) {
        await context.saveProgress(progressOf(planned, index));
        return { result: "yielded" };
      }
      await store(ports, news, { delivery, changes }, usage, context.nowMs());
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

const newsOf = (ports: FoundPorts, { job, dependency }: StageContext, changeSet: ChangeSet): News => {
  const { snapshotId } = readCheckpoint(job, "snapshot");
  const fromSnapshotId = job.baseSnapshotId ?? "";
  return {
    dependency,
    jobId: job.id,
    fromSnapshotId,
    toSnapshotId: snapshotId,
    changeSet,
    events: toChangeEvents(changeSet, job, snapshotId, job.createdAt),
    operations: () => readOperations(ports, job, [fromSnapshotId, snapshotId]),
    foundAtMs: Date.parse(job.checkpoints.diff?.at ?? job.createdAt),
  };
};

/** Plans what one dependency's people are told, stores and queues it: each delivery once, however often it is done. */
export const alertAbout = async (ports: AlertPorts, news: News, nowMs: () => number): Promise<void> => {
  const [planned, usage] = await planWithUsage(ports, news);
  for (const one of planned) await store(ports, news, one, usage, nowMs());
};

const planWithUsage = (ports: AlertPorts, news: News) =>
  Promise.all([planFor(ports, news), ports.usage.get(news.dependency.tenantId, news.dependency.id)]);

const planFor = async (ports: AlertPorts, news: News): Promise<Planned[]> => {
  const { dependency, jobId, fromSnapshotId, toSnapshotId, changeSet, events, foundAtMs } = news;
  const { tenantId } = dependency;
  const [channels, preferences] = await Promise.all([
    listAll(ports.channels, tenantId),
    listAll(ports.alertPreferences, tenantId),
  ]);
  const hasDomains = preferences.some(({ scope, enabled }) => enabled && scope === "domain");
  const domainsOf = hasDomains ? domainsAmong(await news.operations()) : () => [];
  const byCause = Map.groupBy(events, ({ causeKey }) => causeKey);
  const changesOf = (causeKey: string): ChangeEvent[] => byCause.get(causeKey) ?? [];
  const causes = new Map(changeSet.causes.map((cause) => [cause.key, cause]));
  const levelFor = (preference: AlertPreference, { key }: { key: string }) => {
    const cause = causes.get(key);
    return cause && levelInScope(preference, cause, changeSet.findings, { dependency, domainsOf });
  };
  return planDeliveries({
    tenantId,
    dependency: { id: dependency.id, name: dependency.name },
    jobId,
    fromSnapshotId,
    toSnapshotId,
    channels,
    preferences,
    levelFor,
    foundAtMs,
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
  { delivery: planned, changes }: Planned,
  usage: DependencyUsage | undefined,
  nowMs: number,
): Promise<void> => {
  const { route, cause } = planned;
  // A path: the receiver knows the address of its own deployment, and this function cannot (it is made before the API).
  const changesPath = `/api/dependencies/${dependency.id}/changes?causeKey=${encodeURIComponent(cause.key)}`;
  const at = new Date(nowMs).toISOString();
  const people = {
    ...(dependency.owner === undefined ? {} : { owner: dependency.owner }),
    ...(usage === undefined ? {} : { consumers: consumersHit(usage.consumers, cause.operations) }),
  };
  const delivery: Delivery = {
    id: planned.id,
    tenantId: planned.tenantId,
    channelId: planned.channelId,
    eventType: "api.changed",
    dependencyId: dependency.id,
    jobId,
    causeKey: cause.key,
    ...(route.preferenceId === undefined ? {} : { preferenceId: route.preferenceId }),
    status: route.way === "muted" ? "muted" : "pending",
    payload: JSON.stringify(buildApiChangedPayload(planned, changes, foundAtMs, changesPath, people)),
    attempts: [],
    createdAt: at,
    updatedAt: at,
  };
  if (route.way === "digest") {
    if (await collect(ports.digests, foundAtMs, delivery, planned, route)) return;
  } else if ((await ports.deliveries.putOnce(delivery)) && route.way === "muted") return;
  // Also one that was there: it may have been written and not queued, before a preference changed. What is not pending is
  // skipped by the worker.
  await ports.queue.send({ tenantId: planned.tenantId, deliveryId: planned.id });
};

/** `false` when the delivery was there already. A digest that is closed hands over to the next one. */
const collect = async (
  digests: DigestStore,
  foundAtMs: number,
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
    foundAt: new Date(foundAtMs).toISOString(),
  };
  for (let afterMs = foundAtMs; ; ) {
    const digest = digestAfter(afterMs, { tenantId, channelId, every, timeZone });
    const digested: Delivery = { ...delivery, status: "digested", digestId: digest.id };
    const outcome = await digests.collect(digested, entry, digest);
    if (outcome !== "closed") return outcome === "collected";
    afterMs = Date.parse(digest.dueAt);
  }
};
