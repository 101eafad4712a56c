import type * as z from "zod";
import type { syncJob } from "../../shared/contracts/api/sync-jobs.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { ApiSession } from "./api-session.ts";
import { collect } from "./collect.ts";
import { printable, printJson, printLine } from "./print.ts";

export type SyncJob = z.output<typeof syncJob>;

/** Often enough to look alive, rarely enough to cost nothing: a sync takes seconds. */
const pollEveryMs = 500;
const stageCount = 8;
/** Changes that are counted before the rest is "more". */
const maxCounted = 1_000;

const isOver = ({ status }: SyncJob): boolean => status === "finished" || status === "failed" || status === "cancelled";

/**
 * Follows a job to its end: one line that is written over on a terminal, else a line for each stage; then what came of
 * it. As JSON only the job as it ended is printed.
 * @returns 1 when the job failed or was cancelled
 */
export const watchJob = async (session: ApiSession, started: SyncJob): Promise<ExitCode> => {
  const { client, format, columns, write } = session;
  let job = started;
  let shown = "";
  for (;;) {
    const line = stageLine(job);
    if (format === "text" && line !== shown && !isOver(job)) {
      if (columns !== undefined) write(`\r\u001b[2K${line.slice(0, columns - 1)}`);
      else if (stageOf(line) !== stageOf(shown)) write(`${line}\n`);
      shown = line;
    }
    if (isOver(job)) break;
    await session.sleep(pollEveryMs);
    job = (await client.call("getSyncJob", { params: { jobId: job.id } })).data;
  }
  if (columns !== undefined && format === "text") write("\r\u001b[2K");
  if (!printJson(session, job)) await printOutcome(session, job);
  if (job.status === "finished") return exitCodes.fine;
  session.writeError(`forewarn: ${printable(endOf(job))}\n`);
  return exitCodes.failOnMet;
};

const stageLine = (job: SyncJob): string => {
  if (job.status === "queued") return "queued";
  const { stage, progress, rateLimitedUntil, cancelRequestedAt } = job;
  const step = `[${Math.min(job.completedStages.length + 1, stageCount)}/${stageCount}]`;
  const counted = progress?.total === undefined ? "" : ` ${progress.completed ?? 0}/${progress.total}`;
  const notes = [
    progress === undefined ? "" : `: ${progress.message}${counted}`,
    rateLimitedUntil === undefined ? "" : ` (rate-limited until ${rateLimitedUntil})`,
    cancelRequestedAt === undefined ? "" : " (cancelling)",
  ];
  return printable(`${step} ${stage}${notes.join("")}`);
};

/** `[3/8] normalize` of a line: what a log that is not a terminal gets one line of. */
const stageOf = (line: string): string => line.split(/:| \(/, 1)[0] ?? "";

const endOf = ({ status, stage, errors }: SyncJob): string => {
  if (status === "cancelled") return `the sync was cancelled in ${stage}`;
  return `the sync failed in ${stage}: ${errors.at(-1)?.message ?? "no reason was recorded"}`;
};

const printOutcome = async (session: ApiSession, job: SyncJob): Promise<void> => {
  if (job.status !== "finished") return;
  const { client, colors } = session;
  const { dependencyId } = job;
  if (job.outcome === "unchanged") return printLine(session, "unchanged: the document means what it meant before");
  const [snapshot] = (await client.call("listSnapshots", { params: { dependencyId }, query: { limit: 1 } })).data;
  if (snapshot === undefined) return;
  if (job.outcome === "baseline") {
    const { title, version, operationCount } = snapshot;
    return printLine(session, `baseline taken: ${title} ${version}, ${operationCount} operations`);
  }
  const changes = await collect(maxCounted, (page) =>
    client.call("listDependencyChanges", { params: { dependencyId }, query: { ...page, toSnapshotId: snapshot.id } }),
  );
  const countOf = (severity: string) => changes.filter((change) => change.severity === severity).length;
  const causes = new Set(changes.map(({ causeKey }) => causeKey)).size;
  const more = changes.length === maxCounted ? " or more" : "";
  session.write(
    `changed: ${colors.red(`${countOf("breaking")} breaking`)}, ${colors.yellow(`${countOf("risky")} risky`)}, ${colors.green(`${countOf("safe")} safe`)}${more}, from ${causes} ${causes === 1 ? "cause" : "causes"}\n`,
  );
  printLine(session, `see them with: forewarn changes list --snapshot ${snapshot.id}`);
};
