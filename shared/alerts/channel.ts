import type { Level } from "../diff/change-set.ts";

export type Channel = {
  /** ULID. */
  id: string;
  tenantId: string;
  type: "webhook";
  name: string;
  url: string;
  /** `whsec_…`; newest first, at most two (rotation). Shown once, when created. */
  secrets: string[];
  minSeverity: Level;
  enabled: boolean;
  createdAt: string;
  updatedAt: string;
};

export type DeliveryStatus = "pending" | "sent" | "failed";

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
  eventType: "api.changed" | "channel.test" | "dependency.unhealthy" | "dependency.recovered";
  dependencyId?: string;
  jobId?: string;
  causeKey?: string;
  status: DeliveryStatus;
  /** JSON text that is signed and sent as it is. */
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
