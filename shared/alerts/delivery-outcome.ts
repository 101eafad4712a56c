import type { AppError } from "../errors.ts";
import { HostNotFoundError, TlsFailedError } from "../net/errors.ts";
import type { WebhookAnswer } from "./webhook.ts";

export type DeliveryOutcome =
  | { outcome: "sent"; status: number }
  | { outcome: "retry"; nextAttemptAtMs: number; reason: string; status?: number }
  | { outcome: "failed"; reason: string; status?: number }
  /** 410: the receiver wants nothing more; the channel is to be disabled. */
  | { outcome: "channelGone"; reason: string; status: 410 };

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

/** Client errors that are about the moment: time-out, too early, too many. */
const momentaryStatuses = new Set([408, 425, 429]);

/**
 * What the answer to attempt number `attempt` (from 1) means for the delivery.
 *
 * @param context `nowMs`: Unix milliseconds; `random`: in [0, 1), for the jitter
 */
export function judgeDelivery(
  answer: WebhookAnswer,
  context: { attempt: number; nowMs: number; random: number },
): DeliveryOutcome {
  if (answer.answer === "failure") {
    const { error } = answer;
    return isWorthRetrying(error)
      ? retryOrGiveUp({ reason: error.message }, context)
      : { outcome: "failed", reason: error.message };
  }
  const { status } = answer;
  if (status >= 200 && status < 300) return { outcome: "sent", status };
  if (status === 410) {
    return { outcome: "channelGone", status, reason: "The receiver answered 410: it wants no more messages." };
  }
  if (status >= 500 || momentaryStatuses.has(status)) {
    return retryOrGiveUp({ status, reason: `The receiver answered ${status}.` }, context, answer.retryAtMs);
  }
  const advice =
    status < 400
      ? "redirects are not followed; give the final URL."
      : "it refuses the message. Check the URL and whether it verifies with the secret of this channel.";
  return { outcome: "failed", status, reason: `The receiver answered ${status}: ${advice}` };
}

/**
 * A fetch fails at once when a host name or a certificate is wrong, so that its user learns of it. A delivery has three
 * days in which the receiver's operator may mend either, and an alert to lose.
 */
const isWorthRetrying = (error: AppError): boolean =>
  error.kind !== "permanent" || error instanceof HostNotFoundError || error instanceof TlsFailedError;

function retryOrGiveUp(
  failure: { reason: string; status?: number },
  { attempt, nowMs, random }: { attempt: number; nowMs: number; random: number },
  retryAtMs = 0,
): DeliveryOutcome {
  const delayMs = retryDelayMs(attempt, random);
  if (delayMs === undefined) {
    return { outcome: "failed", ...failure, reason: `${failure.reason} Given up after ${attempt} attempts.` };
  }
  return { outcome: "retry", ...failure, nextAttemptAtMs: Math.max(nowMs + delayMs, retryAtMs) };
}
