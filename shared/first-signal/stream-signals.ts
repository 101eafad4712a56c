import type { Clock } from "../jobs/ports.ts";
import type { FoundSignal, SignalDiagnostics, SignalFinder } from "./find-signal.ts";
import type { RunId } from "./run.ts";
import {
  type FirstSignal,
  isFinalSignal,
  signalEtag,
  signalId,
  signalKinds,
  signalPhases,
  toSignalTime,
} from "./signal.ts";

export type SignalStreamSettings = {
  /** From one look at the run to the next. */
  pollIntervalMs: number;
  /** A comment is sent when nothing else was for so long, so that nobody on the way takes the stream for dead. */
  heartbeatMs: number;
  /** The server ends the stream after it; the client connects again and goes on. */
  durationMs: number;
  /** What the client is told to wait before it connects again. */
  retryMs: number;
};

export type SignalStreamPorts = { findSignal: SignalFinder; clock: Clock };

export type StreamedRun = {
  tenantId: string;
  run: RunId;
  /** ETag of the event that the client had last. */
  lastEventId: string | undefined;
  correlationId: string;
};

/**
 * Writes a part of the stream and resolves when the client has taken enough to be sent more, so that a client that reads
 * slowly holds one part and no more. `false` when it is gone, or has taken nothing until `deadlineMs`.
 */
export type WritePart = (text: string, deadlineMs: number) => Promise<boolean>;

/** How a stream ended: what it was about did, its time is over, or nobody reads it. */
export type StreamEnd = "run_ended" | "run_gone" | "time_over" | "client_gone";

/** Tells a run's signals as they change, as server-sent events. The first look was made already: `found`. */
export const streamSignals = async (
  { findSignal, clock }: SignalStreamPorts,
  settings: SignalStreamSettings,
  { tenantId, run, lastEventId, correlationId }: StreamedRun,
  found: FoundSignal,
  write: WritePart,
): Promise<StreamEnd> => {
  const endsAtMs = clock.nowMs() + settings.durationMs;
  let writtenAtMs = clock.nowMs();
  const send = (text: string): Promise<boolean> => {
    writtenAtMs = clock.nowMs();
    return write(text, endsAtMs);
  };
  if (!(await send(`retry: ${settings.retryMs}\n\n`))) return "client_gone";
  let told = lastEventId;
  let isUnavailable = false;
  for (let now: FoundSignal | undefined = found; ; now = await findSignal(tenantId, run)) {
    if (now === undefined) return "run_gone";
    const { signal } = now;
    const isNews = signal !== undefined && signalEtag(signal) !== told;
    // It says when it was asked: each one would be new.
    const isSaid = signal?.kind === "unavailable" && isUnavailable;
    if (isNews && !isSaid) {
      told = signalEtag(signal);
      if (!(await send(signalEvent(signal, now, correlationId)))) return "client_gone";
    }
    isUnavailable = signal?.kind === "unavailable";
    if (signal !== undefined && isFinalSignal(signal)) return "run_ended";
    if (clock.nowMs() - writtenAtMs >= settings.heartbeatMs && !(await send(": heartbeat\n\n"))) return "client_gone";
    const leftMs = endsAtMs - clock.nowMs();
    if (leftMs <= 0) return "time_over";
    await clock.sleep(Math.min(settings.pollIntervalMs, leftMs));
  }
};

/** One `first_signal` event, in the shape of `seeds/3`. */
export const signalEvent = (signal: FirstSignal, diagnostics: SignalDiagnostics, correlationId: string): string => {
  const etag = signalEtag(signal);
  const data = {
    runId: signal.runId,
    etag,
    signal: {
      version: "1.0",
      signalId: signalId(signal),
      jobId: signal.jobId,
      timestamp: toSignalTime(signal.at),
      kind: signalKinds.indexOf(signal.kind),
      phase: signalPhases.indexOf(signal.phase),
      scope: { type: "run", id: signal.runId },
      summary: signal.message,
      etaSeconds: null,
      lastKnownOutcome: signal.lastKnownOutcome,
      nextActions: signal.nextActions,
      diagnostics: {
        cacheHit: diagnostics.cacheStatus === "hit",
        source: diagnostics.source,
        correlationId,
      },
    },
  };
  return `id: ${etag}\nevent: first_signal\ndata: ${JSON.stringify(data)}\n\n`;
};
