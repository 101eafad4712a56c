import type { Level } from "../../diff/change-set.ts";
import { levelOrder } from "../../rules/causes.ts";
import type { Channel } from "../channel.ts";
import type { AlertPreference, DigestPeriod } from "./alert-preference.ts";
import { isMuted } from "./mute-window.ts";

/** What becomes of one cause for one channel. `preferenceId`: the preference that says so. */
export type Route =
  | { way: "now"; preferenceId?: string }
  | { way: "digest"; every: DigestPeriod; timeZone: string; preferenceId: string }
  | { way: "muted"; preferenceId: string };

/** The soonest first: what one preference wants at once is sent at once. */
const promptness = { none: 0, hourly: 1, daily: 2 } as const;

export const isAtLeast = (level: Level, minimum: Level): boolean =>
  levelOrder.indexOf(level) <= levelOrder.indexOf(minimum);

/**
 * One way for a cause and a channel, whatever the number of preferences that want it there; `undefined` when none does. A
 * channel that no preference names gets what is at least as severe as its own `minSeverity`.
 *
 * @param levelFor worst level of the cause's changes in a preference's scope
 * @param foundAtMs Unix milliseconds when the change was found: a repeat must come to the same
 */
export function chooseRoute(
  channel: Pick<Channel, "id" | "minSeverity">,
  severity: Level,
  preferences: readonly AlertPreference[],
  levelFor: (preference: AlertPreference) => Level | undefined,
  foundAtMs: number,
): Route | undefined {
  const naming = preferences.filter(({ channels }) => channels.includes(channel.id));
  if (naming.length === 0) return isAtLeast(severity, channel.minSeverity) ? { way: "now" } : undefined;
  const wanting = naming.filter((preference) => {
    const level = preference.enabled ? levelFor(preference) : undefined;
    return level !== undefined && isAtLeast(level, preference.minSeverity);
  });
  const [anyone] = wanting;
  if (anyone === undefined) return undefined;
  const [soonest] = wanting
    .filter((preference) => !isMuted(preference, foundAtMs))
    .sort((one, other) => promptness[one.digest] - promptness[other.digest]);
  if (soonest === undefined) return { way: "muted", preferenceId: anyone.id };
  const { id: preferenceId, digest, timeZone } = soonest;
  return digest === "none" ? { way: "now", preferenceId } : { way: "digest", every: digest, timeZone, preferenceId };
}
