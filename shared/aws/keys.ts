import { createHash } from "node:crypto";

/** Every key of the table. `README.md` beside this file says which access pattern each one serves. */

export type ItemKey = { PK: string; SK: string };
export type Gsi1Key = { GSI1PK: string; GSI1SK: string };
export type Gsi2Key = { GSI2PK: string; GSI2SK: string };

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * An id as part of a key. Ids of ours stay as they are; anything else, which can only come from outside, becomes a hash,
 * so that no id can reach into another key or exceed DynamoDB's key lengths.
 */
const part = (id: string): string => (/^[\w.:-]{1,128}$/.test(id) ? id : `%${sha256(id)}`);

/** ISO 8601 in UTC with milliseconds, so that text sorts as time. */
const timePart = (iso: string): string => new Date(iso).toISOString();

const tenant = (tenantId: string): string => `TENANT#${part(tenantId)}`;
const dependency = (tenantId: string, dependencyId: string): string => `${tenant(tenantId)}#DEP#${part(dependencyId)}`;

/**
 * Partitions over which work of all tenants is spread: each takes 1,000 index writes a second. Changing it loses sight of
 * the work that is in the index, so it takes a migration.
 */
export const workShardCount = 8;

const shardOf = (id: string): number => Number.parseInt(sha256(id).slice(0, 8), 16) % workShardCount;
const shards = (name: string): string[] => Array.from({ length: workShardCount }, (_, shard) => `${name}#${shard}`);

/** Partitions whose items are lists, in the order of their sort keys. */
export const partitions = {
  dependencies: (tenantId: string): string => `${tenant(tenantId)}#DEPS`,
  channels: (tenantId: string): string => `${tenant(tenantId)}#CHANNELS`,
  snapshots: (tenantId: string, dependencyId: string): string => `${dependency(tenantId, dependencyId)}#SNAPSHOTS`,
  changesOfDependency: (tenantId: string, dependencyId: string): string =>
    `${dependency(tenantId, dependencyId)}#CHANGES`,
  /** GSI1 */
  jobsOfDependency: (tenantId: string, dependencyId: string): string => `${dependency(tenantId, dependencyId)}#JOBS`,
  /** GSI1 */
  changesOfTenant: (tenantId: string): string => `${tenant(tenantId)}#CHANGES`,
  /** GSI1 */
  tenants: "TENANTS",
  /** GSI1 */
  apiKeys: (tenantId: string): string => `${tenant(tenantId)}#KEYS`,
  /** GSI1 */
  deliveries: (tenantId: string): string => `${tenant(tenantId)}#DELIVERIES`,
  /** GSI2 */
  deliveriesOfChannel: (tenantId: string, channelId: string): string =>
    `${tenant(tenantId)}#CHANNEL#${part(channelId)}#DELIVERIES`,
  runs: "RUNS",
  /** GSI2 */
  unfinishedJobs: shards("UNFINISHED"),
  /** GSI2 */
  dueDependencies: shards("DUE"),
} as const;

export const jobKey = (jobId: string): ItemKey => ({ PK: `JOB#${part(jobId)}`, SK: "JOB" });
export const jobListKey = (job: { id: string; tenantId: string; dependencyId: string }): Gsi1Key => ({
  GSI1PK: partitions.jobsOfDependency(job.tenantId, job.dependencyId),
  GSI1SK: part(job.id),
});
export const unfinishedJobKey = (jobId: string): Gsi2Key => ({
  GSI2PK: `UNFINISHED#${shardOf(jobId)}`,
  GSI2SK: part(jobId),
});

export const dependencyKey = (tenantId: string, dependencyId: string): ItemKey => ({
  PK: partitions.dependencies(tenantId),
  SK: part(dependencyId),
});
export const dueDependencyKey = (dependencyId: string, nextCheckAt: string): Gsi2Key => ({
  GSI2PK: `DUE#${shardOf(dependencyId)}`,
  GSI2SK: `${timePart(nextCheckAt)}#${part(dependencyId)}`,
});
/** Sorts after every dependency that is due at `nowMs`, and before those due later. */
export const dueUntil = (nowMs: number): string => `${new Date(nowMs).toISOString()}#~`;

export const embedJobKey = (id: { tenantId: string; dependencyId: string }): ItemKey => ({
  PK: `${dependency(id.tenantId, id.dependencyId)}#EMBED`,
  SK: "EMBED",
});
export const searchManifestKey = (tenantId: string): ItemKey => ({ PK: `${tenant(tenantId)}#SEARCH`, SK: "SEARCH" });

export const snapshotKey = (tenantId: string, dependencyId: string, snapshotId: string): ItemKey => ({
  PK: partitions.snapshots(tenantId, dependencyId),
  SK: part(snapshotId),
});

export const changeKey = (change: { id: string; tenantId: string; dependencyId: string }): ItemKey => ({
  PK: partitions.changesOfDependency(change.tenantId, change.dependencyId),
  SK: part(change.id),
});
export const changeListKey = (tenantId: string, changeId: string): Gsi1Key => ({
  GSI1PK: partitions.changesOfTenant(tenantId),
  GSI1SK: part(changeId),
});
/** The changes that came with a snapshot: their ids begin with its ULID. */
export const changesOfSnapshot = (snapshotId: string): { from: string; to: string } => {
  const prefix = `${part(snapshotId).slice(0, 26)}-`;
  return { from: prefix, to: `${prefix}~` };
};

export const tenantItemKey = (tenantId: string): ItemKey => ({ PK: tenant(tenantId), SK: "TENANT" });
export const tenantListKey = (item: { id: string; createdAt: string }): Gsi1Key => ({
  GSI1PK: partitions.tenants,
  GSI1SK: `${timePart(item.createdAt)}#${part(item.id)}`,
});

export const apiKeyKey = (keySha256: string): ItemKey => ({ PK: `KEY#${part(keySha256)}`, SK: "KEY" });
export const apiKeyListKey = (tenantId: string, keyId: string): Gsi1Key => ({
  GSI1PK: partitions.apiKeys(tenantId),
  GSI1SK: part(keyId),
});

/** Of all tenants: a host is one host, whoever asks. */
export const hostKey = (host: string): ItemKey => ({ PK: `HOST#${part(host)}`, SK: "HOST" });

/** Padded, so that text sorts as the number. */
export const runKey = (runId: number): ItemKey => ({ PK: partitions.runs, SK: String(runId).padStart(15, "0") });
export const runCounterKey: ItemKey = { PK: "COUNTER#RUNS", SK: "COUNTER" };

/** Hashed in any case: the client chooses the text. */
export const idempotencyKey = (tenantId: string, key: string): ItemKey => ({
  PK: `${tenant(tenantId)}#IDEMPOTENCY#${sha256(key)}`,
  SK: "IDEMPOTENCY",
});

export const channelKey = (tenantId: string, channelId: string): ItemKey => ({
  PK: partitions.channels(tenantId),
  SK: part(channelId),
});

type DeliveryPlace = { id: string; tenantId: string; channelId: string; createdAt: string };

export const deliveryKey = (tenantId: string, deliveryId: string): ItemKey => ({
  PK: `${tenant(tenantId)}#DELIVERY#${part(deliveryId)}`,
  SK: "DELIVERY",
});
const deliveryPosition = ({ createdAt, id }: DeliveryPlace): string => `${timePart(createdAt)}#${part(id)}`;
export const deliveryListKey = (delivery: DeliveryPlace): Gsi1Key => ({
  GSI1PK: partitions.deliveries(delivery.tenantId),
  GSI1SK: deliveryPosition(delivery),
});
export const channelDeliveryKey = (delivery: DeliveryPlace): Gsi2Key => ({
  GSI2PK: partitions.deliveriesOfChannel(delivery.tenantId, delivery.channelId),
  GSI2SK: deliveryPosition(delivery),
});
