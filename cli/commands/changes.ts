import { defineCommand } from "citty";
import type * as z from "zod";
import { type change, changesQuery } from "../../shared/contracts/api/changes.ts";
import { type ApiSession, formatArg, withApi } from "../client/api-session.ts";
import { collect, limitArg, readLimit } from "../client/collect.ts";
import { findDependency } from "../client/find-dependency.ts";
import { printable, printJson, printLine } from "../client/print.ts";
import { readRequest } from "../client/read-request.ts";

type Change = z.output<typeof change>;

export type ListChangesArguments = {
  limit: string;
  dependency?: string | undefined;
  severity?: string | undefined;
  state?: string | undefined;
  rule?: string | undefined;
  cause?: string | undefined;
  snapshot?: string | undefined;
};

/** Lists changes, grouped by the edit that caused them. */
export const listChanges = async (session: ApiSession, args: ListChangesArguments): Promise<void> => {
  const wanted = readLimit(args.limit);
  const given = {
    severity: args.severity,
    state: args.state,
    ruleId: args.rule,
    causeKey: args.cause,
    toSnapshotId: args.snapshot,
  };
  const filter = readRequest(changesQuery, given, flagNames);
  const dependencyId =
    args.dependency === undefined ? undefined : (await findDependency(session.client, args.dependency)).id;
  const changes = await collect(wanted, (page) =>
    session.client.call("listChanges", { query: { ...filter, dependencyId, ...page } }),
  );
  if (printJson(session, changes)) return;
  if (changes.length === 0) return printLine(session, "no changes");
  for (const group of groupByCause(changes)) printGroup(session, group);
};

/** One group for each cause in each snapshot, in the order in which they come. */
const groupByCause = (changes: readonly Change[]): Change[][] => {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.toSnapshotId} ${change.causeKey}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()];
};

const flagNames = {
  severity: "--severity",
  state: "--state",
  ruleId: "--rule",
  causeKey: "--cause",
  toSnapshotId: "--snapshot",
};

const printGroup = (session: ApiSession, group: readonly Change[]): void => {
  const { colors, write } = session;
  const colour = { breaking: colors.red, risky: colors.yellow, safe: colors.green };
  const [first] = group;
  if (first === undefined) return;
  const reach = Math.max(...group.map(({ affectedOperationCount }) => affectedOperationCount));
  const named = first.operation === null ? `${reach} operations` : `${first.operation.method} ${first.operation.path}`;
  write(`${colors.bold(printable(named))}  ${colors.dim(`cause ${first.causeKey}`)}\n`);
  for (const { id, severity, summary, acknowledgedAt, resolvedAt } of group) {
    const state = resolvedAt ? " (resolved)" : acknowledgedAt ? " (acknowledged)" : "";
    write(`  ${colour[severity](severity.padEnd(8))}  ${printable(summary)}${state}  ${colors.dim(id)}\n`);
  }
};

export const acknowledgeChange = async (
  session: ApiSession,
  { change: changeId }: { change: string },
): Promise<void> => {
  const { data } = await session.client.call("acknowledgeChange", { params: { changeId } });
  if (!printJson(session, data)) printLine(session, `acknowledged: ${data.summary}`);
};

export const resolveChange = async (session: ApiSession, { change: changeId }: { change: string }): Promise<void> => {
  const { data } = await session.client.call("resolveChange", { params: { changeId } });
  if (!printJson(session, data)) printLine(session, `resolved: ${data.summary}`);
};

const changeArg = { change: { type: "positional", required: true, description: "The change's id" } } as const;

export const changes = defineCommand({
  meta: { name: "changes", description: "List, acknowledge and resolve changes" },
  subCommands: {
    list: defineCommand({
      meta: { name: "list", description: "List changes by their causes, newest first" },
      args: {
        dependency: { type: "string", valueHint: "ID|NAME", description: "Of this dependency" },
        severity: { type: "string", valueHint: "breaking|risky|safe", description: "Of this severity" },
        state: { type: "string", valueHint: "open|acknowledged|resolved", description: "In this state" },
        rule: { type: "string", valueHint: "RULE", description: "Of this rule" },
        cause: { type: "string", valueHint: "KEY", description: "Of this cause" },
        snapshot: { type: "string", valueHint: "ID", description: "That this snapshot brought" },
        ...limitArg,
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => listChanges(session, args)),
    }),
    ack: defineCommand({
      meta: { name: "ack", description: "Note that you have seen a change" },
      args: { ...changeArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => acknowledgeChange(session, args)),
    }),
    resolve: defineCommand({
      meta: { name: "resolve", description: "Note that a change is dealt with" },
      args: { ...changeArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => resolveChange(session, args)),
    }),
  },
});
