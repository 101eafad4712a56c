import type * as z from "zod";
import type { firstSignalAnswer, firstSignalRoutes } from "../../shared/contracts/api/first-signal.ts";
import type { SignalFinder } from "../../shared/first-signal/find-signal.ts";
import { parseRunId, type RunId } from "../../shared/first-signal/run.ts";
import { type FirstSignal, signalEtag, toSignalTime } from "../../shared/first-signal/signal.ts";
import { newStreamTicket, type StreamTicketStore } from "../../shared/first-signal/stream-ticket.ts";
import { NotFoundError } from "../../shared/jobs/errors.ts";
import type { Clock } from "../../shared/jobs/ports.ts";
import { catalogTenantId } from "../../shared/providers/catalog-tenant.ts";
import type { Principal } from "../../shared/tenants/tenant.ts";
import type { HandlersOf } from "./route-handler.ts";

export type FirstSignalPorts = {
  findSignal: SignalFinder;
  tickets: Pick<StreamTicketStore, "put">;
  /** Base of the function URL of streams. */
  streamUrl: string;
  randomBytes(count: number): Uint8Array;
  clock: Pick<Clock, "nowMs">;
};

export const firstSignalHandlers = (ports: FirstSignalPorts): HandlersOf<typeof firstSignalRoutes> => ({
  async getFirstSignal({ params, headers, caller }) {
    const run = ownRun(params.runId, headers["X-Tenant-Id"], tenantOf(caller));
    const found = await ports.findSignal(tenantOf(caller), run);
    if (found === undefined) throw new NotFoundError("run", params.runId);
    const { signal } = found;
    const diagnostics = { "cache-status": found.cacheStatus, "x-firstsignal-source": found.source };
    if (signal === undefined) return { status: 204, body: undefined, headers: diagnostics };
    const etag = signalEtag(signal);
    return {
      status: 200,
      body: toAnswer(signal, etag),
      // A minute of "unavailable" would outlast the outage.
      headers: {
        ...diagnostics,
        etag,
        "cache-control": signal.kind === "unavailable" ? "no-store" : "private, max-age=60",
      },
    };
  },

  async createStreamTicket({ params, headers, caller }) {
    const { url, expiresAtMs } = await ticketFor(ports, params.runId, headers["X-Tenant-Id"], caller);
    return { status: 200, body: { data: { url, expiresAt: new Date(expiresAtMs).toISOString() } } };
  },

  async streamRun({ params, headers, caller }) {
    const { url } = await ticketFor(ports, params.runId, headers["X-Tenant-Id"], caller);
    return { status: 307, body: undefined, headers: { location: url } };
  },
});

/** @throws NotFoundError when the caller's tenant has no such run */
const ticketFor = async (
  ports: FirstSignalPorts,
  runId: string,
  namedTenantId: string,
  caller: Principal,
): Promise<{ url: string; expiresAtMs: number }> => {
  const tenantId = tenantOf(caller);
  const run = ownRun(runId, namedTenantId, tenantId);
  if ((await ports.findSignal(tenantId, run)) === undefined) throw new NotFoundError("run", runId);
  const { ticket, secret } = newStreamTicket({ tenantId, runId: run.id }, ports.randomBytes(32), ports.clock.nowMs());
  await ports.tickets.put(ticket);
  const url = `${ports.streamUrl.replace(/\/$/, "")}/api/v1/jobengine/stream/runs/${run.id}?ticket=${secret}`;
  return { url, expiresAtMs: ticket.expiresAtMs };
};

/** What belongs to no tenant is the operator's. */
export const tenantOf = (caller: Principal): string => (caller.kind === "tenant" ? caller.tenantId : catalogTenantId);

/**
 * The run that is asked for, when the tenant that the request names is the credential's own.
 * @throws NotFoundError
 */
export const ownRun = (runId: string, namedTenantId: string, tenantId: string): RunId => {
  const run = parseRunId(runId);
  if (run === undefined || namedTenantId !== tenantId) throw new NotFoundError("run", runId);
  return run;
};

const toAnswer = (signal: FirstSignal, etag: string): z.output<typeof firstSignalAnswer> => ({
  runId: signal.runId,
  firstSignal: {
    type: signal.kind,
    stage: signal.phase,
    step: signal.step,
    message: signal.message,
    at: toSignalTime(signal.at),
    artifact: { kind: "run", range: null },
  },
  summaryEtag: etag,
});
