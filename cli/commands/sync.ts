import { defineCommand } from "citty";
import { type ApiSession, formatArg, withApi } from "../client/api-session.ts";
import { findDependency } from "../client/find-dependency.ts";
import { printJson, printLine } from "../client/print.ts";
import { watchJob } from "../client/watch-job.ts";
import type { ExitCode } from "../exit-codes.ts";

/** Starts a sync, and follows it when asked to. @returns 1 when a followed sync did not finish well */
export const runSync = async (
  session: ApiSession,
  { dependency, watch }: { dependency: string; watch: boolean },
): Promise<ExitCode | undefined> => {
  const { id, name } = await findDependency(session.client, dependency);
  const { data: job } = await session.client.call("startSync", { params: { dependencyId: id } });
  if (watch) return watchJob(session, job);
  if (!printJson(session, job)) printLine(session, `${job.status}: sync job ${job.id} of ${name}`);
  return undefined;
};

export const sync = defineCommand({
  meta: { name: "sync", description: "Sync a dependency now" },
  args: {
    dependency: { type: "positional", required: true, description: "Its id or name" },
    watch: { type: "boolean", default: false, description: "Follow the stages to the end; exit with 1 when it fails" },
    ...formatArg,
  },
  run: ({ args }) => withApi(args, (session) => runSync(session, args)),
});
