import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

const writes = /\.(PutItem|UpdateItem|TransactWriteItems)$/;

export type HoldingProxy = {
  url: string;
  /** Holds the second write about `jobId` (the first one is the claim): resolves when it is held. */
  holdCommitOf(jobId: string): Promise<void>;
  close(): Promise<void>;
};

/**
 * A proxy before DynamoDB for one stage's function. It holds the write that would commit the stage, so that the worker
 * is known to be in the middle: its effects are done, its checkpoint is not. A held request is never passed on.
 */
export const startHoldingProxy = async (endpoint: string): Promise<HoldingProxy> => {
  const target = new URL(endpoint);
  const waiting = new Map<string, { writesSeen: number; held(): void }>();

  const mustHold = (message: IncomingMessage, body: string): boolean => {
    if (!writes.test(String(message.headers["x-amz-target"]))) return false;
    for (const [jobId, hold] of waiting) {
      if (!body.includes(jobId)) continue;
      hold.writesSeen += 1;
      if (hold.writesSeen < 2) continue;
      waiting.delete(jobId);
      hold.held();
      return true;
    }
    return false;
  };

  const passOn = (message: IncomingMessage, body: string, response: ServerResponse): void => {
    const { hostname, port } = target;
    const { method, url: path, headers } = message;
    const upstream = request({ hostname, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    upstream.on("error", () => response.destroy());
    upstream.end(body);
  };

  const server = createServer(async (message, response) => {
    const body = await text(message);
    if (!mustHold(message, body)) passOn(message, body, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    holdCommitOf: (jobId) => new Promise((held) => waiting.set(jobId, { writesSeen: 0, held })),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
