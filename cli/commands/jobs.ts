import { defineCommand } from "citty";
import { type ApiSession, formatArg, withApi } from "../client/api-session.ts";
import { collect, limitArg, readLimit } from "../client/collect.ts";
import { findDependency } from "../client/find-dependency.ts";
import { printFields, printJson, printLine, printTable } from "../client/print.ts";
import { type SyncJob, watchJob } from "../client/watch-job.ts";
import type { ExitCode } from "../exit-codes.ts";

export const listJobs = async (
  session: ApiSession,
  { dependency, limit }: { dependency: string; limit: string },
): Promise<void> => {
  const wanted = readLimit(limit);
  const { id: dependencyId } = await findDependency(session.client, dependency);
  const jobs = await collect(wanted, (query) =>
    session.client.call("listSyncJobs", { params: { dependencyId }, query }),
  );
  if (printJson(session, jobs)) return;
  const rows = jobs.map((row) =>
    row.type === "dependency.checks"
      ? ["", `checked ${timesOf(row.count)}, unchanged`, "", row.trigger, "", spanOf(row.firstAt, row.lastAt)]
      : [row.id, statusOf(row), row.stage, row.trigger, String(row.attempt), row.createdAt],
  );
  if (rows.length === 0) return printLine(session, "no sync jobs yet");
  printTable(session, ["job", "status", "stage", "trigger", "attempt", "created"], rows);
};

export const getJob = async (session: ApiSession, { job: jobId }: { job: string }): Promise<void> => {
  const { data: job } = await session.client.call("getSyncJob", { params: { jobId } });
  if (printJson(session, job)) return;
  printFields(session, {
    job: job.id,
    dependency: job.dependencyId,
    status: statusOf(job),
    stage: job.stage,
    completed: job.completedStages.map(({ stage }) => stage).join(" ") || undefined,
    progress: job.progress?.message,
    attempt: String(job.attempt),
    trigger: job.trigger,
    created: job.createdAt,
    started: job.startedAt,
    finished: job.finishedAt,
  });
  for (const error of job.errors) printLine(session, `${error.at}  ${error.stage}  ${error.name}: ${error.message}`);
};

export const retryJob = async (
  session: ApiSession,
  { job: jobId, watch }: { job: string; watch: boolean },
): Promise<ExitCode | undefined> => {
  const { data: job } = await session.client.call("retrySyncJob", { params: { jobId } });
  if (watch) return watchJob(session, job);
  if (!printJson(session, job)) printLine(session, `${job.status}: sync job ${job.id}, attempt ${job.attempt}`);
  return undefined;
};

export const cancelJob = async (session: ApiSession, { job: jobId }: { job: string }): Promise<void> => {
  const { data: job } = await session.client.call("cancelSyncJob", { params: { jobId } });
  if (printJson(session, job)) return;
  printLine(session, job.status === "cancelled" ? `cancelled: sync job ${job.id}` : `cancelling: sync job ${job.id}`);
};

const statusOf = ({ status, outcome }: SyncJob): string => (outcome === undefined ? status : `${status} (${outcome})`);

const timesOf = (count: number): string => (count === 1 ? "once" : `${count} times`);

const spanOf = (firstAt: string, lastAt: string): string => (firstAt === lastAt ? firstAt : `${firstAt} – ${lastAt}`);

const jobArg = { job: { type: "positional", required: true, description: "The job's id" } } as const;

export const jobs = defineCommand({
  meta: { name: "jobs", description: "Look at, retry and cancel sync jobs" },
  subCommands: {
    list: defineCommand({
      meta: { name: "list", description: "List a dependency's sync jobs, newest first" },
      args: {
        dependency: { type: "positional", required: true, description: "Its id or name" },
        ...limitArg,
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => listJobs(session, args)),
    }),
    get: defineCommand({
      meta: { name: "get", description: "Show a sync job and what went wrong in it" },
      args: { ...jobArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => getJob(session, args)),
    }),
    retry: defineCommand({
      meta: { name: "retry", description: "Retry a failed or cancelled job from its first unfinished stage" },
      args: {
        ...jobArg,
        watch: { type: "boolean", default: false, description: "Follow the stages to the end" },
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => retryJob(session, args)),
    }),
    cancel: defineCommand({
      meta: { name: "cancel", description: "Cancel a queued or running job" },
      args: { ...jobArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => cancelJob(session, args)),
    }),
  },
});
