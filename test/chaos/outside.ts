import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { Receivers } from "./receivers.ts";
import type { HostileUpstream } from "./upstream/hostile-upstream.ts";

/** The world outside on some `host:port`: documents are read from any of them, webhooks are posted to any of them. */
export const startOutside = async (addresses: readonly string[], upstream: HostileUpstream, receivers: Receivers) => {
  const servers: Server[] = [];
  const close = async () => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    }
  };
  try {
    for (const address of addresses) {
      const server = createServer((request, response) => {
        // Whoever was killed while it was answered is not missed.
        response.on("error", () => {});
        if (request.method === "POST") void receivers.answer(request, response);
        else upstream.answer(request, response);
      });
      const [host, port] = address.split(":");
      server.listen(Number(port), host);
      await once(server, "listening");
      servers.push(server);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
};
