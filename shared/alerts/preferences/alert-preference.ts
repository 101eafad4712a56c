import type { Level } from "../../diff/change-set.ts";

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

/** A time of day, in the preference's time zone, in which nothing is sent. */
export type MuteWindow = {
  /** `HH:MM` */
  from: string;
  /** `HH:MM`. At or before `from`: on the next day. */
  to: string;
  /** Days on which it begins. */
  days: Weekday[];
};

export type DigestPeriod = "hourly" | "daily";

/** Who is told of what, and when. */
export type AlertPreference = {
  /** ULID. */
  id: string;
  tenantId: string;
  name: string;
  /** What `scopeValue` names: dependencies by id or name, domains of operations, or operations. */
  scope: "api" | "domain" | "endpoint";
  /** With `*` for anything. */
  scopeValue: string;
  minSeverity: Level;
  /** Ids of channels. */
  channels: string[];
  /** IANA name: of the mute window, and of the day of a daily digest. */
  timeZone: string;
  mute?: MuteWindow;
  /** `none`: at once. */
  digest: "none" | DigestPeriod;
  /** A disabled one still keeps its channels from getting what they would without any preference. */
  enabled: boolean;
  createdAt: string;
  updatedAt: string;
};

type Settings = Omit<AlertPreference, "id" | "tenantId" | "createdAt" | "updatedAt" | "mute">;

/** What a person may change. What is `undefined` stays; `null` removes. */
export type AlertPreferencePatch = { [Field in keyof Settings]?: Settings[Field] | undefined } & {
  mute?: MuteWindow | null | undefined;
};

export const applyPreferencePatch = (
  preference: AlertPreference,
  { mute, ...patch }: AlertPreferencePatch,
  atMs: number,
): AlertPreference => {
  const { mute: before, ...kept } = preference;
  const after = mute === undefined ? before : (mute ?? undefined);
  const given: Partial<Settings> = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  return {
    ...kept,
    ...given,
    ...(after === undefined ? {} : { mute: after }),
    updatedAt: new Date(atMs).toISOString(),
  };
};
