import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Choices } from "../simulation/choices.ts";
import { passOn } from "./pass-on.ts";

const sends = /^AmazonSQS\.SendMessage(Batch)?$/;
/** Of 1,000 sends. */
const doubledPerMille = 300;
const answerLostPerMille = 100;
const longestDelayMs = 8_000;

/**
 * A proxy before SQS: it passes everything on, sends some real messages a second time a while later, and loses the answer to
 * others, which their sender then sends again itself.
 */
export const startDoublingQueue = async (endpoint: string, choices: Choices) => {
  const target = new URL(endpoint);
  let ownUrl = "";
  const later = new Set<NodeJS.Timeout>();
  let doubled = 0;
  let answersLost = 0;
  let isCalm = false;

  const server = createServer(async (message, response) => {
    const sent = await text(message).catch(() => undefined);
    if (sent === undefined) return; // the sender was killed while it spoke
    const body = sent.replaceAll(ownUrl, target.origin);
    const isSend = !isCalm && sends.test(String(message.headers["x-amz-target"]));
    if (isSend && choices.happens(doubledPerMille)) {
      doubled += 1;
      const timer = setTimeout(() => {
        later.delete(timer);
        passOn(target, message, body);
      }, choices.pick(longestDelayMs));
      later.add(timer);
    }
    if (isSend && choices.happens(answerLostPerMille)) {
      answersLost += 1;
      passOn(target, message, body);
      response.destroy();
    } else passOn(target, message, body, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ownUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    /** The address of a queue as its senders are to know it: of this proxy. */
    urlOf: (queueUrl: string): string => queueUrl.replace(target.origin, ownUrl),
    /** Sends that were made twice, and sends whose answer was lost. */
    counts: () => ({ doubled, answersLost }),
    calm(): void {
      isCalm = true;
    },
    async close(): Promise<void> {
      for (const timer of later) clearTimeout(timer);
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};

export type DoublingQueue = Awaited<ReturnType<typeof startDoublingQueue>>;
