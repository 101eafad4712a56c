import { defineCommand } from "citty";
import type * as z from "zod";
import { jobType, type pause } from "../../shared/contracts/api/pauses.ts";
import { jobTypes } from "../../shared/contracts/job-types.ts";
import { type ApiSession, formatArg, withApi } from "../client/api-session.ts";
import { collect, limitArg, readLimit } from "../client/collect.ts";
import { printJson, printLine, printTable } from "../client/print.ts";
import { UsageError } from "../errors.ts";

type Pause = z.output<typeof pause>;

export const listPauses = async (
  session: ApiSession,
  { operator, ended, limit }: { operator: boolean; ended: boolean; limit: string },
): Promise<void> => {
  const { client } = session;
  const state = ended ? "ended" : "active";
  const pauses = await collect(readLimit(limit), (page) =>
    client.call(operator ? "listAllPauses" : "listPauses", { query: { ...page, state } }),
  );
  if (printJson(session, pauses)) return;
  if (pauses.length === 0) return printLine(session, ended ? "no pause has ended yet" : "nothing is paused");
  const rows = pauses.map((one) => [
    one.id,
    one.tenantId ?? "all",
    one.jobType ?? "all",
    `${one.setBy} ${one.pausedBy}`,
    one.pausedAt,
    one.reason,
    ...(ended ? [`${one.resumedAt} ${one.resumedBy}`, one.resumeReason ?? ""] : []),
  ]);
  const head = ["pause", "tenant", "job type", "by", "since", "reason"];
  printTable(session, ended ? [...head, "resumed", "reason"] : head, rows);
};

export const beginPause = async (
  session: ApiSession,
  args: { operator: boolean; tenant?: string | undefined; type?: string | undefined; reason: string; by: string },
): Promise<void> => {
  const { operator, tenant: tenantId, reason, by } = args;
  if (!operator && tenantId !== undefined)
    throw new UsageError("--tenant goes with --operator: an API key pauses its own tenant");
  const type = readJobType(args.type);
  const named = { ...(type === undefined ? {} : { jobType: type }), reason };
  const { data } = operator
    ? await session.client.call("createOperatorPause", {
        body: { ...named, by, ...(tenantId === undefined ? {} : { tenantId }) },
      })
    : await session.client.call("createPause", { body: named });
  if (!printJson(session, data)) printLine(session, `paused: ${whatOf(data)} (pause ${data.id})`);
};

export const endPause = async (
  session: ApiSession,
  { operator, pause: pauseId, reason, by }: { operator: boolean; pause: string; reason: string; by: string },
): Promise<void> => {
  const params = { pauseId };
  const { data } = operator
    ? await session.client.call("endAnyPause", { params, body: { reason, by } })
    : await session.client.call("endPause", { params, body: { reason } });
  if (!printJson(session, data))
    printLine(session, `resumed: ${whatOf(data)}; what waited starts with the schedule's next run`);
};

const readJobType = (text: string | undefined): Pause["jobType"] => {
  if (text === undefined) return undefined;
  const { data } = jobType.safeParse(text);
  if (data === undefined) throw new UsageError(`--type is one of ${jobTypes.join(", ")}, not ${text}`);
  return data;
};

const whatOf = ({ tenantId, jobType: type }: Pause): string =>
  `${type ?? "all work"} of ${tenantId === undefined ? "every tenant" : `tenant ${tenantId}`}`;

const operatorArg = {
  operator: { type: "boolean", default: false, description: "For the whole deployment: takes the admin key" },
} as const;
const reasonArgs = {
  reason: { type: "string", required: true, valueHint: "TEXT", description: "Why, for whoever finds it" },
  by: { type: "string", default: "operator", valueHint: "NAME", description: "Who does it, with --operator" },
} as const;

export const pauses = defineCommand({
  meta: { name: "pauses", description: "Pause and resume a tenant or a job type" },
  subCommands: {
    list: defineCommand({
      meta: { name: "list", description: "List what is paused, by whom, since when and why" },
      args: {
        ended: { type: "boolean", default: false, description: "What was paused and is no more" },
        ...operatorArg,
        ...limitArg,
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => listPauses(session, args)),
    }),
    begin: defineCommand({
      meta: { name: "begin", description: "Let nothing new start; what is due waits, what runs finishes" },
      args: {
        type: { type: "string", valueHint: "TYPE", description: `Of one job type: ${jobTypes.join(", ")}` },
        tenant: { type: "string", valueHint: "ID", description: "Of one tenant, with --operator" },
        ...reasonArgs,
        ...operatorArg,
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => beginPause(session, args)),
    }),
    end: defineCommand({
      meta: { name: "end", description: "Resume" },
      args: {
        pause: { type: "positional", required: true, description: "The pause's id" },
        ...reasonArgs,
        ...operatorArg,
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => endPause(session, args)),
    }),
  },
});
