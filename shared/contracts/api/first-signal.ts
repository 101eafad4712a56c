import * as z from "zod";
import { dataOf, id, moment } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

/** As `seeds/3` writes times: the offset in full. */
const signalTime = z.iso.datetime({ offset: true }).meta({ example: "2026-03-14T09:26:53+00:00" });

const signalType = z
  .enum(["queued", "started", "phase", "blocked", "failed", "succeeded", "canceled", "unavailable"])
  .meta({ id: "FirstSignalType" });

const signalStage = z
  .enum(["resolve", "fetch", "restore", "analyze", "policy", "report", "unknown"])
  .meta({ id: "FirstSignalStage" });

export const firstSignalAnswer = z
  .object({
    runId: z.string(),
    firstSignal: z.object({
      type: signalType,
      stage: signalStage,
      step: z.string().nullable().meta({ description: "Our own name of the stage." }),
      message: z.string(),
      at: signalTime,
      artifact: z.object({ kind: z.literal("run"), range: z.null() }),
    }),
    summaryEtag: z.string().meta({ example: 'W/"4f1c2b8e0a6d4e7f9b3c5a1d8e2f6b70"' }),
  })
  .meta({ id: "FirstSignal" });

const etagHeader = { ETag: "Weak, of what the signal says." };
const diagnostics = {
  "Cache-Status": "`hit` when the signal was remembered, else `miss`.",
  "X-FirstSignal-Source": "`snapshot`, `cold_start` or, made from the failure that its job recorded, `failure_index`.",
};

/** What every route of runs asks for. */
export const runHeaders = z.object({
  "X-Tenant-Id": id.meta({ description: "The credential's own tenant; the admin key's is `provider-catalog`." }),
});

export const streamTicket = z
  .object({
    url: z
      .url()
      .meta({ description: "Opens the stream without any header: `new EventSource(url)`. It is a credential." }),
    expiresAt: moment,
  })
  .meta({ id: "StreamTicket" });

export const firstSignalRoutes = defineRoutes({
  createStreamTicket: {
    method: "POST",
    path: "/api/v1/jobengine/runs/{runId}/stream-ticket",
    access: "read-or-admin",
    tag: "First signal",
    summary: "An address under which a browser's EventSource can follow the run",
    description: "Good for an hour, for this run alone. Asked for again it is another one.",
    headers: runHeaders,
    changesNothing: true,
    answers: { 200: { description: "The address.", schema: dataOf(streamTicket) } },
    errors: [404],
  },
  streamRun: {
    method: "GET",
    path: "/api/v1/jobengine/stream/runs/{runId}",
    access: "read-or-admin",
    tag: "First signal",
    summary: "Follow the run: server-sent events, `first_signal` each time that its signal changes",
    description: [
      "An HTTP API cannot stream, so that this leads to where the stream is, with a ticket in the address. There the event's id",
      "is the signal's ETag; `Last-Event-ID` goes on after it, and 204 says that the run's last signal was told.",
    ].join(" "),
    headers: runHeaders,
    answers: { 307: { description: "Where the stream is.", location: true } },
    errors: [404],
  },
  getFirstSignal: {
    method: "GET",
    path: "/api/v1/jobengine/runs/{runId}/first-signal",
    access: "read-or-admin",
    tag: "First signal",
    summary: "The first meaningful thing to say of a run",
    description: [
      "A run is a sync job, a job of a session or, for the admin key, a run of the orchestrator or a sync of a provider",
      "surface: its id tells. What cannot be read in time is `unavailable`, which is not to be kept.",
    ].join(" "),
    headers: runHeaders.extend({
      "If-None-Match": z
        .string()
        .optional()
        .meta({ description: "ETags of earlier answers, comma-separated, or `*`." }),
    }),
    answers: {
      200: {
        description: "The signal.",
        schema: firstSignalAnswer,
        headers: { ...etagHeader, "Cache-Control": "`private, max-age=60`", ...diagnostics },
      },
      204: { description: "The run has no signal yet: it has no jobs.", headers: diagnostics },
      304: { description: "`If-None-Match` names the signal's ETag.", headers: { ...etagHeader, ...diagnostics } },
    },
    errors: [404],
  },
});
