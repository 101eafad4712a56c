import * as z from "zod";
import {
  crawlUrlOf,
  isInScope,
  looksLikeSpecUrl,
  maxUrlChars,
  pageKeyOf,
  refusalOf,
  scopeOf,
  shapeOf,
} from "./crawl-url.ts";

export type CrawlLimits = {
  /** Links from a starter link to a page. */
  maxDepth: number;
  /** Pages that are fetched. */
  maxPages: number;
  /** Bytes of all pages together, decompressed. */
  maxBytes: number;
};

/** What a person would still call one product's documentation; a crawl of this size ends within the hour of a job. */
export const defaultCrawlLimits: CrawlLimits = { maxDepth: 8, maxPages: 2_000, maxBytes: 200 * 1024 * 1024 };

/** Addresses that wait at once; what is found beyond is counted as left out. */
const maxWaiting = 10_000;

/** Addresses that are remembered, so that none is asked for twice: each is in every save. */
const maxSeen = 5 * maxWaiting;

/** Pages of one shape that say the same but for their numbers: then the shape is a trap. */
const maxDullPages = 5;

/** Different queries of one path that are fetched. */
const maxQueriesPerPath = 20;

const waitingPage = z.object({
  url: z.string(),
  depth: z.number(),
  kind: z.enum(["page", "sitemap"]),
  tries: z.number(),
  /** A host or a failure asked for this pause. */
  notBeforeMs: z.number().optional(),
});

/** An address that is to be fetched. */
export type WaitingPage = z.output<typeof waitingPage>;

export const skipReasons = [
  "asset",
  "trap",
  "robots",
  "noindex",
  "duplicate",
  "unreadable",
  "empty",
  "outOfScope",
  "tooDeep",
  "overLimit",
] as const;
export type SkipReason = (typeof skipReasons)[number];

/** A page that became documentation. */
export const scrapedPage = z.object({
  docId: z.string(),
  url: z.string(),
  title: z.string().optional(),
  kind: z.string(),
  chunks: z.number(),
});
export type ScrapedPage = z.output<typeof scrapedPage>;

/** Everything that a crawl knows, as JSON. A worker that knows nothing else goes on from it. */
export const frontierState = z.object({
  scopes: z.array(z.object({ host: z.string(), pathPrefix: z.string() })),
  waiting: z.array(waitingPage),
  /** Keys of the pages that wait or waited, so that none is asked for twice. */
  seen: z.array(z.string()),
  shapes: z.record(z.string(), z.object({ dullPages: z.number(), isTrap: z.boolean() })),
  queries: z.record(z.string(), z.number()),
  /** Fingerprints of what pages say, exactly and without their numbers. */
  contents: z.array(z.string()),
  /** Text of each origin's robots.txt; `none` lets nobody in, `all` everybody. */
  robots: z.record(z.string(), z.union([z.object({ text: z.string() }), z.enum(["all", "none"])])),
  pages: z.array(scrapedPage),
  fetched: z.number(),
  bytes: z.number(),
  skipped: z.partialRecord(z.enum(skipReasons), z.number()),
  failures: z.array(z.object({ url: z.string(), reason: z.string() })),
});
export type FrontierState = z.output<typeof frontierState>;

/** The state of a crawl that begins at these links. */
export const beginFrontier = (starterLinks: readonly string[], limits: CrawlLimits): FrontierState => {
  const frontier = new Frontier(
    {
      scopes: starterLinks.map(scopeOf),
      waiting: [],
      seen: [],
      shapes: {},
      queries: {},
      contents: [],
      robots: {},
      pages: [],
      fetched: 0,
      bytes: 0,
      skipped: {},
      failures: [],
    },
    limits,
  );
  for (const link of starterLinks) frontier.add(link, 0);
  return frontier.state();
};

/** Which pages to fetch, which not, and what came of them. An address that was taken waits until it is settled. */
export class Frontier {
  private readonly known: FrontierState;
  private readonly limits: CrawlLimits;
  private readonly seen: Set<string>;
  private readonly contents: Set<string>;
  private readonly taken = new Set<string>();

  constructor(state: FrontierState, limits: CrawlLimits) {
    this.known = structuredClone(state);
    this.limits = limits;
    this.seen = new Set(state.seen);
    this.contents = new Set(state.contents);
  }

  state(): FrontierState {
    return { ...this.known, seen: [...this.seen], contents: [...this.contents] };
  }

  get robots(): FrontierState["robots"] {
    return this.known.robots;
  }

  get counts(): { completed: number; total: number } {
    const completed = this.known.fetched;
    return { completed, total: Math.min(completed + this.known.waiting.length, this.limits.maxPages) };
  }

  /** Adds an address that a page of depth `depth - 1` names, unless there is a reason not to. */
  add(address: string, depth: number, kind: WaitingPage["kind"] = "page"): void {
    // Before anything else looks at it: an address may be as long as the page that has it.
    if (address.length > 2 * maxUrlChars) {
      this.skip("trap");
      return;
    }
    const url = crawlUrlOf(address);
    const key = pageKeyOf(url);
    if (this.seen.has(key)) return;
    const reason = kind === "sitemap" ? undefined : this.refusal(url, depth);
    // An address that is out of scope is not worth remembering: there are as many as the web has pages.
    if (reason === "outOfScope") return;
    // Nor is one that comes when all room is taken, by any of the thousands of links that such pages have.
    if (this.seen.size >= maxSeen) {
      this.skip("overLimit");
      return;
    }
    this.seen.add(key);
    if (reason !== undefined) this.skip(reason);
    else if (this.known.waiting.length >= maxWaiting) this.skip("overLimit");
    else this.known.waiting.push({ url, depth, kind, tries: 0 });
  }

  /** The next page that may be fetched now, nearest to the starter links first; `undefined` when there is none. */
  take(nowMs: number): WaitingPage | undefined {
    if (this.isFull()) return undefined;
    let next: WaitingPage | undefined;
    for (const page of this.known.waiting) {
      if (this.taken.has(page.url) || (page.notBeforeMs ?? 0) > nowMs) continue;
      if (next === undefined || page.depth < next.depth) next = page;
    }
    if (next !== undefined) this.taken.add(next.url);
    return next;
  }

  /**
   * When the next page may be taken, in epoch milliseconds; `undefined` when none will be, unless one that is taken now
   * comes back or names others. At that time `take` gives one: who waits for it never waits for nothing.
   */
  nextAtMs(): number | undefined {
    const free = this.known.waiting.filter(({ url }) => !this.taken.has(url));
    if (free.length === 0 || this.isFull()) return undefined;
    return Math.min(...free.map(({ notBeforeMs = 0 }) => notBeforeMs));
  }

  /** Puts a page back that could not be fetched now. */
  postpone(page: WaitingPage, notBeforeMs: number, isTry: boolean): void {
    this.taken.delete(page.url);
    page.notBeforeMs = notBeforeMs;
    if (isTry) page.tries += 1;
  }

  /** The page is done with, whatever came of it. */
  settle(page: WaitingPage, fetchedBytes: number | undefined): void {
    this.taken.delete(page.url);
    this.known.waiting = this.known.waiting.filter(({ url }) => url !== page.url);
    if (fetchedBytes === undefined) return;
    this.known.fetched += 1;
    this.known.bytes += fetchedBytes;
  }

  /** Whether the page was postponed, or never settled. */
  isWaiting(page: WaitingPage): boolean {
    return this.known.waiting.includes(page);
  }

  skip(reason: SkipReason): void {
    this.known.skipped[reason] = (this.known.skipped[reason] ?? 0) + 1;
  }

  fail(url: string, reason: string): void {
    this.known.failures.push({ url, reason });
  }

  keep(page: ScrapedPage): void {
    this.known.pages.push(page);
  }

  /** Marks an address as known that a redirect or a canonical link led to. `false` when it was. */
  claim(address: string): boolean {
    const key = pageKeyOf(crawlUrlOf(address));
    if (this.seen.has(key)) return false;
    this.seen.add(key);
    return true;
  }

  isInScope(url: string): boolean {
    return looksLikeSpecUrl(url) || this.known.scopes.some((scope) => isInScope(url, scope));
  }

  /**
   * Whether a page says something that none before said. Pages of one shape that differ in numbers alone make the shape a
   * trap after a few: what waits of it is dropped.
   * @param exact fingerprint of the content
   * @param numberless fingerprint of the content without its digits
   */
  learn(url: string, exact: string, numberless: string): boolean {
    const shape = shapeOf(url);
    const known = this.known.shapes[shape] ?? { dullPages: 0, isTrap: false };
    known.dullPages = this.contents.has(numberless) ? known.dullPages + 1 : 0;
    known.isTrap ||= known.dullPages >= maxDullPages;
    this.known.shapes[shape] = known;
    if (known.isTrap) this.dropShape(shape);
    const isNew = !this.contents.has(exact);
    this.contents.add(exact).add(numberless);
    return isNew;
  }

  private isFull(): boolean {
    const { fetched, bytes } = this.known;
    return fetched + this.taken.size >= this.limits.maxPages || bytes >= this.limits.maxBytes;
  }

  private dropShape(shape: string): void {
    const kept = this.known.waiting.filter(({ url }) => this.taken.has(url) || shapeOf(url) !== shape);
    for (let dropped = this.known.waiting.length - kept.length; dropped > 0; dropped--) this.skip("trap");
    this.known.waiting = kept;
  }

  private refusal(url: string, depth: number): SkipReason | undefined {
    if (!this.isInScope(url)) return "outOfScope";
    const refusal = refusalOf(url);
    if (refusal !== undefined) return refusal;
    if (depth > this.limits.maxDepth) return "tooDeep";
    if (this.known.shapes[shapeOf(url)]?.isTrap === true) return "trap";
    const { host, pathname, search } = new URL(url);
    if (search === "") return undefined;
    const queries = (this.known.queries[host + pathname] ?? 0) + 1;
    this.known.queries[host + pathname] = queries;
    return queries > maxQueriesPerPath ? "trap" : undefined;
  }
}
