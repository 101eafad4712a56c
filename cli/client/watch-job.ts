import type * as z from "zod";
import type { syncJob } from "../../shared/contracts/api/sync-jobs.ts";
import { type SyncStage, stagesOfJob } from "../../shared/contracts/sync-stages.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { ApiSession } from "./api-session.ts";
import { collect } from "./collect.ts";
import { printable, printJson, printLine } from "./print.ts";

export type SyncJob = z.output<typeof syncJob>;

/** Often enough to look alive, rarely enough to cost nothing: a sync takes seconds. */
const pollEveryMs = 500;
/** Changes that are counted before the rest is "more". */
const maxCounted = 1_000;

const isOver = ({ status }: SyncJob): boolean => status === "finished" || status === "failed" || status === "cancelled";

/**
 * Follows a job to its end: one line that is written over on a terminal, else a line for each stage; then what came of
 * it. As JSON only the job as it ended is printed.
 * @returns 1 when the job failed or was cancelled
 */
export const watchJob = async (session: ApiSession, started: SyncJob): Promise<ExitCode> => {
  const { client, format } = session;
  const show = format === "json" ? () => {} : session.columns === undefined ? stageLog(session) : liveLine(session);
  let job = started;
  for (show(job); !isOver(job); show(job)) {
    await session.sleep(pollEveryMs);
    job = (await client.call("getSyncJob", { params: { jobId: job.id } })).data;
  }
  if (!printJson(session, job)) await printOutcome(session, job);
  if (job.status === "finished") return exitCodes.fine;
  session.writeError(`forewarn: ${printable(endOf(job))}\n`);
  return exitCodes.failOnMet;
};

/** One line that is written over, and wiped at the end. */
const liveLine = ({ columns = 80, write }: ApiSession) => {
  let shown: string | undefined;
  return (job: SyncJob): void => {
    const line = isOver(job) ? "" : stageLine(job).slice(0, columns - 1);
    if (line !== shown) write(`\r\u001b[2K${line}`);
    shown = line;
  };
};

/** A line for each stage, those too that were over before anyone looked. */
const stageLog = ({ write }: ApiSession) => {
  const shown = new Set<string>();
  return (job: SyncJob): void => {
    const seen = job.completedStages.map(({ stage }) => stageName(job, stage));
    const now = isOver(job) ? [] : [job.status === "queued" ? "queued" : stageName(job)];
    for (const line of [...seen, ...now]) {
      if (!shown.has(line)) write(`${line}\n`);
      shown.add(line);
    }
  };
};

/** @example stageName(job, "parse") → "[2/8] parse" */
const stageName = ({ type, stage: current }: SyncJob, stage = current): string => {
  const stages: readonly SyncStage[] = stagesOfJob[type];
  return `[${stages.indexOf(stage) + 1}/${stages.length}] ${stage}`;
};

const stageLine = (job: SyncJob): string => {
  if (job.status === "queued") return "queued";
  const { progress, rateLimitedUntil, cancelRequestedAt } = job;
  const counted = progress?.total === undefined ? "" : ` ${progress.completed ?? 0}/${progress.total}`;
  const notes = [
    progress === undefined ? "" : `: ${progress.message}${counted}`,
    rateLimitedUntil === undefined ? "" : ` (rate-limited until ${rateLimitedUntil})`,
    cancelRequestedAt === undefined ? "" : " (cancelling)",
  ];
  return printable(`${stageName(job)}${notes.join("")}`);
};

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
