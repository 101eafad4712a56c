import { randomInt } from "node:crypto";
import { createServer, type Server } from "node:net";
import { LocalCloudUnavailableError } from "./errors.ts";

/**
 * A port of 127.0.0.1 that is free now: the first free one of `preferred`, else any.
 * @throws LocalCloudUnavailableError when the system gives none.
 */
export async function findFreePort(preferred: readonly number[] = []): Promise<number> {
  for (const port of [...preferred, 0]) {
    const server = await listenOn(port);
    if (server) return close(server);
  }
  throw new LocalCloudUnavailableError("No port is free on 127.0.0.1.");
}

/** Systems give connections a port of their own above these (Linux from 32768 on, others from 49152). */
const reservablePorts = { from: 10_000, to: 32_767 };

/**
 * `count` different ports of 127.0.0.1 that are free now and stay so until somebody listens there on purpose: no outgoing
 * connection is given one of them.
 * @throws LocalCloudUnavailableError when there are not so many
 */
export async function findFreePorts(count: number): Promise<number[]> {
  const servers: Server[] = [];
  for (let tries = 0; servers.length < count && tries < count + 1_000; tries++) {
    const server = await listenOn(randomInt(reservablePorts.from, reservablePorts.to + 1));
    if (server !== undefined) servers.push(server);
  }
  const ports = await Promise.all(servers.map(close));
  if (ports.length < count) throw new LocalCloudUnavailableError(`127.0.0.1 has no ${count} free ports.`);
  return ports;
}

function listenOn(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

/** Frees the server's port and returns it. */
function close(server: Server): Promise<number> {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return new Promise((resolve) => server.close(() => resolve(port)));
}
