import type { Page, PageRequest } from "../jobs/paging.ts";
import type { Channel, Delivery, DeliveryAttempt, DeliveryStatus } from "./channel.ts";

export type ChannelStore = {
  create(channel: Channel): Promise<void>;
  get(tenantId: string, channelId: string): Promise<Channel | undefined>;
  list(tenantId: string, page: PageRequest): Promise<Page<Channel>>;
  /**
   * Reads, changes and writes without losing another's write; `change` is a pure function of `channel-transitions.ts`
   * that may run several times, and gives `undefined` for nothing to write. Gives what is there then.
   */
  update(
    tenantId: string,
    channelId: string,
    change: (channel: Channel) => Channel | undefined,
  ): Promise<Channel | undefined>;
  remove(tenantId: string, channelId: string): Promise<boolean>;
};

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
  /** A failed or sent delivery back to `pending`, due at once. `undefined` when it is not there or is pending. */
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
