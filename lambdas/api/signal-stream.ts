import * as z from "zod";
import { id } from "../../shared/contracts/api/envelope.ts";
import type { FoundSignal } from "../../shared/first-signal/find-signal.ts";
import { parseRunId, type RunId } from "../../shared/first-signal/run.ts";
import { isFinalSignal, signalEtag } from "../../shared/first-signal/signal.ts";
import {
  type SignalStreamPorts,
  type SignalStreamSettings,
  type StreamEnd,
  streamSignals,
  type WritePart,
} from "../../shared/first-signal/stream-signals.ts";
import { hashStreamTicket, opensStream, type StreamTicketStore } from "../../shared/first-signal/stream-ticket.ts";
import { NotFoundError } from "../../shared/jobs/errors.ts";
import { UnauthorizedError } from "../../shared/tenants/errors.ts";
import { authenticate } from "./authenticate.ts";
import { type AuthorizerPorts, identifyCaller } from "./authorize.ts";
import { responseOf } from "./error-response.ts";
import { MethodNotAllowedError, RouteNotFoundError } from "./errors.ts";
import { ownRun, tenantOf } from "./first-signal.ts";
import { type ApiEvent, headerOf, pathOf, queryOf } from "./request.ts";
import { type ApiResponse, emptyResponse, textResponse } from "./response.ts";
import { readHeaders } from "./validate.ts";

export type SignalStreamApiPorts = SignalStreamPorts & {
  tickets: Pick<StreamTicketStore, "find">;
  apiKeys: AuthorizerPorts["apiKeys"];
  settings: SignalStreamSettings;
  log: { info(event: string, fields: Record<string, unknown>): void } & AuthorizerPorts["log"];
};

/** What a request for a stream gets: its head, and what writes its body as it happens; without `tell` the body is whole. */
export type StreamAnswer = ApiResponse & { tell?: (write: WritePart) => Promise<StreamEnd> };

const streamPath = /^\/api\/v1\/jobengine\/stream\/runs\/([^/]+)\/?$/;

/**
 * Answers a request of the function URL of streams. It never throws: what goes wrong before the stream begins becomes an
 * error envelope.
 */
export const openSignalStream = async (ports: SignalStreamApiPorts, event: ApiEvent): Promise<StreamAnswer> => {
  const { requestId } = event.requestContext;
  try {
    return await answer(ports, event);
  } catch (error) {
    const failed = responseOf(error, requestId);
    if (failed.statusCode >= 500) ports.log.error("signal_stream.failed", { requestId, error });
    return { ...failed, headers: { ...failed.headers, "x-request-id": requestId } };
  }
};

const answer = async (ports: SignalStreamApiPorts, event: ApiEvent): Promise<StreamAnswer> => {
  const path = pathOf(event);
  const runId = streamPath.exec(path)?.[1];
  if (runId === undefined) throw new RouteNotFoundError(path);
  if (event.requestContext.http.method !== "GET")
    throw new MethodNotAllowedError(event.requestContext.http.method, ["GET"]);
  const { tenantId, run } = await admit(ports, event, runId);
  const found = await ports.findSignal(tenantId, run);
  if (found === undefined) throw new NotFoundError("run", runId);
  const lastEventId = headerOf(event, "last-event-id");
  // An EventSource stops connecting again on 204: the client has the run's end.
  if (isToldToTheEnd(found, lastEventId)) return emptyResponse(204);
  const correlationId = event.requestContext.requestId;
  return {
    ...textResponse(200, "text/event-stream; charset=utf-8", "", { "x-request-id": correlationId }),
    tell: (write) => streamSignals(ports, ports.settings, { tenantId, run, lastEventId, correlationId }, found, write),
  };
};

const isToldToTheEnd = ({ signal }: FoundSignal, lastEventId: string | undefined): boolean =>
  signal !== undefined && isFinalSignal(signal) && signalEtag(signal) === lastEventId;

/** A ticket in the address, or a tenant's key and name in the headers. @throws UnauthorizedError, InvalidRequestError */
const admit = async (
  ports: SignalStreamApiPorts,
  event: ApiEvent,
  runId: string,
): Promise<{ tenantId: string; run: RunId }> => {
  const { ticket } = queryOf(event);
  if (ticket !== undefined) {
    const found = await ports.tickets.find(hashStreamTicket(ticket));
    const run = parseRunId(runId);
    if (run === undefined || !opensStream(found, run.id, ports.clock.nowMs()))
      throw new UnauthorizedError("the ticket is over, or of another run: ask for a new one");
    return { tenantId: found.tenantId, run };
  }
  // The admin key, which is in Secrets Manager, is not known here: operators take a ticket.
  const keys = { apiKeys: ports.apiKeys, log: ports.log, readAdminKey: async () => "" };
  const caller = authenticate("read-or-admin", await identifyCaller(keys, headerOf(event, "authorization")));
  if (caller?.kind !== "tenant") throw new UnauthorizedError("send an API key, or take a ticket");
  const headers = namedTenant.parse(readHeaders(namedTenant, (name) => headerOf(event, name)));
  const tenantId = tenantOf(caller);
  return { tenantId, run: ownRun(runId, headers["X-Tenant-Id"], tenantId) };
};

const namedTenant = z.object({ "X-Tenant-Id": id });
