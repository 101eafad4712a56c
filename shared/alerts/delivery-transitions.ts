import type { Delivery, DeliveryAttempt, DeliveryStatus } from "./channel.ts";

/**
 * What happens to a delivery, written once for every store. Fields that are cleared are set to `undefined`, and stores
 * drop those.
 */

/** Attempts that a delivery remembers, the newest. */
export const maxDeliveryAttemptsKept = 20;

/** The delivery in one worker's hands for `claimMs`; `undefined` when it may not be sent now. */
export const applyAttemptClaim = (delivery: Delivery, nowMs: number, claimMs: number): Delivery | undefined => {
  const isDue = delivery.nextAttemptAt === undefined || Date.parse(delivery.nextAttemptAt) <= nowMs;
  const isFree = delivery.claimedUntilMs === undefined || delivery.claimedUntilMs <= nowMs;
  if (delivery.status !== "pending" || !isDue || !isFree) return undefined;
  return { ...delivery, claimedUntilMs: nowMs + claimMs };
};

/** The delivery after one more attempt, out of its worker's hands; `undefined` when it is not pending. */
export const applyAttempt = (
  delivery: Delivery,
  attempt: DeliveryAttempt,
  status: DeliveryStatus,
  nextAttemptAt: string | undefined,
): Delivery | undefined => {
  if (delivery.status !== "pending") return undefined;
  return {
    ...delivery,
    status,
    attempts: [...delivery.attempts, attempt].slice(-maxDeliveryAttemptsKept),
    attemptsSinceReopening:
      delivery.attemptsSinceReopening === undefined ? undefined : delivery.attemptsSinceReopening + 1,
    nextAttemptAt,
    claimedUntilMs: undefined,
    updatedAt: attempt.at,
  };
};

/** A delivery that ended, to be sent again at once and on a new retry schedule; `undefined` when it is pending. */
export const applyReopening = (delivery: Delivery, atMs: number): Delivery | undefined => {
  if (delivery.status === "pending") return undefined;
  return {
    ...delivery,
    status: "pending",
    attemptsSinceReopening: 0,
    nextAttemptAt: undefined,
    claimedUntilMs: undefined,
    updatedAt: new Date(atMs).toISOString(),
  };
};
