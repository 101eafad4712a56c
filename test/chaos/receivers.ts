import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { sha256 } from "../../shared/snapshots/sha256.ts";
import type { Choices } from "../simulation/choices.ts";

/** One message that a receiver got. `acknowledged`: it said so, and the sender could hear it. */
export type Receipt = {
  channelId: string;
  deliveryId: string;
  atMs: number;
  answer: "acknowledged" | "refused" | "lost";
  bodySha256: string;
  /** Whether the signature was that of the channel. */
  isSigned: boolean;
};

/** Of 1,000 messages that come for the first time. */
const refusedPerMille = 120;
const lostPerMille = 80;
const slowPerMille = 200;
const slowestMs = 1_500;

/**
 * The receivers of all channels, at `/hook/<name>`. In the storm each message fails once at most, as the second retry of a
 * webhook comes after minutes.
 */
export const createReceivers = (choices: Choices) => {
  const channels = new Map<string, { channelId: string; secret: string }>();
  const receipts: Receipt[] = [];
  const failedBefore = new Set<string>();
  let isCalm = false;

  const answerFor = (deliveryId: string): Receipt["answer"] => {
    const lot = choices.pick(1000);
    if (isCalm || failedBefore.has(deliveryId) || lot >= refusedPerMille + lostPerMille) return "acknowledged";
    failedBefore.add(deliveryId);
    return lot < refusedPerMille ? "refused" : "lost";
  };

  const isSignedBy = (secret: string, body: string, request: IncomingMessage): boolean => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    try {
      new Webhook(secret).verify(body, headers);
      return true;
    } catch {
      return false;
    }
  };

  return {
    receipts: receipts as readonly Receipt[],
    add(name: string, channelId: string, secret: string): void {
      channels.set(`/hook/${name}`, { channelId, secret });
    },
    calm(): void {
      isCalm = true;
    },
    async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const channel = channels.get(request.url ?? "");
      const body = await text(request).catch(() => undefined);
      if (body === undefined) return; // the sender was killed while it spoke
      if (channel === undefined) return void response.writeHead(404).end();
      if (!isCalm && choices.happens(slowPerMille)) await sleep(choices.pick(slowestMs));
      const deliveryId = String(request.headers["webhook-id"]);
      // Only one that still listens can have heard the answer.
      const answer = response.socket?.destroyed ? "lost" : answerFor(deliveryId);
      receipts.push({
        ...{ channelId: channel.channelId, deliveryId, atMs: Date.now(), answer, bodySha256: sha256(body) },
        isSigned: isSignedBy(channel.secret, body, request),
      });
      if (answer === "lost") response.destroy();
      else response.writeHead(answer === "refused" ? 500 : 204).end();
    },
  };
};

export type Receivers = ReturnType<typeof createReceivers>;
