import type { SessionApiRoutes } from "../../shared/contracts/api/routes.ts";
import type { SessionPorts } from "../../shared/sessions/ports.ts";
import type { ApiPorts } from "./api-ports.ts";
import { runIdempotently } from "./idempotency.ts";
import type { ApiEvent } from "./request.ts";
import type { ApiResponse } from "./response.ts";
import type { HandlersOf } from "./route-handler.ts";
import { serveRoutes } from "./serve-routes.ts";
import { sessionDocumentationHandlers } from "./session-documentation.ts";
import { sessionJobHandlers } from "./session-jobs.ts";
import { sessionHandlers } from "./sessions.ts";

export type SessionApiPorts = Pick<ApiPorts, "idempotency" | "randomBytes" | "clock" | "log"> & {
  sessionPorts: SessionPorts;
};

/** The routes of sessions, a function of their own: it carries the job types, whose schemas it checks inputs with. */
export const createSessionApi = (ports: SessionApiPorts): ((event: ApiEvent) => Promise<ApiResponse>) => {
  const { sessionPorts } = ports;
  const handlers: HandlersOf<SessionApiRoutes> = {
    ...sessionHandlers(sessionPorts),
    ...sessionDocumentationHandlers(sessionPorts),
    ...sessionJobHandlers(sessionPorts),
  };
  return serveRoutes(handlers, ports, {
    runOnce: (event, route, caller, run) => runIdempotently(ports, event, route, caller, run),
  });
};
