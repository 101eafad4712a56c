import robotsParser from "robots-parser";
import type { PoliteOutcome } from "./polite-fetch.ts";

/** The product token of our `User-Agent`, as `robots.txt` files name it. */
export const robotName = "Forewarn";

/** What RFC 9309 (2.5) asks a crawler to read at least. */
const maxRobotsBytes = 512_000;

/** What an origin's robots.txt says: its text, or that there is none, or that nobody may come in. */
export type RobotsFile = { text: string } | "all" | "none";

export const robotsUrlOf = (url: string): string => new URL("/robots.txt", url).href;

/**
 * What the fetch of a robots.txt means (RFC 9309, 2.3.1): an answer of 4xx lets everybody in, one that does not come keeps
 * everybody out. `undefined` when it has to be asked for again.
 */
export const readRobots = (answer: PoliteOutcome): RobotsFile | undefined => {
  switch (answer.outcome) {
    case "body":
      return { text: new TextDecoder().decode(answer.body.subarray(0, maxRobotsBytes)) };
    case "missing":
      return "all";
    case "refused":
      return answer.status === undefined ? "none" : "all";
    default:
      return undefined;
  }
};

export type RobotsRules = { isAllowed(url: string): boolean; crawlDelayMs: number; sitemaps: string[] };

/** The rules of `url`'s origin. */
export const rulesOf = (file: RobotsFile, url: string): RobotsRules => {
  if (typeof file === "string") return { isAllowed: () => file === "all", crawlDelayMs: 0, sitemaps: [] };
  const robots = robotsParser(robotsUrlOf(url), file.text);
  return {
    isAllowed: (page) => robots.isAllowed(page, robotName) !== false,
    crawlDelayMs: (robots.getCrawlDelay(robotName) ?? 0) * 1_000,
    sitemaps: robots.getSitemaps().filter((sitemap) => URL.canParse(sitemap)),
  };
};
