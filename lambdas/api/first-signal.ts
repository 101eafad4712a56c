import type * as z from "zod";
import type { firstSignalAnswer, firstSignalRoutes } from "../../shared/contracts/api/first-signal.ts";
import type { SignalFinder } from "../../shared/first-signal/find-signal.ts";
import { parseRunId, type RunId } from "../../shared/first-signal/run.ts";
import { type FirstSignal, signalEtag } from "../../shared/first-signal/signal.ts";
import { NotFoundError } from "../../shared/jobs/errors.ts";
import { catalogTenantId } from "../../shared/providers/catalog-tenant.ts";
import type { Principal } from "../../shared/tenants/tenant.ts";
import type { HandlersOf } from "./route-handler.ts";

export type FirstSignalPorts = { findSignal: SignalFinder };

export const firstSignalHandlers = ({ findSignal }: FirstSignalPorts): HandlersOf<typeof firstSignalRoutes> => ({
  async getFirstSignal({ params, headers, caller }) {
    const run = ownRun(params.runId, headers["X-Tenant-Id"], tenantOf(caller));
    const found = await findSignal(tenantOf(caller), run);
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
});

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

/** The wire's form of a time: no fraction where there is none, and the offset of UTC in full. */
export const toSignalTime = (iso: string): string => new Date(iso).toISOString().replace(/(\.000)?Z$/, "+00:00");
