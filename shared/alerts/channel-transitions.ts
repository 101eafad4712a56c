import type { Channel, WebhookChannel } from "./channel.ts";
import type { Verdict } from "./verdict.ts";

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

/**
 * The channel with what a person changed. Fields of other kinds must have been refused before (`foreignField`). One that is
 * enabled, or gets another receiver, begins without failures.
 */
export const applyChannelPatch = (channel: Channel, patch: ChannelPatch, atMs: number): Channel => {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const { failingSince: _, disabledAt: __, disabledBecause: ___, ...fresh } = channel;
  const isRenewed = given.enabled === true || Object.keys(given).some((field) => !commonFields.includes(field));
  return { ...(isRenewed ? fresh : channel), ...given, updatedAt: new Date(atMs).toISOString() };
};

/** The webhook with a new signing secret; the last one stays valid. `undefined` when it is no webhook. */
export const applyRotation = (channel: Channel, secret: string, atMs: number): WebhookChannel | undefined => {
  if (channel.type !== "webhook") return undefined;
  const secrets = [secret, ...channel.secrets].slice(0, maxSecrets);
  return { ...channel, secrets, updatedAt: new Date(atMs).toISOString() };
};

const dayMs = 86_400_000;

/**
 * The channel after an attempt; `undefined` when nothing changes. It fails from its first failed attempt until a message is
 * delivered; after `disableAfterDays` of that, or at once when its receiver wants nothing more, it is disabled.
 */
export const applyVerdict = (
  channel: Channel,
  verdict: Verdict,
  atMs: number,
  disableAfterDays: number,
): Channel | undefined => {
  if (verdict.verdict === "delivered") {
    const { failingSince, ...healthy } = channel;
    return failingSince === undefined ? undefined : healthy;
  }
  const at = new Date(atMs).toISOString();
  const failingSince = channel.failingSince ?? at;
  const isOver = verdict.verdict === "gone" || atMs - Date.parse(failingSince) >= disableAfterDays * dayMs;
  if (!channel.enabled || !isOver) return channel.failingSince === undefined ? { ...channel, failingSince } : undefined;
  const disabledBecause =
    verdict.verdict === "gone" ? verdict.reason : `Nothing was delivered since ${failingSince}. ${verdict.reason}`;
  return { ...channel, failingSince, enabled: false, disabledAt: at, disabledBecause, updatedAt: at };
};
