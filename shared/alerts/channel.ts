import type { Level } from "../diff/change-set.ts";

type ChannelBase = {
  /** ULID. */
  id: string;
  tenantId: string;
  name: string;
  minSeverity: Level;
  enabled: boolean;
  /** Since then no message was delivered, and at least one attempt failed. */
  failingSince?: string;
  /** When it was disabled because of its receiver; a person who switches it off leaves this absent. */
  disabledAt?: string;
  disabledBecause?: string;
  createdAt: string;
  updatedAt: string;
};

export type WebhookChannel = ChannelBase & {
  type: "webhook";
  url: string;
  /** `whsec_…`; newest first, at most two (rotation). Shown once, when created. */
  secrets: string[];
};

/** Slack's incoming webhook. The URL is its own credential, so it is never shown in full. */
export type SlackChannel = ChannelBase & { type: "slack"; url: string };

/** A workflow of Microsoft Teams that posts what its webhook gets. The URL carries its signature: a credential, too. */
export type TeamsChannel = ChannelBase & { type: "teams"; url: string };

/** An integration of the Events API v2. The routing key is a credential. */
export type PagerDutyChannel = ChannelBase & { type: "pagerduty"; routingKey: string; region: "us" | "eu" };

/** A bus of the user's own, in this account or another, that the deployment's configuration allows. */
export type EventBridgeChannel = ChannelBase & { type: "eventbridge"; busArn: string };

/** At most 50 addresses: SES's limit for one message. */
export type EmailChannel = ChannelBase & { type: "email"; to: string[] };

export type Channel =
  | WebhookChannel
  | SlackChannel
  | TeamsChannel
  | PagerDutyChannel
  | EventBridgeChannel
  | EmailChannel;

/** `muted`: recorded, and sent only when a person says so. `digested`: told by the delivery that carries its digest. */
export type DeliveryStatus = "pending" | "sent" | "failed" | "muted" | "digested";

export type DeliveryAttempt = {
  at: string;
  statusCode?: number;
  error?: string;
  responseExcerpt?: string;
  durationMs: number;
};

export type Delivery = {
  /** Deterministic (`planDeliveries`), also the webhook's id: a repeat is recognised by the receiver. */
  id: string;
  tenantId: string;
  channelId: string;
  eventType:
    | "api.changed"
    | "api.digest"
    | "channel.disabled"
    | "channel.test"
    | "dependency.unhealthy"
    | "dependency.recovered";
  dependencyId?: string;
  jobId?: string;
  causeKey?: string;
  /** The alert preference that wanted it there. */
  preferenceId?: string;
  /** Of a digested one: the delivery that carries the digest, which is there once the digest is due. */
  digestId?: string;
  status: DeliveryStatus;
  /** JSON text of an `AlertEvent`. A webhook gets it as it is; other kinds of channels say the same in their own form. */
  payload: string;
  attempts: DeliveryAttempt[];
  /** Of `attempts`, those since it was reopened: the retry schedule starts anew. Absent: it never was. */
  attemptsSinceReopening?: number;
  /** Not before this time; absent: at once. */
  nextAttemptAt?: string;
  /** Until then one worker has it. */
  claimedUntilMs?: number;
  createdAt: string;
  updatedAt: string;
};
