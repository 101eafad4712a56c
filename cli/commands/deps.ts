import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { defineCommand } from "citty";
import { type ApiSession, formatArg, withApi } from "../client/api-session.ts";
import { collect, limitArg, readLimit } from "../client/collect.ts";
import { type Dependency, findDependency } from "../client/find-dependency.ts";
import { printFields, printJson, printLine, printTable } from "../client/print.ts";
import { UnreadableInputError, UsageError } from "../errors.ts";
import { monitorArg, monitoringOf } from "../input/monitoring.ts";
import { partsOf } from "../input/parts-of.ts";

export const listDependencies = async (session: ApiSession, { limit }: { limit: string }): Promise<void> => {
  const found = await collect(readLimit(limit), (query) => session.client.call("listDependencies", { query }));
  if (printJson(session, found)) return;
  if (found.length === 0) {
    return printLine(session, "no dependencies yet: add one with forewarn deps add https://…/openapi.json");
  }
  const rows = found.map((one) => [
    one.id,
    one.name,
    stateOf(one),
    one.enabled ? one.cadence : "off",
    one.lastCheckedAt ?? "never",
    one.specUrl ?? "(upload)",
  ]);
  printTable(session, ["dependency", "name", "state", "every", "last checked", "document"], rows);
};

export type DependencySettings = {
  name?: string | undefined;
  cadence?: string | undefined;
  enabled?: boolean | undefined;
  owner?: string | undefined;
  tags?: string | undefined;
  "base-url"?: string | undefined;
  monitor?: string | undefined;
};

export const addDependency = async (
  session: ApiSession,
  { source, ...settings }: DependencySettings & { source: string },
): Promise<void> => {
  const { data } = await session.client.call("createDependency", {
    body: { name: nameOf(source), ...(await readSource(source)), ...settingsOf(settings) },
  });
  if (printJson(session, data)) return;
  printLine(session, `added ${data.name} as ${data.id}; its first sync is job ${data.activeJobId}`);
};

export const getDependency = async (session: ApiSession, args: { dependency: string }): Promise<void> => {
  const found = await findDependency(session.client, args.dependency);
  if (printJson(session, found)) return;
  const { health } = found;
  printFields(session, {
    dependency: found.id,
    name: found.name,
    document: found.specUrl ?? "(upload)",
    "base URL": found.baseUrl,
    every: found.enabled ? found.cadence : "off",
    state: stateOf(found),
    "last error": health.lastError === undefined ? undefined : `${health.lastFailureAt}  ${health.lastError.message}`,
    "last checked": found.lastCheckedAt,
    "next check": found.nextCheckAt,
    "rate-limited until": found.rateLimitedUntil,
    snapshot: found.currentSnapshotId,
    "running job": found.activeJobId,
    monitored:
      found.monitoringMode === "full" ? "all" : [...found.filteredDomains, ...found.filteredEndpoints].join(", "),
    owner: found.owner,
    tags: found.tags.join(" ") || undefined,
    created: found.createdAt,
  });
};

export const setDependency = async (
  session: ApiSession,
  { dependency, source, ...settings }: DependencySettings & { dependency: string; source?: string | undefined },
): Promise<void> => {
  const body = { ...settingsOf(settings), ...(source === undefined ? {} : await readSource(source)) };
  if (Object.keys(body).length === 0) throw new UsageError("nothing to set: see forewarn deps set --help");
  const { id } = await findDependency(session.client, dependency);
  const { data } = await session.client.call("updateDependency", { params: { dependencyId: id }, body });
  if (!printJson(session, data)) printLine(session, `set ${Object.keys(body).join(", ")} of ${data.name}`);
};

export const removeDependency = async (session: ApiSession, args: { dependency: string }): Promise<void> => {
  const { id, name } = await findDependency(session.client, args.dependency);
  await session.client.call("deleteDependency", { params: { dependencyId: id } });
  if (!printJson(session, { id, name })) printLine(session, `removed ${name}`);
};

const stateOf = ({ health, activeJobId }: Dependency): string =>
  activeJobId === undefined ? health.status : `${health.status}, syncing`;

const isUrl = (source: string): boolean => /^https?:\/\//i.test(source);

/** A URL is watched; a file is uploaded. */
const readSource = async (source: string): Promise<{ specUrl: string } | { upload: string }> => {
  if (isUrl(source)) return { specUrl: source };
  try {
    return { upload: await readFile(source, "utf8") };
  } catch (error) {
    const reason =
      error instanceof Error && "code" in error && error.code === "ENOENT" ? "no such file" : String(error);
    throw new UnreadableInputError(source, reason, { cause: error });
  }
};

const nameOf = (source: string): string =>
  isUrl(source) && URL.canParse(source) ? new URL(source).hostname : basename(source);

const settingsOf = ({ tags, "base-url": baseUrl, name, cadence, enabled, owner, monitor }: DependencySettings) => ({
  ...(name === undefined ? {} : { name }),
  ...(cadence === undefined ? {} : { cadence }),
  ...(enabled === undefined ? {} : { enabled }),
  ...(owner === undefined ? {} : { owner }),
  ...(baseUrl === undefined ? {} : { baseUrl }),
  ...(tags === undefined ? {} : { tags: partsOf(tags) }),
  ...(monitor === undefined ? {} : monitoringOf(monitor)),
});

const settingArgs = {
  name: { type: "string", valueHint: "NAME", description: "What it is called" },
  cadence: { type: "string", valueHint: "15m|1h|1d", description: "How often it is checked, from 5m to 31d" },
  enabled: { type: "boolean", description: "Check it by schedule", negativeDescription: "Check it by hand only" },
  owner: { type: "string", valueHint: "WHO", description: "Who looks after it" },
  tags: { type: "string", valueHint: "a,b", description: "Tags, comma-separated" },
  ...monitorArg,
  "base-url": { type: "string", valueHint: "URL", description: "Where the API itself is" },
} as const;

const dependencyArg = { dependency: { type: "positional", required: true, description: "Its id or name" } } as const;

export const deps = defineCommand({
  meta: { name: "deps", description: "List, add, show, change and remove the APIs that you depend on" },
  subCommands: {
    list: defineCommand({
      meta: { name: "list", description: "List dependencies, newest first" },
      args: { ...limitArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => listDependencies(session, args)),
    }),
    add: defineCommand({
      meta: { name: "add", description: "Watch an API and start its first sync" },
      args: {
        source: { type: "positional", required: true, description: "URL of its OpenAPI document, or a file to upload" },
        ...settingArgs,
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => addDependency(session, args)),
    }),
    get: defineCommand({
      meta: { name: "get", description: "Show a dependency" },
      args: { ...dependencyArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => getDependency(session, args)),
    }),
    set: defineCommand({
      meta: { name: "set", description: "Change a dependency" },
      args: {
        ...dependencyArg,
        source: { type: "string", valueHint: "URL|FILE", description: "Another document" },
        ...settingArgs,
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => setDependency(session, args)),
    }),
    remove: defineCommand({
      meta: { name: "remove", description: "Stop watching an API" },
      args: { ...dependencyArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => removeDependency(session, args)),
    }),
  },
});
