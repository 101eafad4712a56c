import type { AlertEvent } from "../alert-event.ts";
import type { Channel, Delivery } from "../channel.ts";
import type { HttpPorts } from "../http-answer.ts";
import type { Sent } from "../verdict.ts";
import { type Mailer, sendEmail } from "./email.ts";
import { type EventBus, sendToEventBridge } from "./event-bridge.ts";
import { sendToPagerDuty } from "./pagerduty.ts";
import { sendToSlack } from "./slack.ts";
import { sendToTeams } from "./teams.ts";
import { sendWebhook } from "./webhook.ts";

/** What the kinds of channels send through. */
export type ChannelPorts = HttpPorts & { eventBus: EventBus; mailer: Mailer };

/** Sends one attempt of a delivery in the form of its channel's kind, and tells what the answer means. */
export async function sendToChannel(
  delivery: Pick<Delivery, "id" | "payload">,
  channel: Channel,
  ports: ChannelPorts,
): Promise<Sent> {
  if (channel.type === "webhook") return sendWebhook(delivery, channel, ports);
  const event = JSON.parse(delivery.payload) as AlertEvent; // written by us, as a delivery was planned
  switch (channel.type) {
    case "slack":
      return sendToSlack(event, channel, ports);
    case "teams":
      return sendToTeams(event, channel, ports);
    case "pagerduty":
      return sendToPagerDuty(event, delivery.id, channel, ports);
    case "eventbridge":
      return sendToEventBridge(event, delivery.id, channel, ports);
    case "email":
      return sendEmail(event, channel, ports);
  }
}
