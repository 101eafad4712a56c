import { type DeadLettersApiPorts, deadLetterHandlers } from "./dead-letters.ts";
import type { ApiEvent } from "./request.ts";
import type { ApiResponse } from "./response.ts";
import { serveRoutes } from "./serve-routes.ts";

/**
 * The routes of dead letters, a function of their own: the one that every tenant reaches may touch none of these queues.
 */
export const createDeadLettersApi = (ports: DeadLettersApiPorts): ((event: ApiEvent) => Promise<ApiResponse>) =>
  serveRoutes(deadLetterHandlers(ports), ports);
