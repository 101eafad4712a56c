import { type FileBody, type Route, takesBody } from "../../shared/contracts/api/route.ts";
import type { RouteName } from "../../shared/contracts/api/routes.ts";
import type { Principal } from "../../shared/tenants/tenant.ts";
import type { ApiPorts } from "./api-ports.ts";
import { authenticate } from "./authenticate.ts";
import { inWordsOf, responseOf } from "./error-response.ts";
import { RouteNotFoundError } from "./errors.ts";
import { type ApiEvent, bodyTextOf, headerOf, pathOf, queryOf, uploadOf } from "./request.ts";
import { type ApiResponse, emptyResponse, fileResponse, jsonResponse } from "./response.ts";
import { matchRoute, type RouteMatch } from "./router.ts";
import { checkParams, readBody, readHeaders, readQuery } from "./validate.ts";

/** What a route takes unless it says otherwise. */
const defaultMaxBodyBytes = 1024 * 1024;

type Answer = { status: number; body: unknown; headers?: Record<string, string> };

/** A handler with its route's types put aside: `serveRoutes` gives it what that route's schemas made. */
type AnyHandler = (request: never) => Promise<Answer>;

/** Runs a request that may come again with the same `Idempotency-Key`. */
export type RunOnce = (
  event: ApiEvent,
  route: Route,
  caller: Principal,
  run: () => Promise<ApiResponse>,
) => Promise<ApiResponse>;

export type ServeOptions = {
  /** For the routes that change something. @default each request runs */
  runOnce?: RunOnce;
  /** Last hand on a successful answer. */
  finish?: (response: ApiResponse, event: ApiEvent) => ApiResponse;
};

const runAlways: RunOnce = (_event, _route, _caller, run) => run();
const asItIs = (response: ApiResponse) => response;

/**
 * The routes of one function from event to answer. It never throws: what goes wrong becomes an error envelope.
 * @param handlers of the routes that this function answers; the gateway sends it no other one
 */
export const serveRoutes = (
  handlers: { readonly [Name in RouteName]?: AnyHandler },
  ports: Pick<ApiPorts, "clock" | "log">,
  { runOnce = runAlways, finish = asItIs }: ServeOptions = {},
): ((event: ApiEvent) => Promise<ApiResponse>) => {
  const dispatch = async (event: ApiEvent, seen: RequestLog): Promise<ApiResponse> => {
    const path = pathOf(event);
    const matched = matchRoute(event.requestContext.http.method, path);
    const handle = handlers[matched.name];
    if (handle === undefined) throw new RouteNotFoundError(path);
    seen.operation = matched.name;
    return answer(event, matched, handle, seen).catch((error: unknown) => {
      throw inWordsOf(matched.route, error);
    });
  };

  const answer = async (
    event: ApiEvent,
    { route, params }: RouteMatch,
    handle: AnyHandler,
    seen: RequestLog,
  ): Promise<ApiResponse> => {
    const caller = authenticate(route.access, event.requestContext.authorizer?.lambda);
    seen.caller = caller;
    const query = readQuery(route.query, queryOf(event));
    const headers = readHeaders(route.headers, (name) => headerOf(event, name));
    const body = await bodyOf(event, route);
    const request = {
      params: checkParams(params, route.freeParams),
      query,
      headers,
      body,
      caller,
      accept: headerOf(event, "accept"),
    };
    // The schemas above are those that the handler's types come from.
    const run = async () => toResponse(await handle(request as never));
    return caller === undefined ? run() : runOnce(event, route, caller, run);
  };

  return async (event) => {
    const startedAtMs = ports.clock.nowMs();
    const { requestId } = event.requestContext;
    const seen: RequestLog = {};
    const response = await dispatch(event, seen)
      .then((answered) => finish(answered, event))
      .catch((error: unknown) => {
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

/** The request's body as its route has it: JSON, or the file of a form. */
const bodyOf = async (event: ApiEvent, route: Route): Promise<object> => {
  const { method, upload, body, maxBodyBytes = defaultMaxBodyBytes } = route;
  if (!takesBody(method)) return {};
  return upload === undefined
    ? readBody(body, bodyTextOf(event, maxBodyBytes))
    : uploadOf(event, upload.field, maxBodyBytes);
};

const toResponse = ({ status, body, headers }: Answer): ApiResponse => {
  if (body === undefined) return emptyResponse(status, headers);
  if (isFile(body)) return fileResponse(status, body.mediaType, body.bytes, headers);
  return jsonResponse(status, body, headers);
};

const isFile = (body: unknown): body is FileBody =>
  typeof body === "object" && body !== null && "bytes" in body && body.bytes instanceof Uint8Array;
