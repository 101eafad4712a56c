import { cadenceMs } from "../contracts/api/cadence.ts";
import type { CheckMessage } from "../contracts/check-message.ts";
import type { Dependency, HealthThresholds } from "../dependencies/dependency.ts";
import { AppError } from "../errors.ts";
import type { JobError, SyncJob } from "../jobs/job.ts";
import { newSyncJob } from "../jobs/new-job.ts";
import type { Clock } from "../jobs/ports.ts";
import type { SyncService } from "../jobs/sync-service.ts";
import { upstreamWaitOf } from "../net/errors.ts";
import type { GuardedFetch } from "../net/guarded-fetch.ts";
import { type DocumentOutcome, fetchDocument, type SecretReader, storeDocument } from "../pipeline/fetch-document.ts";
import type { BodyStore } from "../snapshots/ports.ts";
import type { CheckQueue, CheckStore } from "./ports.ts";

export type CheckPorts = {
  checks: CheckStore;
  queue: CheckQueue;
  bodies: BodyStore;
  fetch: GuardedFetch;
  secrets: SecretReader;
  syncs: Pick<SyncService, "startIfRoom">;
  clock: Clock;
  /** A new ULID, monotonic within a millisecond. */
  newId(): string;
  /** In [0, 1). */
  random(): number;
};

/**
 * `unchanged`: noted with one write. `changed`: handed over to a sync. `failed`: counted. `retrying`: it may pass, and is
 * tried again soon. `postponed`: its host wants to be left alone. `superseded`: whoever came between has newer news.
 */
export type CheckEnd = "unchanged" | "changed" | "failed" | "retrying" | "postponed" | "superseded";

/** `pausedUntilMs`: what the host asked for, for everybody who fetches from it. */
export type CheckResult = { end: CheckEnd; pausedUntilMs?: number };

/** A failure that may pass is counted at this try; until then it is tried again. */
const maxTries = 3;
/** Before the second try; the third waits four times as long. */
const retryDelayMs = 30_000;

/** A host that keeps answering 429 is asked again after twice as long each time, but not less often than its cadence. */
const firstBackoffMs = 60_000;

/**
 * Looks at one dependency and writes down what came of it. The caller holds a turn at its host.
 * @throws what is wrong on our side: the message then comes back
 */
export const checkDependency = async (
  ports: CheckPorts,
  message: CheckMessage,
  dependency: Dependency & { specUrl: string },
  thresholds: HealthThresholds,
): Promise<CheckResult> => {
  const isConditional = dependency.currentSnapshotId !== undefined;
  let outcome: DocumentOutcome;
  try {
    outcome = await fetchDocument(ports, dependency, { isConditional });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const pausedUntilMs = upstreamWaitOf(error);
    return { end: await noteFailure(ports, message, dependency, error, thresholds), pausedUntilMs };
  }
  switch (outcome.outcome) {
    case "unchanged":
      return { end: await noteUnchanged(ports, dependency, outcome) };
    case "rateLimited": {
      const end = await postpone(ports, dependency, outcome.retryAtMs, true);
      return { end, pausedUntilMs: outcome.retryAtMs };
    }
    case "body": {
      const output = await storeDocument(ports.bodies, dependency.tenantId, outcome);
      return { end: await handOver(ports, dependency, output) };
    }
  }
};

/** A look at an upload, which takes no request: whether the current snapshot is of the bytes that were uploaded last. */
export const checkUpload = async (ports: CheckPorts, dependency: Dependency): Promise<CheckResult> => {
  const isSame = dependency.bodySha256 !== undefined && dependency.uploadKey?.endsWith(dependency.bodySha256);
  // A changed one begins with the stage that reads uploads.
  return { end: isSame ? await noteUnchanged(ports, dependency, {}) : await handOver(ports, dependency, undefined) };
};

/** Leaves a dependency whose host wants to be left alone to a later run of the schedule. */
export const postpone = async (
  { checks, clock }: Pick<CheckPorts, "checks" | "clock">,
  dependency: Dependency,
  untilMs: number,
  isCounted: boolean,
): Promise<CheckEnd> => {
  const earlier = isCounted ? (dependency.rateLimited?.count ?? 0) : 0;
  const backoffMs = isCounted ? Math.min(firstBackoffMs * 2 ** earlier, cadenceMs(dependency.cadence)) : 0;
  const nextCheckAt = new Date(Math.max(untilMs, clock.nowMs() + backoffMs)).toISOString();
  const until = new Date(untilMs).toISOString();
  return endOf(await checks.recordPostponed(dependency, { until, nextCheckAt, isCounted }), "postponed");
};

const endOf = (isWritten: boolean, end: CheckEnd): CheckEnd => (isWritten ? end : "superseded");

const noteUnchanged = async (
  { checks, clock }: CheckPorts,
  dependency: Dependency,
  { etag, lastModified }: { etag?: string; lastModified?: string },
): Promise<CheckEnd> =>
  endOf(await checks.recordUnchanged(dependency, { atMs: clock.nowMs(), etag, lastModified }), "unchanged");

/** The sync goes on where the check ends: with `fetch` behind it. */
const handOver = async (
  ports: CheckPorts,
  dependency: Dependency,
  fetched: Record<string, unknown> | undefined,
): Promise<CheckEnd> => {
  const atMs = ports.clock.nowMs();
  const checkpoints: SyncJob["checkpoints"] =
    fetched === undefined ? {} : { fetch: { at: new Date(atMs).toISOString(), term: 0, output: fetched } };
  const about = { id: ports.newId(), trigger: "schedule", atMs, checkpoints } as const;
  const job = await ports.checks.handOver(dependency, newSyncJob(dependency, about));
  if (job === undefined) return "superseded";
  await ports.syncs.startIfRoom(job);
  return "changed";
};

const noteFailure = async (
  ports: CheckPorts,
  message: CheckMessage,
  dependency: Dependency,
  error: AppError,
  thresholds: HealthThresholds,
): Promise<CheckEnd> => {
  const tries = message.tries + 1;
  if (error.kind === "retryable" && tries < maxTries) {
    const delayMs = retryDelayMs * 4 ** message.tries * (0.5 + ports.random());
    const [unsent] = await ports.queue.send([{ message: { ...message, tries }, delayMs }]);
    if (unsent === undefined) return "retrying";
  }
  const atMs = ports.clock.nowMs();
  const job = newSyncJob(dependency, { id: ports.newId(), trigger: "schedule", atMs });
  const at = job.createdAt;
  const { name, message: words, kind } = error;
  const noted: JobError = { at, stage: "fetch", attempt: job.attempt, name, message: words, kind };
  const failed: SyncJob = { ...job, status: "failed", errors: [noted], startedAt: at, finishedAt: at };
  const failure = { atMs, name, message: words, thresholds };
  return endOf(await ports.checks.recordFailed(dependency, failed, failure), "failed");
};
