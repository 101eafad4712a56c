import { createServer } from "node:net";
import { expect, it } from "vitest";
import { findFreePorts } from "../../../local/free-ports.ts";

it("finds different ports below those that systems give outgoing connections, and somebody can listen on each", async () => {
  const ports = await findFreePorts(25);
  expect(new Set(ports).size).toBe(25);
  expect(ports.filter((port) => port < 10_000 || port >= 32_768)).toEqual([]);
  const listening = ports.map(
    (port) =>
      new Promise((resolve, reject) => {
        const server = createServer().once("error", reject);
        server.listen(port, "127.0.0.1", () => server.close(() => resolve(port)));
      }),
  );
  expect(await Promise.all(listening)).toEqual(ports);
});
