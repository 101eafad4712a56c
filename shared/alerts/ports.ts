import type { Page, PageRequest } from "../jobs/paging.ts";
import type { RecordStore } from "../tenants/record-store.ts";
import type { Channel, Delivery, DeliveryAttempt, DeliveryStatus } from "./channel.ts";
import type { AlertPreference } from "./preferences/alert-preference.ts";

export type ChannelStore = RecordStore<Channel>;
export type AlertPreferenceStore = RecordStore<AlertPreference>;

export type DeliveryStore = {
  /** `false` when a delivery of this id is there already: it is left as it is. */
  putOnce(delivery: Delivery): Promise<boolean>;
  get(tenantId: string, deliveryId: string): Promise<Delivery | undefined>;
  list(tenantId: string, page: PageRequest, filter?: { channelId?: string }): Promise<Page<Delivery>>;
  /**
   * Claims a pending delivery for one attempt, so that two messages about it never send it at once: `undefined` when it
   * is not pending, not due yet, or another worker's claim is live. The claim ends `claimMs` later or with
   * `recordAttempt`.
   */
  claimAttempt(tenantId: string, deliveryId: string, nowMs: number, claimMs: number): Promise<Delivery | undefined>;
  /** A delivery in any other state back to `pending`, due at once. `undefined` when it is not there or is pending. */
  reopen(tenantId: string, deliveryId: string, atMs: number): Promise<Delivery | undefined>;
  /** Appends an attempt (the last 20 are kept) and sets the status; only while `pending`. */
  recordAttempt(
    tenantId: string,
    deliveryId: string,
    attempt: DeliveryAttempt,
    status: DeliveryStatus,
    nextAttemptAt: string | undefined,
  ): Promise<void>;
};

/** Hands a delivery to the worker, at once or after a delay (a queue holds a message at most 15 minutes). */
export type DeliveryQueue = {
  send(message: { tenantId: string; deliveryId: string }, delayMs?: number): Promise<void>;
};
