import type { Level, OperationRef } from "../diff/change-set.ts";
import type { ConsumerHit } from "../usage/usage.ts";
import type { Channel } from "./channel.ts";
import type { Digest, DigestEntry } from "./digests/digest.ts";
import type { HealthNoticePayload } from "./health-notice.ts";
import { shorten as shortenTo } from "./shorten.ts";
import type { AlertChange, PlannedDelivery } from "./types.ts";

/**
 * Longest lists in a payload; a receiver follows the link for the rest. With the texts cut, a payload stays below 256 KB,
 * EventBridge's limit for an entry, and fits into a DynamoDB item of 400 KB with its attempts.
 */
const maxListedOperations = 100;
const maxListedChanges = 50;
const maxListedCauses = 100;
const maxListedConsumers = 20;

/** Longest text from the document (summaries, pointers, paths) in a payload, in UTF-16 units. */
const maxTextLength = 300;

export type ApiChangedPayload = {
  type: "api.changed";
  /** ISO 8601, when the change was found. */
  timestamp: string;
  data: {
    tenantId: string;
    dependency: { id: string; name: string };
    cause: { key: string; scope: string; severity: Level; summary: string };
    /** The first `maxListedOperations` of `operationCount`. */
    operations: OperationRef[];
    operationCount: number;
    /** The first `maxListedChanges` of `changeCount`. */
    changes: AlertChange[];
    changeCount: number;
    /** Who looks after the dependency. */
    owner?: string;
    /** The tenant's services that call what changed, the first `maxListedConsumers`; absent while no usage is known. */
    consumers?: ConsumerHit[];
    consumerCount?: number;
    fromSnapshotId: string;
    toSnapshotId: string;
    links: { changes: string };
  };
};

export type ApiDigestPayload = {
  type: "api.digest";
  /** ISO 8601, when the digest was due. */
  timestamp: string;
  data: {
    tenantId: string;
    every: "hourly" | "daily";
    counts: Record<Level, number>;
    /** The first `maxListedCauses` of `causeCount`, worst first. */
    causes: (Omit<DigestEntry, "causeKey"> & { key: string })[];
    causeCount: number;
  };
};

export type ChannelDisabledPayload = {
  type: "channel.disabled";
  /** ISO 8601, when it was disabled. */
  timestamp: string;
  data: {
    tenantId: string;
    channel: { id: string; name: string; type: Channel["type"] };
    reason: string;
    /** When the first of the attempts failed. */
    failingSince: string;
  };
};

export type ChannelTestPayload = {
  type: "channel.test";
  timestamp: string;
  data: { tenantId: string; channelId: string; message: string };
};

/** What a delivery tells, whatever the kind of its channel: the JSON of its `payload`. */
export type AlertEvent =
  | ApiChangedPayload
  | ApiDigestPayload
  | ChannelDisabledPayload
  | ChannelTestPayload
  | HealthNoticePayload;

/**
 * The event about one cause. Depends on nothing but its arguments, so that every attempt sends the same.
 *
 * @param changes change events of the cause, worst first; only the first `maxListedChanges` are looked at
 * @param foundAtMs Unix milliseconds when the change was found, not when it is sent
 * @param changesUrl where all changes of the cause can be read
 * @param people who looks after the dependency, and who calls what changed, where that is known
 */
export function buildApiChangedPayload(
  delivery: PlannedDelivery,
  changes: readonly AlertChange[],
  foundAtMs: number,
  changesUrl: string,
  people: { owner?: string; consumers?: readonly ConsumerHit[] } = {},
): ApiChangedPayload {
  const { cause, tenantId, dependency, fromSnapshotId, toSnapshotId } = delivery;
  const { owner, consumers } = people;
  return {
    type: "api.changed",
    timestamp: new Date(foundAtMs).toISOString(),
    data: {
      tenantId,
      dependency: { id: dependency.id, name: shorten(dependency.name) },
      cause: { key: cause.key, scope: cause.scope, severity: cause.severity, summary: shorten(cause.summary) },
      operations: cause.operations.slice(0, maxListedOperations).map(shortenOperation),
      operationCount: cause.operations.length,
      changes: changes.slice(0, maxListedChanges).map((change) => ({
        id: change.id,
        ruleId: change.ruleId,
        severity: change.severity,
        summary: shorten(change.summary),
        operation: change.operation && shortenOperation(change.operation),
        pointer: shorten(change.pointer),
      })),
      changeCount: cause.changeIds.length,
      ...(owner === undefined ? {} : { owner }),
      ...(consumers === undefined
        ? {}
        : { consumers: consumers.slice(0, maxListedConsumers), consumerCount: consumers.length }),
      fromSnapshotId,
      toSnapshotId,
      links: { changes: changesUrl },
    },
  };
}

/**
 * The event about the causes that came together since the last digest.
 *
 * @param entries worst first
 */
export function buildDigestPayload(
  { tenantId, every, dueAt }: Digest,
  entries: readonly DigestEntry[],
): ApiDigestPayload {
  const count = (level: Level): number => entries.filter(({ severity }) => severity === level).length;
  return {
    type: "api.digest",
    timestamp: dueAt,
    data: {
      tenantId,
      every,
      counts: { breaking: count("breaking"), risky: count("risky"), safe: count("safe") },
      causes: entries.slice(0, maxListedCauses).map(({ causeKey, dependency, ...entry }) => ({
        key: causeKey,
        ...entry,
        dependency: { id: dependency.id, name: shorten(dependency.name) },
        summary: shorten(entry.summary),
      })),
      causeCount: entries.length,
    },
  };
}

/** What the tenant's other channels are told of one that was disabled at `disabledAt`. */
export function buildChannelDisabledPayload(channel: Channel, disabledAt: string): ChannelDisabledPayload {
  const { id, tenantId, name, type, disabledBecause = "", failingSince = disabledAt } = channel;
  return {
    type: "channel.disabled",
    timestamp: disabledAt,
    data: { tenantId, channel: { id, name, type }, reason: shorten(disabledBecause), failingSince },
  };
}

/** The event that the test button of a channel sends. */
export function buildChannelTestPayload(tenantId: string, channelId: string, sentAtMs: number): ChannelTestPayload {
  const message = "This is a test from Forewarn. The channel works.";
  return { type: "channel.test", timestamp: new Date(sentAtMs).toISOString(), data: { tenantId, channelId, message } };
}

const shortenOperation = ({ method, path }: OperationRef): OperationRef => ({ method, path: shorten(path) });

const shorten = (text: string): string => shortenTo(text, maxTextLength);
