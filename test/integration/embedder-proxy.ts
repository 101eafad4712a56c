import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import * as z from "zod";

export type EmbedderProxy = {
  url: string;
  /** First lines of the texts that reached the embedder, in order. */
  embedded: string[];
  /** Holds the call after the next `count` ones, for good: resolves when it is held. */
  holdAfter(count: number): Promise<void>;
  close(): Promise<void>;
};

const payload = z.object({ texts: z.array(z.string()) });

/** A proxy before Lambda for the embed worker: it sees what is to be embedded, and can keep a call back. */
export const startEmbedderProxy = async (endpoint: string): Promise<EmbedderProxy> => {
  const target = new URL(endpoint);
  const embedded: string[] = [];
  let hold: { after: number; held: () => void } | undefined;
  const server = createServer(async (message, response) => {
    const body = await text(message);
    if (hold !== undefined) {
      if (hold.after === 0) {
        hold.held();
        hold = undefined;
        return;
      }
      hold.after -= 1;
    }
    embedded.push(...payload.parse(JSON.parse(body)).texts.map((one) => one.split("\n")[0] ?? ""));
    const { method, url: path, headers } = message;
    const options = { hostname: target.hostname, port: target.port, method, path, headers };
    const upstream = request(options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    upstream.on("error", () => response.destroy());
    upstream.end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    embedded,
    holdAfter: (after) =>
      new Promise((held) => {
        hold = { after, held };
      }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
