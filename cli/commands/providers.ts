import { defineCommand } from "citty";
import { providerChangesQuery } from "../../shared/contracts/api/providers.ts";
import { type ApiSession, formatArg, withApi } from "../client/api-session.ts";
import { collect, limitArg, readLimit } from "../client/collect.ts";
import { findDependency } from "../client/find-dependency.ts";
import { printFields, printJson, printLine, printTable } from "../client/print.ts";
import { readRequest } from "../client/read-request.ts";
import { UsageError } from "../errors.ts";
import { monitorArg, monitoringOf } from "../input/monitoring.ts";
import { partsOf } from "../input/parts-of.ts";

export const listProviders = async (
  session: ApiSession,
  { limit, query }: { limit: string; query?: string | undefined },
): Promise<void> => {
  const found = await collect(readLimit(limit), (page) =>
    session.client.call("listProviders", { query: { ...page, ...(query === undefined ? {} : { q: query }) } }),
  );
  if (printJson(session, found)) return;
  if (found.length === 0) return printLine(session, "no provider has this in its name");
  const rows = found.flatMap(({ name, surfaces }) =>
    surfaces.map((surface) => [surface.id, name, surface.name, surface.verified ? "yes" : "no", surface.specUrl]),
  );
  printTable(session, ["surface", "provider", "API", "verified", "document"], rows);
};

export const getProvider = async (session: ApiSession, { provider }: { provider: string }): Promise<void> => {
  const { data } = await session.client.call("getProvider", { params: { providerId: provider } });
  if (printJson(session, data)) return;
  printFields(session, { provider: data.id, name: data.name, documentation: data.docsUrl, "comes from": data.origin });
  for (const { id, name, specUrl, verified, evidence } of data.surfaces) {
    printLine(session, "");
    printFields(session, { surface: id, API: name, document: specUrl, verified: verified ? "yes" : "no", evidence });
  }
};

export type SubscribeArguments = {
  surface: string;
  name?: string | undefined;
  owner?: string | undefined;
  tags?: string | undefined;
  monitor?: string | undefined;
};

export const subscribeTo = async (session: ApiSession, args: SubscribeArguments): Promise<void> => {
  const { data } = await session.client.call("createSubscription", {
    body: {
      surfaceId: args.surface,
      ...(args.name === undefined ? {} : { name: args.name }),
      ...(args.owner === undefined ? {} : { owner: args.owner }),
      ...(args.tags === undefined ? {} : { tags: partsOf(args.tags) }),
      ...(args.monitor === undefined ? {} : monitoringOf(args.monitor)),
    },
  });
  if (!printJson(session, data)) printLine(session, `${data.name} follows ${args.surface} as ${data.id}`);
};

export const listSubscriptions = async (session: ApiSession, { limit }: { limit: string }): Promise<void> => {
  const found = await collect(readLimit(limit), (query) => session.client.call("listSubscriptions", { query }));
  if (printJson(session, found)) return;
  if (found.length === 0)
    return printLine(session, "no subscriptions yet: forewarn providers list shows what there is");
  const rows = found.map((one) => [
    one.id,
    one.name,
    one.providerSurfaceId ?? "",
    one.enabled ? one.health.status : "off",
    one.lastCheckedAt ?? "never",
  ]);
  printTable(session, ["dependency", "name", "surface", "state", "last checked"], rows);
};

export const unsubscribe = async (session: ApiSession, { dependency }: { dependency: string }): Promise<void> => {
  const { id, name, providerSurfaceId } = await findDependency(session.client, dependency);
  if (providerSurfaceId === undefined)
    throw new UsageError(`${name} follows no provider: forewarn deps remove removes a dependency of your own`);
  await session.client.call("deleteSubscription", { params: { subscriptionId: id } });
  if (!printJson(session, { id, name })) printLine(session, `${name} no longer follows ${providerSurfaceId}`);
};

export type ProviderChangesArguments = {
  limit: string;
  surface?: string | undefined;
  severity?: string | undefined;
  rule?: string | undefined;
};

export const listProviderChanges = async (session: ApiSession, args: ProviderChangesArguments): Promise<void> => {
  const filter = readRequest(
    providerChangesQuery.pick({ surfaceId: true, severity: true, ruleId: true }),
    { surfaceId: args.surface, severity: args.severity, ruleId: args.rule },
    { surfaceId: "--surface", severity: "--severity", ruleId: "--rule" },
  );
  const found = await collect(readLimit(args.limit), (page) =>
    session.client.call("listProviderChanges", { query: { ...filter, ...page } }),
  );
  if (printJson(session, found)) return;
  if (found.length === 0) return printLine(session, "no changes in what you subscribe to");
  const rows = found.map(({ surfaceId, severity, summary, detectedAt }) => [detectedAt, surfaceId, severity, summary]);
  printTable(session, ["found", "surface", "severity", "change"], rows);
};

const dependencyArg = {
  dependency: { type: "positional", required: true, description: "Id or name of the dependency that follows it" },
} as const;

export const providers = defineCommand({
  meta: { name: "providers", description: "Subscribe to public APIs that are watched once for everyone" },
  subCommands: {
    list: defineCommand({
      meta: { name: "list", description: "List what can be subscribed to" },
      args: {
        query: { type: "string", valueHint: "TEXT", description: "With this in a name" },
        ...limitArg,
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => listProviders(session, args)),
    }),
    get: defineCommand({
      meta: { name: "get", description: "Show a provider, and what speaks for its addresses" },
      args: { provider: { type: "positional", required: true, description: "Its id" }, ...formatArg },
      run: ({ args }) => withApi(args, (session) => getProvider(session, args)),
    }),
    subscribe: defineCommand({
      meta: { name: "subscribe", description: "Follow a surface with a dependency of your own" },
      args: {
        surface: { type: "positional", required: true, description: "Its id, such as stripe.api" },
        name: { type: "string", valueHint: "NAME", description: "What the dependency is called" },
        owner: { type: "string", valueHint: "WHO", description: "Who looks after it" },
        tags: { type: "string", valueHint: "a,b", description: "Tags, comma-separated" },
        ...monitorArg,
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => subscribeTo(session, args)),
    }),
    subscriptions: defineCommand({
      meta: { name: "subscriptions", description: "List what you follow" },
      args: { ...limitArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => listSubscriptions(session, args)),
    }),
    unsubscribe: defineCommand({
      meta: { name: "unsubscribe", description: "Stop following, and remove the dependency" },
      args: { ...dependencyArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => unsubscribe(session, args)),
    }),
    changes: defineCommand({
      meta: { name: "changes", description: "List everything that changed in what you follow, newest first" },
      args: {
        surface: { type: "string", valueHint: "ID", description: "Of this surface" },
        severity: { type: "string", valueHint: "breaking|risky|safe", description: "Of this severity" },
        rule: { type: "string", valueHint: "RULE", description: "Of this rule" },
        ...limitArg,
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => listProviderChanges(session, args)),
    }),
  },
});
