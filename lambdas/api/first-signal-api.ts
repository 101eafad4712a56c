import type { firstSignalRoutes } from "../../shared/contracts/api/first-signal.ts";
import type { ApiPorts } from "./api-ports.ts";
import { unlessMatched } from "./conditional.ts";
import { type FirstSignalPorts, firstSignalHandlers } from "./first-signal.ts";
import type { ApiEvent } from "./request.ts";
import type { ApiResponse } from "./response.ts";
import type { HandlersOf } from "./route-handler.ts";
import { serveRoutes } from "./serve-routes.ts";

/** The routes of first signals, a function of their own: it is asked often. */
export const createFirstSignalApi = (
  ports: Pick<ApiPorts, "clock" | "log"> & FirstSignalPorts,
): ((event: ApiEvent) => Promise<ApiResponse>) => {
  const handlers: HandlersOf<typeof firstSignalRoutes> = firstSignalHandlers(ports);
  return serveRoutes(handlers, ports, { finish: (response, event) => unlessMatched(event, response) });
};
