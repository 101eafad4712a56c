import { defineCommand } from "citty";
import type * as z from "zod";
import { type channel, createChannelBody, updateChannelBody } from "../../shared/contracts/api/channels.ts";
import { type ApiSession, formatArg, withApi } from "../client/api-session.ts";
import { collect, limitArg, readLimit } from "../client/collect.ts";
import { printJson, printLine, printTable } from "../client/print.ts";
import { readRequest } from "../client/read-request.ts";
import { UsageError } from "../errors.ts";

type Channel = z.output<typeof channel>;

export const listChannels = async (session: ApiSession, { limit }: { limit: string }): Promise<void> => {
  const found = await collect(readLimit(limit), (query) => session.client.call("listChannels", { query }));
  if (printJson(session, found)) return;
  if (found.length === 0) {
    return printLine(session, "no channels yet: add one with forewarn channels add webhook https://… --name team");
  }
  const rows = found.map((one) => [
    one.id,
    one.type,
    one.name,
    targetOf(one),
    one.minSeverity,
    one.enabled ? "on" : "off",
  ]);
  printTable(session, ["channel", "type", "name", "target", "from", "state"], rows);
};

const targetOf = (one: Channel): string => {
  switch (one.type) {
    case "webhook":
      return one.url;
    case "slack":
    case "teams":
      return one.urlHint;
    case "pagerduty":
      return `${one.routingKeyHint} (${one.region})`;
    case "eventbridge":
      return one.busArn;
    case "email":
      return one.to.join(", ");
  }
};

export type ChannelFlags = {
  name?: string | undefined;
  "min-severity"?: string | undefined;
  region?: string | undefined;
};

/** The setting that a kind's target is. */
const targetFields: Readonly<Record<string, "url" | "routingKey" | "busArn" | "to">> = {
  webhook: "url",
  slack: "url",
  teams: "url",
  pagerduty: "routingKey",
  eventbridge: "busArn",
  email: "to",
};

const targetSetting = (type: string, target: string): Record<string, unknown> => {
  const field = targetFields[type];
  if (field === undefined) {
    throw new UsageError(`a channel is a ${Object.keys(targetFields).join(", a ")}, not a ${type}`);
  }
  return { [field]: field === "to" ? target.split(",").map((address) => address.trim()) : target };
};

const settingsOf = ({ name, region, "min-severity": minSeverity }: ChannelFlags) => ({
  ...(name === undefined ? {} : { name }),
  ...(minSeverity === undefined ? {} : { minSeverity }),
  ...(region === undefined ? {} : { region }),
});

const flagNames = { minSeverity: "--min-severity", name: "--name", region: "--region" };

export const addChannel = async (
  session: ApiSession,
  { type, target, ...flags }: ChannelFlags & { type: string; target: string },
): Promise<void> => {
  const given = { type, ...targetSetting(type, target), ...settingsOf({ name: type, ...flags }) };
  const body = readRequest(createChannelBody, given, flagNames);
  const { data } = await session.client.call("createChannel", { body });
  if (printJson(session, data)) return;
  if (data.type !== "webhook") return printLine(session, `added the ${data.type} channel ${data.name} as ${data.id}`);
  // The secret alone on stdout, so that it can be captured; it is shown once.
  session.writeError(`added the webhook ${data.name} as ${data.id}; its signing secret is shown only now:\n`);
  printLine(session, data.secret);
};

export const setChannel = async (
  session: ApiSession,
  {
    channel: channelId,
    target,
    enabled,
    ...flags
  }: ChannelFlags & { channel: string; target?: string | undefined; enabled?: boolean | undefined },
): Promise<void> => {
  const params = { channelId };
  const ofTarget =
    target === undefined ? {} : targetSetting((await session.client.call("getChannel", { params })).data.type, target);
  const given = { ...settingsOf(flags), ...ofTarget, ...(enabled === undefined ? {} : { enabled }) };
  if (Object.keys(given).length === 0) throw new UsageError("nothing to set: see forewarn channels set --help");
  const body = readRequest(updateChannelBody, given, flagNames);
  const { data } = await session.client.call("updateChannel", { params, body });
  if (!printJson(session, data)) printLine(session, `set ${Object.keys(given).join(", ")} of ${data.name}`);
};

export const testChannel = async (session: ApiSession, { channel: channelId }: { channel: string }): Promise<void> => {
  const { data } = await session.client.call("testChannel", { params: { channelId } });
  if (printJson(session, data)) return;
  printLine(session, `sent a test as ${data.id}: forewarn deliveries get ${data.id} tells how it went`);
};

export const rotateChannel = async (
  session: ApiSession,
  { channel: channelId }: { channel: string },
): Promise<void> => {
  const { data } = await session.client.call("rotateChannelSecret", { params: { channelId } });
  if (printJson(session, data)) return;
  session.writeError(`${data.name} signs with a new secret and the last one; the new one is shown only now:\n`);
  printLine(session, data.secret);
};

export const removeChannel = async (
  session: ApiSession,
  { channel: channelId }: { channel: string },
): Promise<void> => {
  await session.client.call("deleteChannel", { params: { channelId } });
  if (!printJson(session, { id: channelId })) printLine(session, `removed ${channelId}`);
};

const channelArg = { channel: { type: "positional", required: true, description: "The channel's id" } } as const;

const settingArgs = {
  name: { type: "string", valueHint: "NAME", description: "What it is called" },
  "min-severity": {
    type: "string",
    valueHint: "breaking|risky|safe",
    description: "What it is sent while no alert preference names it",
  },
  region: { type: "string", valueHint: "us|eu", description: "Of a PagerDuty account" },
} as const;

export const channels = defineCommand({
  meta: { name: "channels", description: "List, add, change, test and remove the channels that alerts go to" },
  subCommands: {
    list: defineCommand({
      meta: { name: "list", description: "List channels, newest first" },
      args: { ...limitArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => listChannels(session, args)),
    }),
    add: defineCommand({
      meta: { name: "add", description: "Add a channel" },
      args: {
        type: { type: "positional", required: true, description: Object.keys(targetFields).join(", ") },
        target: { type: "positional", required: true, description: "URL, routing key, bus ARN, or a@b,c@d" },
        ...settingArgs,
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => addChannel(session, args)),
    }),
    set: defineCommand({
      meta: { name: "set", description: "Change a channel" },
      args: {
        ...channelArg,
        target: { type: "string", valueHint: "TARGET", description: "Another URL, routing key, bus ARN, or addresses" },
        enabled: { type: "boolean", description: "Send to it", negativeDescription: "Send nothing to it" },
        ...settingArgs,
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => setChannel(session, args)),
    }),
    test: defineCommand({
      meta: { name: "test", description: "Send a test message" },
      args: { ...channelArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => testChannel(session, args)),
    }),
    rotate: defineCommand({
      meta: { name: "rotate", description: "Give a webhook a new signing secret; the last one stays valid" },
      args: { ...channelArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => rotateChannel(session, args)),
    }),
    remove: defineCommand({
      meta: { name: "remove", description: "Remove a channel" },
      args: { ...channelArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => removeChannel(session, args)),
    }),
  },
});
