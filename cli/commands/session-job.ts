import { defineCommand } from "citty";
import { type ApiSession, formatArg, withApi } from "../client/api-session.ts";
import { printJson, printLine, printTable } from "../client/print.ts";
import { progressLine, watchSessionJob } from "../client/watch-session-job.ts";
import { UsageError } from "../errors.ts";
import type { ExitCode } from "../exit-codes.ts";
import { sessionArg } from "./session.ts";

type Started = { jobId: string };

/** The jobs that a terminal can start, by name. What one needs beside the session is in `about`. */
const starters: Readonly<
  Record<string, (session: ApiSession, sessionId: string, about: string[], skipCache: boolean) => Promise<Started>>
> = {
  discovery: ({ client }, sessionId, [applicationName = "", ...startUrls], skipCache) =>
    client.call("startDiscovery", {
      params: { sessionId },
      body: { applicationName, skipCache, ...(startUrls.length === 0 ? {} : { startUrls }) },
    }),
  scrape: ({ client }, sessionId, [applicationName = "", ...starterLinks], skipCache) =>
    client.call("startScrape", { params: { sessionId }, body: { applicationName, starterLinks, skipCache } }),
  classes: ({ client }, sessionId, _, skipCache) =>
    client.call("startClasses", { params: { sessionId }, query: { skipCache: String(skipCache) } }),
  attributes: ({ client }, sessionId, [objectClass = ""], skipCache) =>
    client.call("startAttributes", { params: { sessionId, objectClass }, query: { skipCache: String(skipCache) } }),
  endpoints: ({ client }, sessionId, [objectClass = ""], skipCache) =>
    client.call("startEndpoints", { params: { sessionId, objectClass }, query: { skipCache: String(skipCache) } }),
  relations: ({ client }, sessionId, _, skipCache) =>
    client.call("startRelations", { params: { sessionId }, query: { skipCache: String(skipCache) } }),
  metadata: ({ client }, sessionId, _, skipCache) =>
    client.call("startMetadata", { params: { sessionId }, query: { skipCache: String(skipCache) } }),
  auth: ({ client }, sessionId, _, skipCache) =>
    client.call("startAuth", { params: { sessionId }, query: { skipCache: String(skipCache) } }),
  connector: ({ client }, sessionId, _, skipCache) =>
    client.call("startConnector", { params: { sessionId }, query: { skipCache: String(skipCache) } }),
};

const needsAbout = new Set(["discovery", "scrape", "attributes", "endpoints"]);

type StartArgs = { session: string; what: string; about: string[]; watch: boolean; skipCache: boolean };

/** @throws UsageError for a job that there is not, or one that lacks what it is about */
export const startSessionJob = async (
  session: ApiSession,
  { session: sessionId, what, about, watch, skipCache }: StartArgs,
): Promise<ExitCode | undefined> => {
  const start = Object.hasOwn(starters, what) ? starters[what] : undefined;
  if (start === undefined)
    throw new UsageError(`there is no job ${what}: the jobs are ${Object.keys(starters).join(", ")}`);
  if (needsAbout.has(what) && about.length === 0)
    throw new UsageError(`${what} needs the name of the ${what.endsWith("s") ? "object class" : "application"}`);
  const { jobId } = await start(session, sessionId, about, skipCache);
  if (watch) return watchSessionJob(session, { sessionId, sessionJobId: jobId });
  if (!printJson(session, { jobId })) printLine(session, jobId);
  return undefined;
};

export const listSessionJobs = async (
  session: ApiSession,
  { session: sessionId }: { session: string },
): Promise<void> => {
  const { jobs } = await session.client.call("listSessionJobs", { params: { sessionId } });
  if (printJson(session, jobs)) return;
  if (jobs.length === 0) return printLine(session, "no jobs yet");
  const rows = jobs.map((job) => [job.jobId, job.jobType, job.subject ?? "", job.status, progressLine(job)]);
  printTable(session, ["job", "type", "about", "status", "progress"], rows);
};

export const cancelSessionJob = async (
  session: ApiSession,
  { session: sessionId, job: jobId }: { session: string; job: string },
): Promise<void> => {
  const job = await session.client.call("cancelSessionJob", { params: { sessionId, sessionJobId: jobId } });
  if (!printJson(session, job)) printLine(session, `cancelled: job ${jobId}`);
};

const jobArg = { job: { type: "positional", required: true, description: "The job's id" } } as const;

export const job = defineCommand({
  meta: { name: "job", description: "Jobs of a session: start, follow, list, cancel" },
  subCommands: {
    start: defineCommand({
      meta: { name: "start", description: "Start a job; discovery and scrape take an application and URLs" },
      args: {
        ...sessionArg,
        what: { type: "positional", required: true, description: Object.keys(starters).join(", ") },
        about: { type: "string", valueHint: "TEXT", description: "Application, or object class" },
        url: { type: "string", valueHint: "URL,URL", description: "Where discovery or scrape starts" },
        watch: { type: "boolean", default: false, description: "Follow it to its end and print its result" },
        "skip-cache": { type: "boolean", default: false, description: "Work anew on an input that was seen" },
        ...formatArg,
      },
      run: ({ args }) =>
        withApi(args, (session) => {
          const about = args.about === undefined ? [] : [args.about, ...(args.url?.split(",") ?? [])];
          return startSessionJob(session, { ...args, about, skipCache: args["skip-cache"] });
        }),
    }),
    watch: defineCommand({
      meta: { name: "watch", description: "Follow a job to its end and print its result; exit with 1 when it fails" },
      args: { ...sessionArg, ...jobArg, ...formatArg },
      run: ({ args }) =>
        withApi(args, (api) => watchSessionJob(api, { sessionId: args.session, sessionJobId: args.job })),
    }),
    list: defineCommand({
      meta: { name: "list", description: "List a session's jobs, newest first" },
      args: { ...sessionArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => listSessionJobs(session, args)),
    }),
    cancel: defineCommand({
      meta: { name: "cancel", description: "Cancel a job that is queued" },
      args: { ...sessionArg, ...jobArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => cancelSessionJob(session, args)),
    }),
  },
});
