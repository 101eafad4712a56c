import type { Verdict } from "./verdict.ts";

export type DeliveryOutcome =
  | { outcome: "sent" }
  | { outcome: "retry"; nextAttemptAtMs: number; reason: string }
  | { outcome: "failed"; reason: string }
  /** The receiver wants nothing more; the channel is to be disabled. */
  | { outcome: "channelGone"; reason: string };

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** Waits after the first attempt, the second, and so on: the schedule that the Standard Webhooks specification gives. */
const retryDelaysMs = [
  5 * secondMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  24 * hourMs,
];

/** Spread around each wait, so that the deliveries that failed together do not come back together. */
const jitterShare = 0.1;

/**
 * Milliseconds to wait after attempt number `attempt` (from 1) failed, within 10% of the schedule; `undefined` when that
 * was the last.
 *
 * @param random in [0, 1)
 */
export function retryDelayMs(attempt: number, random: number): number | undefined {
  const delayMs = retryDelaysMs[attempt - 1];
  return delayMs === undefined ? undefined : Math.round(delayMs * (1 - jitterShare + 2 * jitterShare * random));
}

/**
 * What a verdict on attempt number `attempt` (from 1) means for the delivery.
 *
 * @param context `nowMs`: Unix milliseconds; `random`: in [0, 1), for the jitter
 */
export function judgeDelivery(
  verdict: Verdict,
  { attempt, nowMs, random }: { attempt: number; nowMs: number; random: number },
): DeliveryOutcome {
  switch (verdict.verdict) {
    case "delivered":
      return { outcome: "sent" };
    case "permanent":
      return { outcome: "failed", reason: verdict.reason };
    case "gone":
      return { outcome: "channelGone", reason: verdict.reason };
    case "retry": {
      const { reason, retryAtMs = 0 } = verdict;
      const delayMs = retryDelayMs(attempt, random);
      if (delayMs === undefined) return { outcome: "failed", reason: `${reason} Given up after ${attempt} attempts.` };
      return { outcome: "retry", reason, nextAttemptAtMs: Math.max(nowMs + delayMs, retryAtMs) };
    }
  }
}
