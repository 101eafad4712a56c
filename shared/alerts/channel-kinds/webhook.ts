import { Webhook } from "standardwebhooks";
import type { WebhookChannel } from "../channel.ts";
import { type HttpPorts, postJson, readHttpAnswer, sentOverHttp } from "../http-answer.ts";
import type { Sent, Verdict } from "../verdict.ts";

/** Two during a rotation; more would only make old keys live on. */
const maxActiveSecrets = 2;

type WebhookHeaders = { "webhook-id": string; "webhook-timestamp": string; "webhook-signature": string };

/**
 * The headers of the Standard Webhooks scheme. The id is the delivery's, the same at every attempt, so that a receiver can
 * drop duplicates; the time is the attempt's, because receivers refuse old ones. There is one signature for each secret,
 * so that a receiver that knows either of two rotating secrets accepts the message.
 *
 * @param body the exact text that is sent
 * @param sentAtMs Unix milliseconds; signed with a resolution of seconds
 * @throws Error when a secret is empty or not base64
 */
export function signWebhook(
  deliveryId: string,
  body: string,
  secrets: readonly string[],
  sentAtMs: number,
): WebhookHeaders {
  const active = secrets.slice(0, maxActiveSecrets);
  return {
    "webhook-id": deliveryId,
    "webhook-timestamp": String(Math.floor(sentAtMs / 1000)),
    "webhook-signature": active
      .map((secret) => new Webhook(secret).sign(deliveryId, new Date(sentAtMs), body))
      .join(" "),
  };
}

/** Sends the payload, signed, as it is at every attempt. */
export async function sendWebhook(
  { id, payload }: { id: string; payload: string },
  channel: Pick<WebhookChannel, "url" | "secrets">,
  ports: HttpPorts,
): Promise<Sent> {
  const headers = signWebhook(id, payload, channel.secrets, ports.nowMs());
  const answer = await postJson({ url: channel.url, headers, body: payload }, ports);
  const isGone = answer.answer === "response" && answer.status === 410;
  return sentOverHttp(answer, isGone ? gone : readHttpAnswer(answer));
}

/** What 410 means by the Standard Webhooks specification. */
const gone: Verdict = { verdict: "gone", reason: "The receiver answered 410: it wants no more messages." };
