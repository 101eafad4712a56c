import type { ApiPorts } from "./api-ports.ts";
import { compressed } from "./compress-response.ts";
import { diffHandlers } from "./diff.ts";
import type { SidePorts } from "./diff-sides.ts";
import { type ApiEvent, headerOf } from "./request.ts";
import type { ApiResponse } from "./response.ts";
import { serveRoutes } from "./serve-routes.ts";

export type DiffApiPorts = SidePorts & Pick<ApiPorts, "clock" | "log">;

/**
 * `POST /api/diff`, a function of its own: it carries the engine, reaches out to the internet, and takes memory and time
 * that no other route does.
 */
export const createDiffApi = (ports: DiffApiPorts): ((event: ApiEvent) => Promise<ApiResponse>) =>
  serveRoutes(diffHandlers(ports), ports, {
    finish: (response, event) => compressed(response, headerOf(event, "accept-encoding")),
  });
