import { beforeEach, describe, expect, it } from "vitest";
import type { FoundSignal } from "../../../shared/first-signal/find-signal.ts";
import type { Run } from "../../../shared/first-signal/run.ts";
import { signalEtag, unavailableSignal } from "../../../shared/first-signal/signal.ts";
import { signalOfRun } from "../../../shared/first-signal/signal-of-run.ts";
import { streamSignals, type WritePart } from "../../../shared/first-signal/stream-signals.ts";
import { sessionJobFixture } from "./run-fixtures.ts";

const found = (fields: Parameters<typeof sessionJobFixture>[0]): FoundSignal => {
  const run: Run = { type: "session", job: sessionJobFixture(fields) };
  return { signal: signalOfRun(run), cacheStatus: "miss", source: "cold_start" };
};
const etagOf = ({ signal }: FoundSignal): string => (signal === undefined ? "" : signalEtag(signal));
const queued = found({});
const started = found({ status: "running", startedAt: "2026-01-01T10:00:01.000Z" });
const ended = found({ status: "finished", finishedAt: "2026-01-01T10:00:02.000Z" });
const none: FoundSignal = { signal: undefined, cacheStatus: "miss", source: "cold_start" };

const settings = { pollIntervalMs: 1_000, heartbeatMs: 3_000, durationMs: 10_000, retryMs: 2_000 };
const run = { type: "session", id: sessionJobFixture().id } as const;

let nowMs: number;
let written: string[];
beforeEach(() => {
  nowMs = 0;
  written = [];
});

const takeAll: WritePart = async (text) => {
  written.push(text);
  return true;
};

/** Tells what each look finds; the last one again and again. */
const stream = (looks: (FoundSignal | undefined)[], write = takeAll, lastEventId?: string) => {
  const rest = [...looks];
  const next = () => (rest.length > 1 ? rest.shift() : rest[0]);
  const [first] = looks;
  if (first === undefined) throw new Error("the first look finds a run");
  next();
  return streamSignals(
    {
      findSignal: async () => next(),
      clock: {
        nowMs: () => nowMs,
        async sleep(durationMs) {
          nowMs += durationMs;
        },
      },
    },
    settings,
    { tenantId: "t", run, lastEventId, correlationId: "request-1" },
    first,
    write,
  );
};

/** Comments by their text, events by their id. */
const parts = () =>
  written.map((text) =>
    /^(?:id: (.*)|: (.*)|(retry: .*))$/m
      .exec(text)
      ?.slice(1)
      .find((one) => one !== undefined),
  );

describe("a stream of signals", () => {
  it("tells each change once, in the documented shape, and ends with the run", async () => {
    expect(await stream([queued, queued, started, started, ended])).toBe("run_ended");
    expect(parts()).toEqual(["retry: 2000", etagOf(queued), etagOf(started), etagOf(ended)]);
    const [, event = ""] = written;
    expect(event).toMatch(/^id: W\/"[0-9a-f]{32}"\nevent: first_signal\ndata: \{.*\}\n\n$/);
    expect(JSON.parse(event.split("data: ")[1] ?? "")).toEqual({
      runId: run.id,
      etag: etagOf(queued),
      signal: {
        version: "1.0",
        signalId: expect.stringMatching(/^[0-9a-f]{32}$/),
        jobId: run.id,
        timestamp: "2026-01-01T10:00:00+00:00",
        kind: 0,
        phase: 6,
        scope: { type: "run", id: run.id },
        summary: "Run queued",
        etaSeconds: null,
        lastKnownOutcome: null,
        nextActions: null,
        diagnostics: { cacheHit: false, source: "cold_start", correlationId: "request-1" },
      },
    });
  });

  it("says nothing again to a client that has the last event", async () => {
    await stream([started, ended], takeAll, etagOf(started));
    expect(parts()).toEqual(["retry: 2000", etagOf(ended)]);
  });

  it("sends a heartbeat where there is nothing to tell, and ends when its time is over", async () => {
    expect(await stream([none])).toBe("time_over");
    expect(parts()).toEqual(["retry: 2000", "heartbeat", "heartbeat", "heartbeat"]);
    expect(nowMs).toBe(settings.durationMs);
  });

  it("says once that the run cannot be read, and what it is when it can be again", async () => {
    const away = (atMs: number): FoundSignal => ({ ...none, signal: unavailableSignal(run.id, atMs) });
    await stream([started, away(1), away(2), started, ended]);
    expect(parts()).toEqual(["retry: 2000", etagOf(started), etagOf(away(1)), etagOf(started), etagOf(ended)]);
  });

  it("ends when the run is deleted", async () => {
    expect(await stream([queued, undefined])).toBe("run_gone");
  });

  it("waits for a client that reads slowly, holds one part for it, and then tells the latest alone", async () => {
    let waiting = 0;
    const slow: WritePart = async (text) => {
      waiting += 1;
      expect(waiting).toBe(1);
      written.push(text);
      nowMs += 1_500;
      await Promise.resolve();
      waiting -= 1;
      return true;
    };
    expect(await stream([queued, ended], slow)).toBe("run_ended");
    expect(parts()).toEqual(["retry: 2000", etagOf(queued), etagOf(ended)]);
  });

  it("ends for a client that is gone, or takes nothing until the end", async () => {
    const deadlines: number[] = [];
    const gone: WritePart = async (_, deadlineMs) => {
      deadlines.push(deadlineMs);
      return false;
    };
    expect([await stream([queued], gone), deadlines]).toEqual(["client_gone", [settings.durationMs]]);
  });
});
