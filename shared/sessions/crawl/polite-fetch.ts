import { AppError } from "../../errors.ts";
import { hostOf } from "../../hosts/host-turns.ts";
import type { HostTurns } from "../../hosts/ports.ts";
import { takeTurn } from "../../hosts/take-turn.ts";
import type { Clock } from "../../jobs/ports.ts";
import { UpstreamNotFoundError, UpstreamRefusedError, upstreamWaitOf } from "../../net/errors.ts";
import type { FetchedBody, GuardedFetch } from "../../net/guarded-fetch.ts";

/** At one host: two requests at once over all workers, four a second at most. A site's own `Crawl-delay` is kept too. */
const crawlTurns = { maxTurns: 2, intervalMs: 250 };

/** The longest `Crawl-delay` that is waited for between two pages. */
const maxCrawlDelayMs = 10_000;

/** A worker waits this long for its turn; then the page waits without one. */
const patienceMs = 20_000;

/** Longer than the guarded fetch may take. */
const holdMs = 90_000;

export type PoliteOutcome =
  | FetchedBody
  /** The host wants to be left alone, or others have its turns. */
  | { outcome: "later"; retryAtMs: number }
  /** 404, 410. */
  | { outcome: "missing"; reason: string }
  /** Another 4xx, or an address that is not fetched. */
  | { outcome: "refused"; reason: string; status?: number }
  /** It may work in a while. */
  | { outcome: "failed"; reason: string; retryAtMs?: number };

export type PolitePorts = { fetch: GuardedFetch; hosts: HostTurns; clock: Clock };

export type PoliteFetch = (
  url: string,
  about: { crawlDelayMs?: number; signal: AbortSignal },
) => Promise<PoliteOutcome>;

/**
 * A guarded GET in its turn at the host; what goes wrong is an outcome, for one page of many.
 * @param owner unique per worker: its turns are held under this name
 */
export const createPoliteFetch = ({ fetch, hosts, clock }: PolitePorts, owner: string): PoliteFetch => {
  let asked = 0;
  return async (url, { crawlDelayMs = 0, signal }) => {
    const host = hostOf(url);
    const holder = `${owner}-${asked++}`;
    const intervalMs = Math.max(crawlTurns.intervalMs, Math.min(crawlDelayMs, maxCrawlDelayMs));
    const limits = { maxTurns: crawlDelayMs > 0 ? 1 : crawlTurns.maxTurns, intervalMs };
    const turn = await takeTurn({ hosts, clock }, host, { holder, requests: 1, holdMs, limits, patienceMs, signal });
    if (!turn.taken) return { outcome: "later", retryAtMs: turn.retryAtMs };
    let pausedUntilMs: number | undefined;
    try {
      const waitMs = turn.startAtMs - clock.nowMs();
      if (waitMs > 0) await clock.sleep(waitMs, signal);
      if (signal.aborted) return { outcome: "later", retryAtMs: clock.nowMs() };
      const answer = await fetch({ url, signal });
      if (answer.outcome === "body") return answer;
      // Without validators nothing is ever "not modified".
      pausedUntilMs = answer.outcome === "rateLimited" ? answer.retryAtMs : undefined;
      return { outcome: "later", retryAtMs: pausedUntilMs ?? clock.nowMs() };
    } catch (error) {
      if (!(error instanceof AppError) || signal.aborted) throw error;
      pausedUntilMs = upstreamWaitOf(error);
      return outcomeOf(error, pausedUntilMs);
    } finally {
      await hosts.giveBack(host, holder, pausedUntilMs);
    }
  };
};

const outcomeOf = (error: AppError, retryAtMs: number | undefined): PoliteOutcome => {
  const reason = error.message;
  if (error instanceof UpstreamNotFoundError) return { outcome: "missing", reason };
  if (error instanceof UpstreamRefusedError) return { outcome: "refused", reason, status: error.status };
  if (error.kind === "permanent") return { outcome: "refused", reason };
  return { outcome: "failed", reason, ...(retryAtMs === undefined ? {} : { retryAtMs }) };
};
