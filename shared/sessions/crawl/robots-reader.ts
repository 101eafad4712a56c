import type { PoliteFetch, PoliteOutcome } from "./polite-fetch.ts";
import { type RobotsFile, type RobotsRules, readRobots, robotsUrlOf, rulesOf } from "./robots.ts";

/** The rules of an origin, `isNew` when they were asked for; or the answer that did not say them yet. */
export type RobotsAnswer = { rules: RobotsRules; isNew: boolean } | { unread: PoliteOutcome };

/** The rules that hold for a URL. */
export type RobotsReader = (url: string) => Promise<RobotsAnswer>;

/**
 * Asks each origin for its robots.txt once, also when several of its pages come at the same time.
 * @param known what was read of each origin; what is read is put into it
 */
export const createRobotsReader = (
  fetch: PoliteFetch,
  known: Record<string, RobotsFile>,
  signal: AbortSignal,
): RobotsReader => {
  const asking = new Map<string, Promise<PoliteOutcome>>();
  const ask = (url: string, origin: string): Promise<PoliteOutcome> => {
    const asked = asking.get(origin) ?? fetch(robotsUrlOf(url), { signal }).finally(() => asking.delete(origin));
    asking.set(origin, asked);
    return asked;
  };
  return async (url) => {
    const { origin } = new URL(url);
    const before = known[origin];
    if (before !== undefined) return { rules: rulesOf(before, url), isNew: false };
    const answer = await ask(url, origin);
    const read = readRobots(answer);
    if (read === undefined) return { unread: answer };
    known[origin] = read;
    return { rules: rulesOf(read, url), isNew: true };
  };
};
