import { Webhook } from "standardwebhooks";
import { AppError } from "../errors.ts";
import type { GuardedPost } from "../net/guarded-post.ts";
import type { Channel } from "./channel.ts";

/** Two during a rotation; more would only make old keys live on. */
const maxActiveSecrets = 2;

/** `body` is the JSON text of a payload of `webhook-payload.ts`; it is signed and sent as it is, at every attempt. */
export type WebhookDelivery = { id: string; body: string };

/** What one attempt came to, before it is judged. */
export type WebhookAnswer =
  | { answer: "response"; status: number; bodyExcerpt: string; retryAtMs?: number; elapsedMs: number }
  | { answer: "failure"; error: AppError; elapsedMs: number };

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

/**
 * Sends one attempt of a delivery and tells what came back; `judgeDelivery` says what that means.
 *
 * @param deps `post`: a guarded client; `nowMs`: the clock in Unix milliseconds
 */
export async function sendWebhook(
  delivery: WebhookDelivery,
  channel: Pick<Channel, "url" | "secrets">,
  deps: { post: GuardedPost; nowMs: () => number },
): Promise<WebhookAnswer> {
  const sentAtMs = deps.nowMs();
  const { id, body } = delivery;
  const headers = { "content-type": "application/json", ...signWebhook(id, body, channel.secrets, sentAtMs) };
  try {
    return { answer: "response", ...(await deps.post({ url: channel.url, headers, body })) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { answer: "failure", error, elapsedMs: deps.nowMs() - sentAtMs };
  }
}
