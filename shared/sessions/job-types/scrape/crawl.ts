import PQueue from "p-queue";
import { createPoliteFetch } from "../../crawl/polite-fetch.ts";
import { createRobotsReader } from "../../crawl/robots-reader.ts";
import type { JobContext } from "../job-type.ts";
import { NothingScrapedError } from "./errors.ts";
import { beginFrontier, type CrawlLimits, Frontier, frontierState } from "./frontier.ts";
import type { ScrapeInput, ScrapeProgress } from "./input.ts";
import { visitAll } from "./visit-all.ts";
import { visitPage } from "./visit-page.ts";

/** Pages in work at once, over all hosts; each host has its own pace besides. */
const concurrency = 4;

/** A shorter pause is waited for in this worker: handing over costs about as long. */
const maxIdleMs = 10_000;

/** Entries of the result's lists; a result has 256 KiB. The counts are exact, the documentation has every page. */
const maxListedPages = 500;
const maxListedFailures = 100;

type Context = JobContext<ScrapeInput, ScrapeProgress>;

/** The work of a scrape job, from where its progress says. @throws NothingScrapedError when no page was kept */
export const crawl = async (context: Context, limits: CrawlLimits) => {
  const { input, ports, signal, mustYield } = context;
  const frontier = new Frontier(await loadState(context, limits), limits);
  let progress = context.progress;
  const fetch = createPoliteFetch(ports, `${context.jobId}-${ports.clock.nowMs()}`);
  const robots = createRobotsReader(fetch, frontier.robots, signal);
  const visitor = { ...ports, frontier, fetch, robots, nowMs: ports.clock.nowMs, jobId: context.jobId, signal };
  const saves = new PQueue({ concurrency: 1 });
  const save = async (): Promise<void> => {
    const state = Buffer.from(JSON.stringify(frontier.state()));
    progress = { frontierKey: await ports.bodies.put(state, "application/json") };
    await context.report({ message: `Reading the documentation of ${input.applicationName}`, ...frontier.counts });
    await context.saveProgress(progress);
  };

  for (;;) {
    await visitAll(
      () => (mustYield() || signal.aborted ? undefined : frontier.take(ports.clock.nowMs())),
      async (page) => {
        await visitPage(visitor, page);
        if (!frontier.isWaiting(page)) await saves.add(save);
      },
      concurrency,
    );
    signal.throwIfAborted();
    const nextAtMs = frontier.nextAtMs();
    if (nextAtMs === undefined) return { result: resultOf(input, frontier) };
    if (mustYield()) return { progress };
    const waitMs = nextAtMs - ports.clock.nowMs();
    if (waitMs > maxIdleMs) return { progress, waitUntilMs: nextAtMs };
    if (waitMs > 0) await ports.clock.sleep(waitMs, signal);
  }
};

const loadState = async ({ input, progress, ports }: Context, limits: CrawlLimits) => {
  const saved = progress.frontierKey === undefined ? undefined : await ports.bodies.get(progress.frontierKey);
  if (saved === undefined) return beginFrontier(input.starterLinks, limits);
  return frontierState.parse(JSON.parse(Buffer.from(saved).toString()));
};

const resultOf = ({ applicationName, applicationVersion, starterLinks }: ScrapeInput, frontier: Frontier) => {
  const { pages, waiting, fetched, bytes, skipped, failures } = frontier.state();
  if (pages.length === 0) throw new NothingScrapedError(starterLinks, failures, skipped);
  const overLimit = (skipped.overLimit ?? 0) + waiting.length;
  return {
    applicationName,
    applicationVersion,
    savedDocumentationCount: pages.length,
    chunkCount: pages.reduce((sum, { chunks }) => sum + chunks, 0),
    documentation: listWithin(pages, maxListedPages),
    fetchedPages: fetched,
    fetchedBytes: bytes,
    skipped: { ...skipped, ...(overLimit > 0 ? { overLimit } : {}) },
    failureCount: failures.length,
    failures: listWithin(failures, maxListedFailures),
  };
};

/** The first entries, as many as `maxCount` and 96 KiB of JSON. */
const listWithin = <Entry>(entries: readonly Entry[], maxCount: number): Entry[] => {
  const listed: Entry[] = [];
  let bytes = 0;
  for (const entry of entries.slice(0, maxCount)) {
    bytes += Buffer.byteLength(JSON.stringify(entry));
    if (bytes > 96 * 1024) break;
    listed.push(entry);
  }
  return listed;
};
