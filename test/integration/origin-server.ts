import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

export type ReceivedRequest = { path: string; headers: IncomingMessage["headers"]; body: string };

export type OriginServer = {
  url: string;
  /** Answers by path; a path without an answer is 404. */
  answers: Map<string, (request: IncomingMessage, response: ServerResponse) => void>;
  /** What was posted, in order of arrival. */
  posted: ReceivedRequest[];
  close(): Promise<void>;
};

/** A server of the outside world on an address that the deployed app may reach (`host:port`). */
export const startOriginServer = async (address: string): Promise<OriginServer> => {
  const answers: OriginServer["answers"] = new Map();
  const posted: ReceivedRequest[] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? "/";
    if (request.method === "POST") posted.push({ path, headers: request.headers, body: await text(request) });
    const answer = answers.get(path);
    if (answer !== undefined) return answer(request, response);
    response.writeHead(request.method === "POST" ? 204 : 404).end();
  });
  const [host, port] = address.split(":");
  server.listen(Number(port), host);
  await once(server, "listening");
  return {
    url: `http://${address}`,
    answers,
    posted,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};

/** An answer of 200 with this body. */
export const serve =
  (body: string | Uint8Array, headers: Record<string, string> = { "content-type": "application/json" }) =>
  (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(200, headers).end(body);
  };
