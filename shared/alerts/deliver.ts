import type { Channel, Delivery, DeliveryAttempt, DeliveryStatus } from "./channel.ts";
import { type ChannelPorts, sendToChannel } from "./channel-kinds/send-to-channel.ts";
import { applyVerdict } from "./channel-transitions.ts";
import { type DeliveryOutcome, judgeDelivery } from "./delivery-outcome.ts";
import { notifyDisabled } from "./notify-disabled.ts";
import type { ChannelStore, DeliveryQueue, DeliveryStore } from "./ports.ts";
import type { Sent } from "./verdict.ts";

export type DeliverPorts = ChannelPorts & {
  channels: ChannelStore;
  deliveries: DeliveryStore;
  queue: DeliveryQueue;
  /** Days without a delivered message after which a channel is disabled. */
  disableChannelAfterDays: number;
  /** In [0, 1). */
  random(): number;
};

/**
 * `skipped`: it is done, or another worker has it. `early`: not due yet; queued again.
 * `unsent`: its channel is gone or disabled.
 */
export type DeliverEnd = DeliveryOutcome["outcome"] | "skipped" | "early" | "unsent";

/** Longer than an attempt can take: 10 s to the receiver, and the writes around it. */
const claimMs = 60_000;

const statusOf: Record<DeliveryOutcome["outcome"], DeliveryStatus> = {
  sent: "sent",
  retry: "pending",
  failed: "failed",
  channelGone: "failed",
};

/**
 * One attempt of a delivery, for one message of the queue. Claimed first, so that a doubled message sends nothing
 * twice; a worker that dies after sending and before writing it down sends again, with the same id (promise 2).
 */
export const deliver = async (
  ports: DeliverPorts,
  message: { tenantId: string; deliveryId: string },
): Promise<DeliverEnd> => {
  const { tenantId, deliveryId } = message;
  const delivery = await ports.deliveries.claimAttempt(tenantId, deliveryId, ports.nowMs(), claimMs);
  if (delivery === undefined) return queueAgainWhenPending(ports, message);
  const startedMs = ports.nowMs();
  const at = new Date(startedMs).toISOString();
  const channel = await ports.channels.get(tenantId, delivery.channelId);
  if (channel === undefined || !channel.enabled) {
    const error = channel === undefined ? "the channel was deleted" : "the channel is disabled";
    // Its notices may not have been sent: the worker that disabled it may have died.
    if (channel !== undefined) await notifyDisabled(ports, channel);
    await ports.deliveries.recordAttempt(tenantId, deliveryId, { at, error, durationMs: 0 }, "failed", undefined);
    return "unsent";
  }
  const sent = await send(ports, delivery, channel);
  await noteOnChannel(ports, channel, sent);
  const earlierAttempts = delivery.attemptsSinceReopening ?? delivery.attempts.length;
  const context = { attempt: earlierAttempts + 1, nowMs: ports.nowMs(), random: ports.random() };
  const outcome = judgeDelivery(sent.verdict, context);
  const nextAttemptMs = outcome.outcome === "retry" ? outcome.nextAttemptAtMs : undefined;
  await ports.deliveries.recordAttempt(
    tenantId,
    deliveryId,
    toAttempt(at, sent, outcome),
    statusOf[outcome.outcome],
    nextAttemptMs === undefined ? undefined : new Date(nextAttemptMs).toISOString(),
  );
  if (nextAttemptMs !== undefined) await ports.queue.send(message, nextAttemptMs - ports.nowMs());
  return outcome.outcome;
};

/** Before the attempt is written down: a worker that dies in between sends again, and comes here again. */
const noteOnChannel = async (ports: DeliverPorts, channel: Channel, { verdict }: Sent): Promise<void> => {
  if (verdict.verdict === "delivered" && channel.failingSince === undefined) return;
  const nowMs = ports.nowMs();
  const after = await ports.channels.update(channel.tenantId, channel.id, (one) =>
    applyVerdict(one, verdict, nowMs, ports.disableChannelAfterDays),
  );
  if (after !== undefined && !after.enabled) await notifyDisabled(ports, after);
};

const send = async (ports: DeliverPorts, delivery: Delivery, channel: Channel): Promise<Sent> => {
  const sentAtMs = ports.nowMs();
  try {
    return await sendToChannel(delivery, channel, ports);
  } catch (cause) {
    // Thrown on, it would come back as often as its claim ends, for ever: "early" messages reach no dead-letter queue.
    const reason = `The message could not be sent: ${cause instanceof Error ? cause.message : String(cause)}`;
    return { verdict: { verdict: "retry", reason }, elapsedMs: ports.nowMs() - sentAtMs };
  }
};

/** A queue holds a message 15 minutes at most: one for a later time comes early, and goes back. */
const queueAgainWhenPending = async (
  ports: DeliverPorts,
  message: { tenantId: string; deliveryId: string },
): Promise<DeliverEnd> => {
  const delivery = await ports.deliveries.get(message.tenantId, message.deliveryId);
  if (delivery?.status !== "pending") return "skipped";
  const dueMs = Math.max(Date.parse(delivery.nextAttemptAt ?? delivery.createdAt), delivery.claimedUntilMs ?? 0);
  // At least a second: a claim that ends just now must not make messages spin.
  await ports.queue.send(message, Math.max(1_000, dueMs - ports.nowMs()));
  return "early";
};

const toAttempt = (
  at: string,
  { elapsedMs, statusCode, responseExcerpt }: Sent,
  outcome: DeliveryOutcome,
): DeliveryAttempt => ({
  at,
  durationMs: elapsedMs,
  ...(statusCode === undefined ? {} : { statusCode }),
  ...(responseExcerpt === undefined ? {} : { responseExcerpt }),
  ...(outcome.outcome === "sent" ? {} : { error: outcome.reason }),
});
