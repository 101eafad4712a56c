import { createHash } from "node:crypto";
import { canonicalJson } from "../spec/canonical-json.ts";

/** Kinds of signals (`seeds/3`). A stream says them as numbers, by their place here. */
export const signalKinds = [
  "queued",
  "started",
  "phase",
  "blocked",
  "failed",
  "succeeded",
  "canceled",
  "unavailable",
] as const;
export type SignalKind = (typeof signalKinds)[number];

/** What a run is about at the time (`seeds/3`), whatever its own stages are called; numbers as for kinds. */
export const signalPhases = ["resolve", "fetch", "restore", "analyze", "policy", "report", "unknown"] as const;
export type SignalPhase = (typeof signalPhases)[number];

/** The last failure that the run's job recorded. */
export type LastKnownOutcome = {
  /** The error's literal name, where the job records it. */
  errorCode: string | null;
  summary: string;
  at: string;
};

/** What a person can do now. */
export type NextAction = { type: "retry"; label: string; target: string };

/** What can be said of a run. Nothing in it belongs to one request: the ETag is of all of it. */
export type FirstSignal = {
  runId: string;
  /** The run's job; the run itself where that is many jobs. */
  jobId: string;
  kind: SignalKind;
  phase: SignalPhase;
  /** Our own name of the stage. */
  step: string | null;
  message: string;
  /** When what it says began, ISO 8601. */
  at: string;
  lastKnownOutcome: LastKnownOutcome | null;
  nextActions: NextAction[] | null;
};

const sha256 = (signal: FirstSignal): string => createHash("sha256").update(canonicalJson(signal)).digest("hex");

/** Weak, because the bytes of an answer may differ where the signal is the same. */
export const signalEtag = (signal: FirstSignal): string => `W/"${sha256(signal).slice(0, 32)}"`;

/** Names one state of one run: the same signal has the same id, whoever tells it. */
export const signalId = (signal: FirstSignal): string => sha256(signal).slice(32);

/** Whether the run says nothing more, unless somebody starts it again. */
export const isFinalSignal = ({ kind }: FirstSignal): boolean =>
  kind === "failed" || kind === "succeeded" || kind === "canceled";

/** The run could not be read in time, and nothing is known of it from before. */
export const unavailableSignal = (runId: string, nowMs: number): FirstSignal => ({
  runId,
  jobId: runId,
  kind: "unavailable",
  phase: "unknown",
  step: null,
  message: "The run cannot be read at the moment; ask again",
  at: new Date(nowMs).toISOString(),
  lastKnownOutcome: null,
  nextActions: null,
});

/** The wire's form of a time: no fraction where there is none, and the offset of UTC in full. */
export const toSignalTime = (iso: string): string => new Date(iso).toISOString().replace(/(\.000)?Z$/, "+00:00");
