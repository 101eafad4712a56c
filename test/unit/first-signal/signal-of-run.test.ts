import { describe, expect, it } from "vitest";
import { parseRunId, type Run } from "../../../shared/first-signal/run.ts";
import { signalEtag, signalId } from "../../../shared/first-signal/signal.ts";
import { signalOfRun } from "../../../shared/first-signal/signal-of-run.ts";
import type { SyncJob } from "../../../shared/jobs/job.ts";
import type { RunRecord } from "../../../shared/orchestrator/run-record.ts";
import type { SessionJob } from "../../../shared/sessions/session.ts";
import { syncJobFixture } from "../sync-fixtures.ts";
import { runRecordFixture, sessionJobFixture } from "./run-fixtures.ts";

const createdAt = "2025-12-31T23:00:00.000Z";
const startedAt = "2025-12-31T23:00:01.000Z";
const fetchedAt = "2025-12-31T23:00:02.000Z";
const updatedAt = "2025-12-31T23:00:03.000Z";
const finishedAt = "2025-12-31T23:00:04.000Z";

const told = (run: Run) => {
  const signal = signalOfRun(run);
  return signal && [signal.kind, signal.phase, signal.step, signal.message, signal.at];
};
const sync = (fields: Partial<SyncJob>): Run => ({ type: "sync", job: syncJobFixture({ updatedAt, ...fields }) });
const running = (fields: Partial<SyncJob>) => sync({ status: "running", startedAt, ...fields });
const session = (fields: Partial<SessionJob>): Run => ({ type: "session", job: sessionJobFixture(fields) });
const orchestrator = (fields: Partial<RunRecord>): Run => ({ type: "orchestrator", record: runRecordFixture(fields) });

const fetched = { fetch: { at: fetchedAt, term: 1, output: {} } };
const error = {
  at: updatedAt,
  stage: "fetch",
  attempt: 1,
  name: "HttpStatusError",
  message: "the host answered 500",
  kind: "retryable",
} as const;
const pause = {
  id: "p",
  setBy: "tenant",
  reason: "the host is being moved",
  pausedAt: updatedAt,
  pausedBy: "k",
} as const;

describe("the signal of a sync job", () => {
  it.each<[string, Run, unknown[]]>([
    ["waits", sync({}), ["queued", "unknown", null, "Run queued", createdAt]],
    ["waits again", sync({ attempt: 2 }), ["queued", "unknown", null, "Run queued again, attempt 2", updatedAt]],
    [
      "waits for its tenant's pause",
      { type: "sync", job: syncJobFixture(), pause },
      ["blocked", "unknown", null, "Waits for the end of a pause: the host is being moved", updatedAt],
    ],
    [
      "waits for an operator's pause, whose reason is the operator's",
      {
        type: "sync",
        job: syncJobFixture(),
        pause: { ...pause, setBy: "operator", pausedAt: "2020-01-01T00:00:00.000Z" },
      },
      ["blocked", "unknown", null, "Waits for the end of an operator's pause", createdAt],
    ],
    ["has begun", running({}), ["started", "fetch", "fetch", "Run started", startedAt]],
    [
      "is asked to cancel",
      running({ cancelRequestedAt: updatedAt }),
      ["started", "fetch", "fetch", "Run started (asked to cancel)", startedAt],
    ],
    [
      "says of its work",
      running({ progress: { message: "reading", completed: 1, total: 4 } }),
      ["phase", "fetch", "fetch", "Fetching the document: reading (1 of 4)", startedAt],
    ],
    ...(
      [
        ["parse", "analyze", "Reading the document"],
        ["normalize", "analyze", "Normalizing the document"],
        ["snapshot", "restore", "Comparing with the current snapshot"],
        ["diff", "policy", "Judging what changed"],
        ["persist", "report", "Writing the changes down"],
        ["alert", "report", "Alerting"],
        ["notify", "report", "Telling the subscribers"],
        ["done", "report", "Finishing"],
      ] as const
    ).map(([stage, phase, message]): [string, Run, unknown[]] => [
      `is in ${stage}`,
      running({ stage, checkpoints: fetched }),
      ["phase", phase, stage, message, fetchedAt],
    ]),
    [
      "waits for the host",
      running({ rateLimitedUntil: "2026-01-01T00:00:00.000Z", checkpoints: {} }),
      ["blocked", "fetch", "fetch", "Waits for the host until 2026-01-01T00:00:00.000Z", updatedAt],
    ],
    [
      "failed",
      sync({ status: "failed", errors: [error], finishedAt }),
      ["failed", "fetch", "fetch", "the host answered 500", finishedAt],
    ],
    [
      "was cancelled",
      sync({ status: "cancelled", stage: "diff", finishedAt }),
      ["canceled", "policy", "diff", "Run canceled", finishedAt],
    ],
    ...(
      [
        ["baseline", "the first snapshot was taken"],
        ["changed", "the document changed"],
        ["unchanged", "nothing changed"],
      ] as const
    ).map(([outcome, message]): [string, Run, unknown[]] => [
      `ended ${outcome}`,
      sync({ status: "finished", stage: "done", outcome, finishedAt }),
      ["succeeded", "report", "done", `Run succeeded: ${message}`, finishedAt],
    ]),
  ])("that %s", (_, run, expected) => {
    expect(told(run)).toEqual(expected);
  });

  it("names its last failure until it succeeds, and how it can be tried again", () => {
    const lastKnownOutcome = { errorCode: "HttpStatusError", summary: "the host answered 500", at: updatedAt };
    const retry = {
      type: "retry",
      label: "Retry the sync",
      target: "/api/sync-jobs/01KDTV00000000000JOB000001/retry",
    };
    const parts = (fields: Partial<SyncJob>) => {
      const { lastKnownOutcome: last, nextActions } = signalOfRun(sync({ errors: [error], ...fields })) ?? {};
      return [last, nextActions];
    };
    expect(parts({ status: "running", startedAt })).toEqual([lastKnownOutcome, null]);
    expect(parts({ status: "failed" })).toEqual([lastKnownOutcome, [retry]]);
    expect(parts({ status: "cancelled", errors: [] })).toEqual([null, [retry]]);
    expect(parts({ status: "failed", type: "provider.sync" })).toEqual([lastKnownOutcome, null]);
    expect(parts({ status: "finished" })).toEqual([null, null]);
  });

  it("changes its ETag and id with what it says, and with nothing else", () => {
    const of = (fields: Partial<SyncJob>) => {
      const signal = signalOfRun(running({ checkpoints: fetched, stage: "parse", ...fields }));
      return signal && [signalEtag(signal), signalId(signal)];
    };
    const same = of({});
    expect(same?.[0]).toMatch(/^W\/"[0-9a-f]{32}"$/);
    expect(of({ leaseExpiresAtMs: 5, leaseOwner: "w", term: 9, updatedAt: finishedAt })).toEqual(same);
    const others = [of({ stage: "diff" }), of({ progress: { message: "reading" } }), of({ errors: [error] })];
    expect(new Set([same, ...others].map((pair) => pair?.[0])).size).toBe(4);
  });
});

describe("the signal of a session's job", () => {
  const at = "2026-01-01T10:00:00.000Z";
  it.each<[string, Run, unknown[]]>([
    ["waits", session({}), ["queued", "unknown", null, "Run queued", at]],
    ["has begun", session({ status: "running", startedAt }), ["started", "fetch", "running", "Run started", startedAt]],
    [
      "reports",
      session({ status: "running", startedAt, stage: "processing", report: { message: "Reading", completed: 2 } }),
      ["phase", "analyze", "processing", "Reading (2)", startedAt],
    ],
    [
      "goes on from saved progress",
      session({ status: "running", startedAt, progress: { sha256: "a", json: "{}" } }),
      ["phase", "fetch", "running", "Working", startedAt],
    ],
    [
      "waits for a host",
      session({ status: "running", startedAt, waitingUntil: "2026-01-01T10:01:00.000Z" }),
      ["blocked", "fetch", "running", "Waits for the host until 2026-01-01T10:01:00.000Z", at],
    ],
    [
      "failed",
      session({ status: "failed", errors: ["no page was found"], finishedAt }),
      ["failed", "fetch", "running", "no page was found", finishedAt],
    ],
    [
      "was cancelled",
      session({ status: "cancelled", errors: ["Job cancelled/interrupted: by hand"], finishedAt }),
      ["canceled", "fetch", "running", "Job cancelled/interrupted: by hand", finishedAt],
    ],
    [
      "reused a result",
      session({
        type: "discovery.getCandidateLinks",
        status: "finished",
        note: "Reused output from job j",
        finishedAt,
      }),
      ["succeeded", "resolve", "running", "Run succeeded: Reused output from job j", finishedAt],
    ],
  ])("that %s", (_, run, expected) => {
    expect(told(run)).toEqual(expected);
  });
});

describe("the signal of an orchestrator run", () => {
  const at = "2026-01-01T10:00:05.000Z";
  it.each<[string, Partial<RunRecord>, unknown[] | undefined]>([
    ["has begun", { isOpen: true, status: "running", jobsSubmitted: 0 }, undefined],
    ["submitted nothing", { jobsSubmitted: 0 }, undefined],
    ["was dry", { dryRun: true }, undefined],
    ["failed", { status: "failed", jobsSubmitted: 0, error: "the table" }, ["failed", "report", null, "the table", at]],
    ["waits for its checks", {}, ["phase", "analyze", null, "0 of 2 checks ended", at]],
    [
      "lost one of its checks",
      { jobsFailed: 1 },
      ["phase", "analyze", null, "1 of 2 checks ended, 1 of them failed", at],
    ],
    [
      "ended with failures",
      { jobsFailed: 1, jobsCompleted: 1 },
      ["failed", "report", null, "1 of 2 checks failed", at],
    ],
    ["ended", { jobsCompleted: 2 }, ["succeeded", "report", null, "Run succeeded: 2 checks ended", at]],
  ])("that %s", (_, fields, expected) => {
    expect(told(orchestrator(fields))).toEqual(expected);
  });
});

describe("a run's id", () => {
  it.each([
    ["01KDTV00000000000JEB000001", { type: "sync", id: "01KDTV00000000000JEB000001" }],
    ["0190F000-0000-7000-8000-000000000001", { type: "session", id: "0190f000-0000-7000-8000-000000000001" }],
    ["42", { type: "orchestrator", id: "42" }],
    ["042", undefined],
    ["-1", undefined],
    ["latest", undefined],
    ["01KDTV00000000000JEB00000", undefined],
  ])("%s tells what it is of", (text, expected) => {
    expect(parseRunId(text)).toEqual(expected);
  });
});
