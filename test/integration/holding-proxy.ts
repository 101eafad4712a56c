import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { passOn } from "../chaos/pass-on.ts";

const writes = /\.(PutItem|UpdateItem|TransactWriteItems)$/;

export type HoldingProxy = {
  url: string;
  /** Holds the second write about `jobId` (the first one is the claim): resolves when it is held, rejects after a minute. */
  holdCommitOf(jobId: string): Promise<void>;
  close(): Promise<void>;
};

/**
 * A proxy before DynamoDB for one stage's function. It holds the write that would commit the stage, so that the worker
 * is known to be in the middle: its effects are done, its checkpoint is not. A held request is never passed on.
 */
export const startHoldingProxy = async (endpoint: string): Promise<HoldingProxy> => {
  const target = new URL(endpoint);
  const waiting = new Map<string, () => void>();
  /** Writes of this stage by job, also those before anybody waits: a claim may be quicker than the one who asks. */
  const writesOf = new Map<string, number>();

  const mustHold = (message: IncomingMessage, body: string): boolean => {
    const jobId = /JOB#([0-9A-Z]{26})/.exec(body)?.[1];
    if (jobId === undefined || !writes.test(String(message.headers["x-amz-target"]))) return false;
    const count = (writesOf.get(jobId) ?? 0) + 1;
    writesOf.set(jobId, count);
    const held = waiting.get(jobId);
    if (held === undefined || count < 2) return false;
    waiting.delete(jobId);
    held();
    return true;
  };

  let seen = 0;
  const server = createServer(async (message, response) => {
    seen += 1;
    const body = await text(message);
    if (!mustHold(message, body)) passOn(target, message, body, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    holdCommitOf: (jobId) =>
      new Promise((held, missed) => {
        const timer = setTimeout(
          () => missed(new Error(`no commit of ${jobId} came by; ${seen} requests did`)),
          60_000,
        );
        waiting.set(jobId, () => {
          clearTimeout(timer);
          held();
        });
      }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
