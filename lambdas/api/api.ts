import { type FileBody, takesBody } from "../../shared/contracts/api/route.ts";
import type { Routes } from "../../shared/contracts/api/routes.ts";
import type { Principal } from "../../shared/tenants/tenant.ts";
import { alertPreferenceHandlers } from "./alert-preferences.ts";
import type { ApiPorts } from "./api-ports.ts";
import { authenticate } from "./authenticate.ts";
import { changeHandlers } from "./changes.ts";
import { channelHandlers } from "./channels.ts";
import { unlessMatched } from "./conditional.ts";
import { deliveryHandlers } from "./deliveries.ts";
import { dependencyHandlers } from "./dependencies.ts";
import { dependencyRulesHandlers } from "./dependency-rules.ts";
import { responseOf } from "./error-response.ts";
import { feedHandlers } from "./feeds.ts";
import { runIdempotently } from "./idempotency.ts";
import { keyHandlers } from "./keys.ts";
import { type ApiEvent, bodyTextOf, pathOf, queryOf } from "./request.ts";
import { type ApiResponse, emptyResponse, fileResponse, jsonResponse } from "./response.ts";
import type { HandlersOf } from "./route-handler.ts";
import { matchRoute } from "./router.ts";
import { snapshotHandlers } from "./snapshots.ts";
import { syncJobHandlers } from "./sync-jobs.ts";
import { systemHandlers } from "./system.ts";
import { tenantHandlers } from "./tenants.ts";
import { usageHandlers } from "./usage.ts";
import { checkParams, readBody, readQuery } from "./validate.ts";

/** What a route takes unless it says otherwise. */
const defaultMaxBodyBytes = 1024 * 1024;

/** A handler with its route's types put aside: `dispatch` gives it what that route's schemas made. */
type AnyHandler = (request: never) => Promise<{ status: number; body: unknown; headers?: Record<string, string> }>;

/**
 * The whole API as one function from event to answer. It never throws: what goes wrong becomes an error envelope.
 *
 * @example const api = createApi(ports); (await api(event)).statusCode
 */
export const createApi = (ports: ApiPorts): ((event: ApiEvent) => Promise<ApiResponse>) => {
  const handlers: HandlersOf<Routes> = {
    ...systemHandlers(),
    ...tenantHandlers(ports),
    ...keyHandlers(ports),
    ...dependencyHandlers(ports),
    ...dependencyRulesHandlers(ports),
    ...usageHandlers(ports),
    ...feedHandlers(ports),
    ...syncJobHandlers(ports),
    ...snapshotHandlers(ports),
    ...changeHandlers(ports),
    ...channelHandlers(ports),
    ...alertPreferenceHandlers(ports),
    ...deliveryHandlers(ports),
  };

  const dispatch = async (event: ApiEvent, seen: RequestLog): Promise<ApiResponse> => {
    const { name, route, params } = matchRoute(event.requestContext.http.method, pathOf(event));
    seen.operation = name;
    const caller = authenticate(route.access, event.requestContext.authorizer?.lambda);
    seen.caller = caller;
    const query = readQuery(route.query, queryOf(event));
    const body = takesBody(route.method)
      ? readBody(route.body, bodyTextOf(event, route.maxBodyBytes ?? defaultMaxBodyBytes))
      : {};
    const request = { params: checkParams(params), query, body, caller };
    const handle: AnyHandler = handlers[name];
    // The schemas above are those that the handler's types come from.
    const run = async () => toResponse(await handle(request as never));
    const response = await (caller === undefined ? run() : runIdempotently(ports, event, route, caller, run));
    return unlessMatched(event, response);
  };

  return async (event) => {
    const startedAtMs = ports.clock.nowMs();
    const { requestId } = event.requestContext;
    const seen: RequestLog = {};
    const response = await dispatch(event, seen).catch((error: unknown) => {
      const failed = responseOf(error, requestId);
      if (failed.statusCode >= 500) ports.log.error("api.failed", { ...fieldsOf(seen), requestId, error });
      return failed;
    });
    const durationMs = ports.clock.nowMs() - startedAtMs;
    ports.log.info("api.answered", { ...fieldsOf(seen), requestId, status: response.statusCode, durationMs });
    return { ...response, headers: { ...response.headers, "x-request-id": requestId } };
  };
};

type RequestLog = { operation?: string; caller?: Principal | undefined };

const fieldsOf = ({ operation, caller }: RequestLog): Record<string, unknown> => ({
  operation,
  ...(caller?.kind === "tenant" ? { tenantId: caller.tenantId, keyId: caller.keyId } : {}),
});

const toResponse = ({ status, body, headers }: Awaited<ReturnType<AnyHandler>>): ApiResponse => {
  if (body === undefined) return emptyResponse(status);
  if (isFile(body)) return fileResponse(status, body.mediaType, body.bytes, headers);
  return jsonResponse(status, body, headers);
};

const isFile = (body: unknown): body is FileBody =>
  typeof body === "object" && body !== null && "bytes" in body && body.bytes instanceof Uint8Array;
