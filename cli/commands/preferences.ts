import { defineCommand } from "citty";
import { createAlertPreferenceBody, updateAlertPreferenceBody } from "../../shared/contracts/api/alert-preferences.ts";
import { type ApiSession, formatArg, withApi } from "../client/api-session.ts";
import { collect, limitArg, readLimit } from "../client/collect.ts";
import { printJson, printLine, printTable } from "../client/print.ts";
import { readRequest } from "../client/read-request.ts";
import { UsageError } from "../errors.ts";
import { partsOf } from "../input/parts-of.ts";

export const listPreferences = async (session: ApiSession, { limit }: { limit: string }): Promise<void> => {
  const found = await collect(readLimit(limit), (query) => session.client.call("listAlertPreferences", { query }));
  if (printJson(session, found)) return;
  if (found.length === 0) return printLine(session, "no alert preferences: channels get what their severity says");
  const rows = found.map(({ mute, ...one }) => [
    one.id,
    one.enabled ? one.name : `${one.name} (off)`,
    `${one.scope} ${one.scopeValue}`,
    one.minSeverity,
    one.digest === "none" ? "at once" : one.digest,
    mute === undefined ? "" : `${mute.days.join(",")} ${mute.from}-${mute.to} ${one.timeZone}`,
    one.channels.join(" "),
  ]);
  printTable(session, ["preference", "name", "scope", "from", "when", "muted", "channels"], rows);
};

export type PreferenceFlags = {
  name?: string | undefined;
  scope?: string | undefined;
  "min-severity"?: string | undefined;
  channels?: string | undefined;
  "time-zone"?: string | undefined;
  mute?: string | undefined;
  digest?: string | undefined;
  enabled?: boolean | undefined;
};

/** `22:00-07:00`, `sat,sun 00:00-00:00`, or `none`. @throws UsageError */
const readMute = (text: string) => {
  if (text === "none") return null;
  const [, days, from, to] = /^(?:([a-z,]+) )?(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text.trim()) ?? [];
  if (from === undefined) throw new UsageError(`--mute is 22:00-07:00, sat,sun 00:00-00:00, or none, not ${text}`);
  return { from, to, ...(days === undefined ? {} : { days: partsOf(days) }) };
};

/** `api:Stripe*`, `domain:billing`, `endpoint:GET /v1/*`. @throws UsageError */
const readScope = (text: string) => {
  const [, scope, scopeValue] = /^(api|domain|endpoint):(.+)$/.exec(text) ?? [];
  if (scope === undefined) throw new UsageError(`--scope is api:NAME, domain:TAG or endpoint:GET /v1/*, not ${text}`);
  return { scope, scopeValue };
};

const settingsOf = (flags: PreferenceFlags) => ({
  ...(flags.name === undefined ? {} : { name: flags.name }),
  ...(flags.scope === undefined ? {} : readScope(flags.scope)),
  ...(flags["min-severity"] === undefined ? {} : { minSeverity: flags["min-severity"] }),
  ...(flags.channels === undefined ? {} : { channels: partsOf(flags.channels) }),
  ...(flags["time-zone"] === undefined ? {} : { timeZone: flags["time-zone"] }),
  ...(flags.mute === undefined ? {} : { mute: readMute(flags.mute) }),
  ...(flags.digest === undefined ? {} : { digest: flags.digest }),
  ...(flags.enabled === undefined ? {} : { enabled: flags.enabled }),
});

const flagNames = {
  minSeverity: "--min-severity",
  scopeValue: "--scope",
  channels: "--channels",
  timeZone: "--time-zone",
  mute: "--mute",
  digest: "--digest",
};

export const addPreference = async (session: ApiSession, flags: PreferenceFlags): Promise<void> => {
  const { mute, ...given } = settingsOf(flags);
  const settings = mute === undefined || mute === null ? given : { ...given, mute };
  const body = readRequest(createAlertPreferenceBody, settings, flagNames);
  const { data } = await session.client.call("createAlertPreference", { body });
  if (!printJson(session, data)) printLine(session, `added ${data.name} as ${data.id}`);
};

export const setPreference = async (
  session: ApiSession,
  { preference: preferenceId, ...flags }: PreferenceFlags & { preference: string },
): Promise<void> => {
  const given = settingsOf(flags);
  if (Object.keys(given).length === 0) throw new UsageError("nothing to set: see forewarn preferences set --help");
  const body = readRequest(updateAlertPreferenceBody, given, flagNames);
  const { data } = await session.client.call("updateAlertPreference", { params: { preferenceId }, body });
  if (!printJson(session, data)) printLine(session, `set ${Object.keys(given).join(", ")} of ${data.name}`);
};

export const removePreference = async (
  session: ApiSession,
  { preference: preferenceId }: { preference: string },
): Promise<void> => {
  await session.client.call("deleteAlertPreference", { params: { preferenceId } });
  if (!printJson(session, { id: preferenceId })) printLine(session, `removed ${preferenceId}`);
};

const settingArgs = {
  scope: { type: "string", valueHint: "api:NAME|domain:TAG|endpoint:…", description: "What it is about, with *" },
  "min-severity": { type: "string", valueHint: "breaking|risky|safe", description: "The least that is told" },
  channels: { type: "string", valueHint: "ID,ID", description: "Who is told" },
  digest: { type: "string", valueHint: "none|hourly|daily", description: "At once, or together with others" },
  mute: { type: "string", valueHint: "22:00-07:00", description: "When nothing is sent: sat,sun 00:00-00:00, or none" },
  "time-zone": { type: "string", valueHint: "Europe/Berlin", description: "Of --mute and of a daily digest" },
  enabled: { type: "boolean", description: "Use it", negativeDescription: "Tell its channels nothing" },
} as const;

const preferenceArg = {
  preference: { type: "positional", required: true, description: "The preference's id" },
} as const;

export const preferences = defineCommand({
  meta: { name: "preferences", description: "Say who is told of which changes, and when" },
  subCommands: {
    list: defineCommand({
      meta: { name: "list", description: "List alert preferences, newest first" },
      args: { ...limitArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => listPreferences(session, args)),
    }),
    add: defineCommand({
      meta: { name: "add", description: "Add an alert preference" },
      args: {
        name: { type: "positional", required: true, description: "What it is called" },
        ...settingArgs,
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => addPreference(session, args)),
    }),
    set: defineCommand({
      meta: { name: "set", description: "Change an alert preference" },
      args: {
        ...preferenceArg,
        name: { type: "string", valueHint: "NAME", description: "What it is called" },
        ...settingArgs,
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => setPreference(session, args)),
    }),
    remove: defineCommand({
      meta: { name: "remove", description: "Remove an alert preference" },
      args: { ...preferenceArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => removePreference(session, args)),
    }),
  },
});
