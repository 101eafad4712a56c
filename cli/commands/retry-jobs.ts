import { defineCommand } from "citty";
import type { BodyInputOf } from "../../shared/contracts/api/route.ts";
import type { Routes } from "../../shared/contracts/api/routes.ts";
import { type ApiSession, formatArg, withApi } from "../client/api-session.ts";
import { collect } from "../client/collect.ts";
import { findDependency } from "../client/find-dependency.ts";
import { printJson, printLine, printTable } from "../client/print.ts";
import { UsageError } from "../errors.ts";

type RetryArgs = {
  status: string;
  dependency?: string | undefined;
  error?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  tenant?: string | undefined;
  limit: string;
  dryRun: boolean;
};

/** Retries page by page. When it is cut off, the same line again goes on: what was retried is left alone. */
export const retryJobs = async (session: ApiSession, args: RetryArgs): Promise<void> => {
  const { client } = session;
  const { tenant: tenantId, dryRun } = args;
  const body: BodyInputOf<Routes["retrySyncJobs"]> = {
    dryRun,
    status: readStatuses(args.status),
    ...(args.error === undefined ? {} : { errorName: args.error }),
    ...(args.from === undefined ? {} : { from: readMoment("--from", args.from) }),
    ...(args.to === undefined ? {} : { to: readMoment("--to", args.to) }),
    ...(args.dependency === undefined ? {} : { dependencyId: await idOf(session, args) }),
  };
  const retried = await collect(readCap(args.limit), (page) =>
    tenantId === undefined
      ? client.call("retrySyncJobs", { body: { ...body, ...page } })
      : client.call("retryJobsOfTenant", { body: { ...body, ...page, tenantId } }),
  );
  if (printJson(session, retried)) return;
  if (retried.length === 0) return printLine(session, "no job matches");
  const rows = retried.map(({ outcome, reason, job }) => [
    job.id,
    job.dependencyId,
    outcome === "wouldRetry" ? "would be retried" : outcome,
    reason ?? job.errors.at(-1)?.name ?? "",
  ]);
  printTable(session, ["job", "dependency", "outcome", "because"], rows);
  const count = retried.filter(({ outcome }) => outcome !== "skipped").length;
  printLine(session, dryRun ? `${count} would be retried` : `${count} retried`);
};

const isStatus = (text: string): text is "failed" | "cancelled" => text === "failed" || text === "cancelled";

const readStatuses = (text: string): ("failed" | "cancelled")[] => {
  const named = text.split(",").map((one) => one.trim());
  if (!named.every(isStatus)) throw new UsageError(`--status is failed, cancelled, or both with a comma, not ${text}`);
  return named.filter(isStatus);
};

const readMoment = (flag: string, text: string): string => {
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) throw new UsageError(`${flag} is a time such as 2026-03-14T09:00:00Z, not ${text}`);
  return new Date(atMs).toISOString();
};

const readCap = (text: string): number => {
  const cap = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (cap < 1) throw new UsageError(`--limit is a number from 1 to 99999, not ${text}`);
  return cap;
};

const idOf = async ({ client }: ApiSession, { dependency = "", tenant }: RetryArgs): Promise<string> =>
  tenant === undefined ? (await findDependency(client, dependency)).id : dependency;

export const retryAll = defineCommand({
  meta: { name: "retry-all", description: "Retry the newest job of each dependency where it failed" },
  args: {
    "dry-run": { type: "boolean", default: false, description: "Only say which jobs it would retry" },
    status: { type: "string", default: "failed", valueHint: "S,…", description: "failed, cancelled, or both" },
    dependency: { type: "string", valueHint: "NAME", description: "Of one dependency, by its id or name" },
    error: { type: "string", valueHint: "NAME", description: "Whose last error has this name" },
    from: { type: "string", valueHint: "TIME", description: "Ended then or later" },
    to: { type: "string", valueHint: "TIME", description: "Ended then or earlier" },
    tenant: { type: "string", valueHint: "ID", description: "Of this tenant: takes the admin key" },
    limit: { type: "string", default: "1000", valueHint: "N", description: "How many to retry at most" },
    ...formatArg,
  },
  run: ({ args }) => withApi(args, (session) => retryJobs(session, { ...args, dryRun: args["dry-run"] })),
});
