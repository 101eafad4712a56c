import type { AlertEvent } from "../alert-event.ts";
import type { EventBridgeChannel } from "../channel.ts";
import type { Sent } from "../verdict.ts";
import { type AwsAnswer, sentOverAws } from "./aws-answer.ts";

/** Puts one event on a bus. What AWS refuses is an answer, also inside an answer that succeeds. */
export type EventBus = {
  put(event: { busArn: string; source: string; detailType: string; detail: string; time: Date }): Promise<AwsAnswer>;
};

/** Error codes of an entry that no later attempt can change (PutEvents, API reference). */
const permanentCodes: ReadonlySet<string> = new Set([
  "InvalidArgument",
  "MalformedDetail",
  "NotAuthorizedForSourceException",
  "ValidationException",
]);

/**
 * Sends one attempt. The detail is the event's JSON with the delivery's id, by which a consumer drops duplicates. Below
 * 256 KB, EventBridge's limit, as every payload is.
 */
export async function sendToEventBridge(
  event: AlertEvent,
  deliveryId: string,
  channel: EventBridgeChannel,
  { eventBus, nowMs }: { eventBus: EventBus; nowMs: () => number },
): Promise<Sent> {
  const sentAtMs = nowMs();
  const answer = await eventBus.put({
    busArn: channel.busArn,
    source: "forewarn",
    detailType: event.type,
    detail: JSON.stringify({ deliveryId, ...event }),
    time: new Date(event.timestamp),
  });
  return sentOverAws(answer, "EventBridge", permanentCodes, nowMs() - sentAtMs);
}
