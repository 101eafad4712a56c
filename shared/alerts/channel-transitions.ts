import type { Channel, WebhookChannel } from "./channel.ts";

/** What happens to a channel, written once for every store. */

/** What a person may change; the fields of one kind are nothing to another. */
export type ChannelPatch = Partial<Pick<Channel, "name" | "minSeverity" | "enabled">> & {
  url?: string;
  routingKey?: string;
  region?: "us" | "eu";
  busArn?: string;
  to?: string[];
};

/** While a receiver changes over, both are signed with. */
const maxSecrets = 2;

/** Fields of a patch that only some kinds have. */
const settings = {
  webhook: ["url"],
  slack: ["url"],
  teams: ["url"],
  pagerduty: ["routingKey", "region"],
  eventbridge: ["busArn"],
  email: ["to"],
} as const satisfies Record<Channel["type"], readonly (keyof ChannelPatch)[]>;

const commonFields: readonly string[] = ["name", "minSeverity", "enabled"];

/** The first field of the patch that a channel of this kind has not. */
export const foreignField = (type: Channel["type"], patch: ChannelPatch): string | undefined => {
  const own: readonly string[] = settings[type];
  return Object.keys(patch).find((field) => !commonFields.includes(field) && !own.includes(field));
};

/** The channel with what a person changed. Fields of other kinds must have been refused before (`foreignField`). */
export const applyChannelPatch = (channel: Channel, patch: ChannelPatch, atMs: number): Channel => {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  return { ...channel, ...given, updatedAt: new Date(atMs).toISOString() };
};

/** The webhook with a new signing secret; the last one stays valid. `undefined` when it is no webhook. */
export const applyRotation = (channel: Channel, secret: string, atMs: number): WebhookChannel | undefined => {
  if (channel.type !== "webhook") return undefined;
  const secrets = [secret, ...channel.secrets].slice(0, maxSecrets);
  return { ...channel, secrets, updatedAt: new Date(atMs).toISOString() };
};

/** The channel, no longer used. */
export const applyDisabling = (channel: Channel, atMs: number): Channel | undefined =>
  channel.enabled ? { ...channel, enabled: false, updatedAt: new Date(atMs).toISOString() } : undefined;
