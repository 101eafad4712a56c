import type { deadLetterRoutes } from "../../shared/contracts/api/dead-letters.ts";
import type { firstSignalRoutes } from "../../shared/contracts/api/first-signal.ts";
import type { Routes, SessionApiRoutes } from "../../shared/contracts/api/routes.ts";
import { alertPreferenceHandlers } from "./alert-preferences.ts";
import type { ApiPorts } from "./api-ports.ts";
import { bulkRetryHandlers } from "./bulk-retry.ts";
import { changeHandlers } from "./changes.ts";
import { channelHandlers } from "./channels.ts";
import { unlessMatched } from "./conditional.ts";
import { deliveryHandlers } from "./deliveries.ts";
import { dependencyHandlers } from "./dependencies.ts";
import { dependencyRulesHandlers } from "./dependency-rules.ts";
import { embedJobHandlers } from "./embed-jobs.ts";
import { feedHandlers } from "./feeds.ts";
import { runIdempotently } from "./idempotency.ts";
import { keyHandlers } from "./keys.ts";
import { orchestratorHandlers } from "./orchestrator.ts";
import { pauseHandlers } from "./pauses.ts";
import { providerHandlers } from "./providers.ts";
import type { ApiEvent } from "./request.ts";
import type { ApiResponse } from "./response.ts";
import type { HandlersOf } from "./route-handler.ts";
import { serveRoutes } from "./serve-routes.ts";
import { snapshotHandlers } from "./snapshots.ts";
import { syncJobHandlers } from "./sync-jobs.ts";
import { systemHandlers } from "./system.ts";
import { tenantHandlers } from "./tenants.ts";
import { usageHandlers } from "./usage.ts";

/**
 * All routes but those that functions of their own answer (`diff-api.ts`, `search-api.ts`, `dead-letters-api.ts`,
 * `session-api.ts`, `first-signal-api.ts`), as one function from event to answer. It never throws: what goes wrong becomes an
 * error envelope.
 *
 * @example const api = createApi(ports); (await api(event)).statusCode
 */
export const createApi = (ports: ApiPorts): ((event: ApiEvent) => Promise<ApiResponse>) => {
  type Elsewhere =
    | "diff"
    | "searchOperations"
    | keyof typeof deadLetterRoutes
    | keyof SessionApiRoutes
    | keyof typeof firstSignalRoutes;
  const handlers: HandlersOf<Omit<Routes, Elsewhere>> = {
    ...systemHandlers(),
    ...tenantHandlers(ports),
    ...keyHandlers(ports),
    ...dependencyHandlers(ports),
    ...dependencyRulesHandlers(ports),
    ...usageHandlers(ports),
    ...embedJobHandlers(ports),
    ...feedHandlers(ports),
    ...syncJobHandlers(ports),
    ...bulkRetryHandlers(ports),
    ...snapshotHandlers(ports),
    ...changeHandlers(ports),
    ...channelHandlers(ports),
    ...alertPreferenceHandlers(ports),
    ...deliveryHandlers(ports),
    ...providerHandlers(ports),
    ...orchestratorHandlers(ports),
    ...pauseHandlers(ports),
  };
  return serveRoutes(handlers, ports, {
    runOnce: (event, route, caller, run) => runIdempotently(ports, event, route, caller, run),
    finish: (response, event) => unlessMatched(event, response),
  });
};
