import { defineCommand } from "citty";
import { createIgnoreRuleBody } from "../../shared/contracts/api/dependency-rules.ts";
import { type ApiSession, formatArg, withApi } from "../client/api-session.ts";
import { findDependency } from "../client/find-dependency.ts";
import { printJson, printLine, printTable } from "../client/print.ts";
import { readRequest } from "../client/read-request.ts";

type OfDependency = { dependency: string };

const paramsOf = async (session: ApiSession, { dependency }: OfDependency) => ({
  dependencyId: (await findDependency(session.client, dependency)).id,
});

export const listIgnores = async (session: ApiSession, args: OfDependency): Promise<void> => {
  const { data } = await session.client.call("listIgnoreRules", { params: await paramsOf(session, args) });
  if (printJson(session, data)) return;
  if (data.length === 0) return printLine(session, "nothing is ignored");
  const rows = data.map((one) => [
    one.id,
    one.rule,
    [one.operation, one.pointer].filter((part) => part !== undefined).join(" at ") || "everywhere",
    one.owner,
    one.state === "expired" ? `${one.until} (expired)` : one.until,
    one.reason,
  ]);
  printTable(session, ["ignore rule", "rule", "where", "owner", "until", "reason"], rows);
};

export type IgnoreFlags = {
  operation?: string | undefined;
  pointer?: string | undefined;
  reason?: string | undefined;
  owner?: string | undefined;
  until?: string | undefined;
};

const flagNames = {
  operation: "--operation",
  pointer: "--pointer",
  reason: "--reason",
  owner: "--owner",
  until: "--until",
};

export const addIgnore = async (
  session: ApiSession,
  { dependency, rule, operation, pointer, reason, owner, until }: OfDependency & IgnoreFlags & { rule: string },
): Promise<void> => {
  const { requireRule } = await import("../require-rule.ts");
  requireRule(rule);
  const body = readRequest(createIgnoreRuleBody, { rule, operation, pointer, reason, owner, until }, flagNames);
  const params = await paramsOf(session, { dependency });
  const { data } = await session.client.call("createIgnoreRule", { params, body });
  if (!printJson(session, data)) printLine(session, `ignored until ${data.until}: ${data.rule} (${data.id})`);
};

export const removeIgnore = async (
  session: ApiSession,
  { ignore: ignoreRuleId, ...args }: OfDependency & { ignore: string },
): Promise<void> => {
  const params = { ...(await paramsOf(session, args)), ignoreRuleId };
  await session.client.call("deleteIgnoreRule", { params });
  if (!printJson(session, { id: ignoreRuleId })) printLine(session, `no longer ignored: ${ignoreRuleId}`);
};

export const listSeverities = async (session: ApiSession, args: OfDependency): Promise<void> => {
  const { data } = await session.client.call("getSeverityOverrides", { params: await paramsOf(session, args) });
  if (printJson(session, data)) return;
  if (data.length === 0) return printLine(session, "every rule has its own level");
  printTable(
    session,
    ["rule", "level"],
    data.map(({ rule, level }) => [rule, level]),
  );
};

export const setSeverities = async (
  session: ApiSession,
  { levels, ...args }: OfDependency & { levels: string },
): Promise<void> => {
  const { parseSeverities } = await import("../input/adjustment-flags.ts");
  const overrides = levels === "none" ? [] : [...parseSeverities(levels)].map(([rule, level]) => ({ rule, level }));
  const params = await paramsOf(session, args);
  const { data } = await session.client.call("putSeverityOverrides", { params, body: { overrides } });
  if (!printJson(session, data)) printLine(session, `${data.length} rules have another level`);
};

const dependencyArg = {
  dependency: { type: "positional", required: true, description: "The dependency's id or name" },
} as const;

export const ignores = defineCommand({
  meta: { name: "ignores", description: "List, add and remove what is ignored of a dependency's changes" },
  subCommands: {
    list: defineCommand({
      meta: { name: "list", description: "List what is ignored, newest first" },
      args: { ...dependencyArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => listIgnores(session, args)),
    }),
    add: defineCommand({
      meta: { name: "add", description: "Ignore changes of a rule until a day" },
      args: {
        ...dependencyArg,
        rule: { type: "positional", required: true, description: "Id of the rule" },
        reason: { type: "string", required: true, valueHint: "TEXT", description: "Why" },
        owner: { type: "string", required: true, valueHint: "WHO", description: "Who answers for it" },
        until: {
          type: "string",
          required: true,
          valueHint: "2026-12-31",
          description: "The last day on which it holds",
        },
        operation: { type: "string", valueHint: "GET /v1/*", description: "Only of these operations" },
        pointer: { type: "string", valueHint: "/paths/*", description: "Only at these places" },
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => addIgnore(session, args)),
    }),
    remove: defineCommand({
      meta: { name: "remove", description: "Ignore no longer" },
      args: {
        ...dependencyArg,
        ignore: { type: "positional", required: true, description: "The ignore rule's id" },
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => removeIgnore(session, args)),
    }),
  },
});

export const severities = defineCommand({
  meta: { name: "severities", description: "Show and set levels of rules for a dependency" },
  subCommands: {
    list: defineCommand({
      meta: { name: "list", description: "List the levels that are set instead of the rules' own" },
      args: { ...dependencyArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => listSeverities(session, args)),
    }),
    set: defineCommand({
      meta: { name: "set", description: "Set levels, in place of all that were set" },
      args: {
        ...dependencyArg,
        levels: { type: "positional", required: true, description: "RULE=LEVEL,… or none" },
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => setSeverities(session, args)),
    }),
  },
});
