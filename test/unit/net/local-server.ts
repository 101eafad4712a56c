import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { onTestFinished } from "vitest";
import { exampleCertificate } from "./example-certificate.ts";

export type LocalServer = {
  origin: string;
  /** The key of `AddressPolicy.allowedPrivateHosts`. */
  hostAndPort: string;
  port: number;
  /** What arrived so far. */
  requests: IncomingMessage[];
};

/** Starts an HTTP server on a free port of 127.0.0.1 that ends with the running test. */
export const serve = (answer: RequestListener): Promise<LocalServer> => start(createServer(), answer, "http");

/** The same over TLS, with a certificate for api.example.test. */
export const serveTls = (answer: RequestListener): Promise<LocalServer> =>
  start(createTlsServer(exampleCertificate), answer, "https");

async function start(server: Server, answer: RequestListener, scheme: string): Promise<LocalServer> {
  const requests: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  server.on("request", (request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `${scheme}://127.0.0.1:${port}`, hostAndPort: `127.0.0.1:${port}`, port, requests };
}
