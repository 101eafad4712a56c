import type { Level } from "../../diff/change-set.ts";
import type { AlertEvent } from "../alert-event.ts";
import { type AlertText, alertTextOf, fitAlertText } from "../alert-text.ts";
import type { PagerDutyChannel } from "../channel.ts";
import { type HttpPorts, postJson, readHttpAnswer, sentOverHttp } from "../http-answer.ts";
import { shorten } from "../shorten.ts";
import type { Sent } from "../verdict.ts";

/** Limits and addresses of the Events API v2 (https://developer.pagerduty.com/docs/events-api-v2-overview). */
const maxEventBytes = 512 * 1024;
const maxSummaryLength = 1_024;
const maxDedupKeyLength = 255;
const endpoints: Readonly<Record<PagerDutyChannel["region"], string>> = {
  us: "https://events.pagerduty.com/v2/enqueue",
  eu: "https://events.eu.pagerduty.com/v2/enqueue",
};

const severities: Readonly<Record<Level, string>> = { breaking: "critical", risky: "warning", safe: "info" };

/** One event of PagerDuty: the same cause again joins the alert that is open, and a recovery resolves that of its failures. */
export const pagerDutyEventOf = (event: AlertEvent, deliveryId: string, routingKey: string): string =>
  fitAlertText(alertTextOf(event), maxEventBytes, (text) =>
    JSON.stringify({
      routing_key: routingKey,
      event_action: event.type === "dependency.recovered" ? "resolve" : "trigger",
      dedup_key: dedupKeyOf(event, deliveryId),
      client: "Forewarn",
      payload: {
        summary: shorten(`${text.title}: ${text.summary}`, maxSummaryLength),
        source: "dependency" in event.data ? event.data.dependency.name : "Forewarn",
        severity: text.severity === undefined ? "info" : severities[text.severity],
        timestamp: event.timestamp,
        class: event.type,
        custom_details: detailsOf(text, deliveryId),
      },
    }),
  );

const dedupKeyOf = ({ type, data }: AlertEvent, deliveryId: string): string => {
  switch (type) {
    case "api.changed":
      return `${data.dependency.id}:${data.cause.key}`.slice(0, maxDedupKeyLength);
    case "dependency.unhealthy":
    case "dependency.recovered":
      // With the time, so that a recovery that comes late resolves no later alert.
      return `${data.dependency.id}:unhealthy:${data.unhealthySince}`.slice(0, maxDedupKeyLength);
    case "api.digest":
    case "channel.disabled":
    case "channel.test":
      return deliveryId;
  }
};

const detailsOf = ({ facts, lists, command }: AlertText, deliveryId: string) => ({
  ...Object.fromEntries(facts.map(({ name, value }) => [name.toLowerCase(), value])),
  ...Object.fromEntries(
    lists.flatMap(({ heading, lines, total }) => [
      [heading.toLowerCase(), lines],
      [`${heading.toLowerCase()} in total`, total],
    ]),
  ),
  ...(command === undefined ? {} : { "to read more": command }),
  delivery: deliveryId,
});

/** Sends one attempt: 202 is taken, 400 never will be, 429 and 5xx may be later. */
export async function sendToPagerDuty(
  event: AlertEvent,
  deliveryId: string,
  channel: PagerDutyChannel,
  ports: HttpPorts,
): Promise<Sent> {
  const body = pagerDutyEventOf(event, deliveryId, channel.routingKey);
  const answer = await postJson({ url: endpoints[channel.region], body }, ports);
  return sentOverHttp(
    answer,
    readHttpAnswer(answer, () => "PagerDuty refuses the event. Check the routing key of the integration."),
  );
}
