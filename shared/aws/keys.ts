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

const session = (tenantId: string, sessionId: string): string => `${tenant(tenantId)}#SESSION#${part(sessionId)}`;

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
  alertPreferences: (tenantId: string): string => `${tenant(tenantId)}#ALERT_PREFERENCES`,
  digest: (tenantId: string, digestId: string): string => `${tenant(tenantId)}#DIGEST#${part(digestId)}`,
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
  /** GSI1 */
  subscribers: (surfaceId: string): string => `SURFACE#${part(surfaceId)}#SUBSCRIBERS`,
  /** GSI2 */
  subscriptions: (tenantId: string): string => `${tenant(tenantId)}#SUBSCRIPTIONS`,
  operatorProviders: "PROVIDERS",
  runs: "RUNS",
  activePauses: "PAUSES",
  endedPauses: "PAUSES#ENDED",
  sessionJobs: (tenantId: string, sessionId: string): string => `${session(tenantId, sessionId)}#JOBS`,
  documentation: (tenantId: string, sessionId: string): string => `${session(tenantId, sessionId)}#DOCS`,
  /** GSI2 */
  unfinishedSessionJobs: shards("SESSIONJOBS"),
  /** GSI2 */
  unfinishedJobs: shards("UNFINISHED"),
  /** GSI2 */
  dueDependencies: shards("DUE"),
  /** GSI2 */
  dueDigests: shards("DIGESTS"),
  /** GSI2 */
  unfinishedEmbedJobs: shards("EMBEDS"),
  /** GSI2 */
  embedded: shards("EMBEDDED"),
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
export const dependencyRulesKey = (tenantId: string, dependencyId: string): ItemKey => ({
  PK: dependency(tenantId, dependencyId),
  SK: "RULES",
});
export const dependencyUsageKey = (tenantId: string, dependencyId: string): ItemKey => ({
  PK: dependency(tenantId, dependencyId),
  SK: "USAGE",
});
export const lastDiffKey = (tenantId: string, dependencyId: string): ItemKey => ({
  PK: dependency(tenantId, dependencyId),
  SK: "LAST_DIFF",
});
export const feedAccessKey = (tenantId: string, dependencyId: string): ItemKey => ({
  PK: dependency(tenantId, dependencyId),
  SK: "FEED",
});
export const feedTokenKey = (tokenSha256: string): ItemKey => ({ PK: `FEED#${part(tokenSha256)}`, SK: "FEED" });
export const dueDependencyKey = (dependencyId: string, nextCheckAt: string): Gsi2Key => ({
  GSI2PK: `DUE#${shardOf(dependencyId)}`,
  GSI2SK: `${timePart(nextCheckAt)}#${part(dependencyId)}`,
});
/** One partition for each cadence: an entry is written once, and stays where it is. */
export const beatPartition = (everyMs: number): string => `BEAT#${everyMs}`;
/** Digits of the longest phase, that of a day. */
const phaseDigits = 8;
const phasePart = (phaseMs: number): string => String(phaseMs).padStart(phaseDigits, "0");
export const beatKey = (dependencyId: string, beat: { everyMs: number; phaseMs: number }): Gsi2Key => ({
  GSI2PK: beatPartition(beat.everyMs),
  GSI2SK: `${phasePart(beat.phaseMs)}#${part(dependencyId)}`,
});
/** All phases from one to another, in a beat's partition. */
export const phaseRange = (fromMs: number, toMs: number): { from: string; to: string } => ({
  from: `${phasePart(fromMs)}#`,
  to: `${phasePart(toMs)}#~`,
});
/** Where an entry of a beat stands among those of `dueDependencyKey`, in the cycle that begins at `cycleMs`. */
export const beatAsDue = (position: string, cycleMs: number): string => {
  const [phase = "", id = ""] = position.split("#");
  return `${new Date(cycleMs + Number(phase)).toISOString()}#${id}`;
};
/** The moment of a position among what is due, in epoch milliseconds. */
export const dueMs = (position: string): number => Date.parse(position.split("#")[0] ?? "");
/** Sorts after everything that is due at `nowMs`, and before what is due later. */
export const dueUntil = (nowMs: number): string => `${new Date(nowMs).toISOString()}#~`;

export const subscriberKey = (surfaceId: string, dependencyId: string): Gsi1Key => ({
  GSI1PK: partitions.subscribers(surfaceId),
  GSI1SK: part(dependencyId),
});
/** In the place of what is due, as a dependency that follows a provider surface never is. */
export const subscriptionKey = (tenantId: string, surfaceId: string, dependencyId: string): Gsi2Key => ({
  GSI2PK: partitions.subscriptions(tenantId),
  GSI2SK: `${part(surfaceId)}#${part(dependencyId)}`,
});
/** The subscriptions to one surface. */
export const subscriptionsTo = (surfaceId: string): { from: string; to: string } => ({
  from: `${part(surfaceId)}#`,
  to: `${part(surfaceId)}#~`,
});

export const providerKey = (providerId: string): ItemKey => ({
  PK: partitions.operatorProviders,
  SK: part(providerId),
});
export const embedJobKey = (id: { tenantId: string; dependencyId: string }): ItemKey => ({
  PK: `${dependency(id.tenantId, id.dependencyId)}#EMBED`,
  SK: "EMBED",
});
/** Where the orchestrator finds work that nobody does. */
export const unfinishedEmbedJobKey = (id: { tenantId: string; dependencyId: string }): Gsi2Key => ({
  GSI2PK: `EMBEDS#${shardOf(id.dependencyId)}`,
  GSI2SK: `${part(id.tenantId)}#${part(id.dependencyId)}`,
});
/** Where the orchestrator finds what another model, or another release, made. */
export const embeddedKey = (id: { tenantId: string; dependencyId: string }, made: Making): Gsi2Key => ({
  GSI2PK: `EMBEDDED#${shardOf(id.dependencyId)}`,
  GSI2SK: `${embeddedWith(made)}${part(id.tenantId)}#${part(id.dependencyId)}`,
});
type Making = { model: { id: string; dimension: number }; revision: number };
const embeddedWith = ({ model, revision }: Making): string => `${part(model.id)}@${model.dimension}@${revision}#`;
/** The two ranges beside what a model and revision made. */
export const embeddedOtherwise = (now: Making): { from?: string; to?: string }[] => [
  { to: embeddedWith(now) },
  { from: `${embeddedWith(now)}~` },
];
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

export const activePauseKey = (target: string): ItemKey => ({ PK: partitions.activePauses, SK: target });
export const endedPauseKey = (pauseId: string): ItemKey => ({ PK: partitions.endedPauses, SK: part(pauseId) });

/** Hashed in any case: the client chooses the text. */
export const idempotencyKey = (tenantId: string, key: string): ItemKey => ({
  PK: `${tenant(tenantId)}#IDEMPOTENCY#${sha256(key)}`,
  SK: "IDEMPOTENCY",
});

export const channelKey = (tenantId: string, channelId: string): ItemKey => ({
  PK: partitions.channels(tenantId),
  SK: part(channelId),
});

export const alertPreferenceKey = (tenantId: string, preferenceId: string): ItemKey => ({
  PK: partitions.alertPreferences(tenantId),
  SK: part(preferenceId),
});

export const digestKey = (digest: { id: string; tenantId: string }): ItemKey => ({
  PK: partitions.digest(digest.tenantId, digest.id),
  SK: "DIGEST",
});
export const digestEntryKey = (digest: { id: string; tenantId: string }, deliveryId: string): ItemKey => ({
  PK: partitions.digest(digest.tenantId, digest.id),
  SK: `ENTRY#${part(deliveryId)}`,
});
/** All entries of a digest, in its partition. */
export const digestEntries = { from: "ENTRY#", to: "ENTRY#~" } as const;
export const dueDigestKey = (digest: { id: string; dueAt: string }): Gsi2Key => ({
  GSI2PK: `DIGESTS#${shardOf(digest.id)}`,
  GSI2SK: `${timePart(digest.dueAt)}#${part(digest.id)}`,
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

type SessionPlace = { tenantId: string; sessionId: string };

export const sessionKey = ({ tenantId, sessionId }: SessionPlace): ItemKey => ({
  PK: session(tenantId, sessionId),
  SK: "SESSION",
});
export const sessionJobKey = ({ tenantId, sessionId, jobId }: SessionPlace & { jobId: string }): ItemKey => ({
  PK: partitions.sessionJobs(tenantId, sessionId),
  SK: part(jobId),
});
/** Where a job is by its id alone. */
export const sessionJobPlaceKey = ({ tenantId, jobId }: { tenantId: string; jobId: string }): ItemKey => ({
  PK: `${tenant(tenantId)}#SESSIONJOB#${part(jobId)}`,
  SK: "PLACE",
});
export const unfinishedSessionJobKey = (jobId: string): Gsi2Key => ({
  GSI2PK: `SESSIONJOBS#${shardOf(jobId)}`,
  GSI2SK: part(jobId),
});
export const sessionDocumentationKey = ({ tenantId, sessionId, docId }: SessionPlace & { docId: string }): ItemKey => ({
  PK: partitions.documentation(tenantId, sessionId),
  SK: part(docId),
});
/** @param prefix what the configuration lets keys of signals begin with */
export const signalKey = (prefix: string, { tenantId, runId }: { tenantId: string; runId: string }): ItemKey => ({
  PK: `SIGNAL#${part(prefix)}${part(tenantId)}:${part(runId)}`,
  SK: "SIGNAL",
});
export const streamTicketKey = (ticketSha256: string): ItemKey => ({
  PK: `TICKET#${part(ticketSha256)}`,
  SK: "TICKET",
});
export const laneKey = ({ tenantId, type }: { tenantId: string; type: string }): ItemKey => ({
  PK: `${tenant(tenantId)}#LANE#${part(type)}`,
  SK: "LANE",
});
export const reusableResultKey = ({ tenantId, identity }: { tenantId: string; identity: string }): ItemKey => ({
  PK: `${tenant(tenantId)}#REUSE#${part(identity)}`,
  SK: "REUSE",
});
