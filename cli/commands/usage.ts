import { readFile } from "node:fs/promises";
import { defineCommand } from "citty";
import { putUsageBody } from "../../shared/contracts/api/usage.ts";
import { type ApiSession, formatArg, withApi } from "../client/api-session.ts";
import { findDependency } from "../client/find-dependency.ts";
import { printJson, printLine, printTable } from "../client/print.ts";
import { readRequest } from "../client/read-request.ts";
import { UnreadableInputError } from "../errors.ts";
import { readCalls } from "../input/read-calls.ts";
import { reasonOf } from "../input/read-source.ts";

/** Calls of no operation that are shown; the API says how many there are. */
const maxUnmatchedShown = 10;

export const showUsage = async (session: ApiSession, { dependency }: { dependency: string }): Promise<void> => {
  const { id: dependencyId } = await findDependency(session.client, dependency);
  const { data } = await session.client.call("getUsage", { params: { dependencyId } });
  if (printJson(session, data)) return;
  if (data.consumers.length === 0)
    return printLine(session, "nobody is known to call it: see forewarn usage set --help");
  const rows = data.consumers.map(({ name, owner, operations }) => [
    name,
    owner ?? "",
    String(operations.length),
    operations.map(({ method, path }) => `${method} ${path}`).join(", "),
  ]);
  printTable(session, ["consumer", "owner", "operations", "which"], rows);
};

export const setUsage = async (
  session: ApiSession,
  args: {
    dependency: string;
    file: string;
    consumer?: string | undefined;
    owner?: string | undefined;
    all?: boolean | undefined;
  },
): Promise<void> => {
  const content = await readFile(args.file, "utf8").catch((error: unknown) => {
    throw new UnreadableInputError(args.file, reasonOf(error), { cause: error });
  });
  const { calls, owners } = readCalls(args.file, content, args.consumer);
  const named = [...new Set(calls.map(({ consumer }) => consumer))];
  const ofFlag = args.owner === undefined ? {} : Object.fromEntries(named.map((name) => [name, args.owner]));
  const given = { calls, owners: { ...owners, ...ofFlag }, replace: args.all === true ? "all" : "named" };
  const body = readRequest(putUsageBody, given, { calls: args.file });
  const { id: dependencyId } = await findDependency(session.client, args.dependency);
  const { data } = await session.client.call("putUsage", { params: { dependencyId }, body });
  if (printJson(session, data)) return;
  for (const { name, operations } of data.consumers.filter((one) => named.includes(one.name))) {
    printLine(session, `${name} calls ${operations.length} operation${operations.length === 1 ? "" : "s"}`);
  }
  if (data.unmatchedCount === 0) return;
  session.writeError(`${data.unmatchedCount} calls are of no operation of the document:\n`);
  for (const { consumer, method, url } of data.unmatched.slice(0, maxUnmatchedShown)) {
    session.writeError(`  ${consumer}: ${method} ${url}\n`);
  }
};

const dependencyArg = {
  dependency: { type: "positional", required: true, description: "The dependency's id or name" },
} as const;

export const usage = defineCommand({
  meta: { name: "usage", description: "Show and say which of your services call which operations" },
  subCommands: {
    show: defineCommand({
      meta: { name: "show", description: "Show who calls what" },
      args: { ...dependencyArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => showUsage(session, args)),
    }),
    set: defineCommand({
      meta: { name: "set", description: "Say who calls what, from a list, a HAR file, or OpenTelemetry traces" },
      args: {
        ...dependencyArg,
        file: {
          type: "positional",
          required: true,
          description: "JSON: [{name, owner, operations}], HAR, or OTLP traces",
        },
        consumer: { type: "string", valueHint: "NAME", description: "Which service's calls they are" },
        owner: { type: "string", valueHint: "WHO", description: "Who looks after the consumers of the file" },
        all: { type: "boolean", description: "These are all consumers: forget the others" },
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => setUsage(session, args)),
    }),
  },
});
