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

/** `count` different ports of 127.0.0.1 that are free now. */
export async function findFreePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listenOn(0)));
  return Promise.all(servers.flatMap((server) => (server ? [close(server)] : [])));
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
