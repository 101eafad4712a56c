import { sha256 } from "../../../snapshots/sha256.ts";
import type { PoliteFetch } from "../../crawl/polite-fetch.ts";
import { type RobotsRules, rulesOf } from "../../crawl/robots.ts";
import type { RobotsReader } from "../../crawl/robots-reader.ts";
import type { DocumentationShelf } from "../../documentation.ts";
import { documentChunks, documentIdOf } from "../../reading/document-chunks.ts";
import { UnreadableFileError } from "../../reading/errors.ts";
import { type ReadFile, readFile } from "../../reading/read-file.ts";
import { readSitemap } from "../../reading/sitemap.ts";
import type { JobBodies } from "../job-type.ts";
import { crawlUrlOf, pageKeyOf } from "./crawl-url.ts";
import type { Frontier, WaitingPage } from "./frontier.ts";

/** Fetches of one page before its failure is believed. */
const maxTries = 3;

/** Before a failed page is tried again, times the tries so far. */
const retryDelayMs = 5_000;

/** Sitemaps that one origin's robots.txt may bring in. */
const maxSitemaps = 20;

/** A page without words (a picture, a form, an application that is drawn by script) says nothing to anybody. */
const minPageChars = 40;

export type Visitor = {
  frontier: Frontier;
  fetch: PoliteFetch;
  robots: RobotsReader;
  bodies: JobBodies;
  documentation: DocumentationShelf;
  nowMs(): number;
  jobId: string;
  signal: AbortSignal;
};

/**
 * Fetches one page and puts into the frontier what came of it; its chunks are on the shelf before that, so that a worker
 * which dies between the two writes them again and nothing twice.
 */
export const visitPage = async (visitor: Visitor, page: WaitingPage): Promise<void> => {
  const { frontier, fetch, signal, nowMs } = visitor;
  const rules = await robotsRules(visitor, page);
  if (rules === undefined) return;
  if (!rules.isAllowed(page.url)) return leaveOut(frontier, page, "robots");
  const answer = await fetch(page.url, { crawlDelayMs: rules.crawlDelayMs, signal });
  switch (answer.outcome) {
    case "later":
      return frontier.postpone(page, answer.retryAtMs, false);
    case "failed": {
      const retryAtMs = answer.retryAtMs ?? nowMs() + retryDelayMs * (page.tries + 1);
      if (page.tries + 1 < maxTries) return frontier.postpone(page, retryAtMs, true);
      return fail(frontier, page, answer.reason);
    }
    case "missing":
    case "refused":
      return fail(frontier, page, answer.reason);
    case "body":
      if (page.kind === "sitemap") return takeSitemap(frontier, page, answer.body);
      return await takePage(
        visitor,
        page,
        answer.finalUrl,
        { bytes: answer.body, contentType: answer.contentType },
        rules,
      );
  }
};

const leaveOut = (frontier: Frontier, page: WaitingPage, reason: Parameters<Frontier["skip"]>[0]): void => {
  frontier.skip(reason);
  frontier.settle(page, undefined);
};

const fail = (frontier: Frontier, page: WaitingPage, reason: string): void => {
  // Nobody asked for a sitemap: one that is missing is no failure of the crawl.
  if (page.kind === "page") frontier.fail(page.url, reason);
  frontier.settle(page, undefined);
};

/** The rules of the page's origin; `undefined` when they could not be read yet, and the page waits. */
const robotsRules = async (visitor: Visitor, page: WaitingPage): Promise<RobotsRules | undefined> => {
  const { frontier, robots, nowMs } = visitor;
  const read = await robots(page.url);
  if ("rules" in read) {
    const sitemaps = read.isNew ? read.rules.sitemaps.slice(0, maxSitemaps) : [];
    for (const sitemap of sitemaps) frontier.add(sitemap, 1, "sitemap");
    return read.rules;
  }
  const { unread } = read;
  if (unread.outcome !== "later" && page.tries + 1 >= maxTries) {
    frontier.robots[new URL(page.url).origin] ??= "none";
    return rulesOf("none", page.url);
  }
  const retryAtMs = "retryAtMs" in unread ? unread.retryAtMs : undefined;
  frontier.postpone(page, retryAtMs ?? nowMs() + retryDelayMs, unread.outcome !== "later");
  return undefined;
};

const takeSitemap = (frontier: Frontier, page: WaitingPage, body: Uint8Array): void => {
  const { pages, sitemaps } = readSitemap(new TextDecoder().decode(body));
  for (const url of pages) frontier.add(url, 1);
  // An index may name sitemaps, and those no further ones (sitemaps.org).
  if (page.depth === 1) for (const url of sitemaps.slice(0, maxSitemaps)) frontier.add(url, 2, "sitemap");
  frontier.settle(page, undefined);
};

const takePage = async (
  visitor: Visitor,
  page: WaitingPage,
  finalUrl: string,
  { bytes, contentType }: { bytes: Uint8Array; contentType?: string },
  rules: RobotsRules,
): Promise<void> => {
  const { frontier } = visitor;
  const skip = (reason: Parameters<Frontier["skip"]>[0]): void => {
    frontier.skip(reason);
    frontier.settle(page, bytes.byteLength);
  };
  const url = crawlUrlOf(finalUrl);
  const isElsewhere = pageKeyOf(url) !== pageKeyOf(page.url);
  if (isElsewhere && !frontier.isInScope(url)) return skip("outOfScope");
  if (isElsewhere && new URL(url).origin === new URL(page.url).origin && !rules.isAllowed(url)) return skip("robots");
  if (isElsewhere && !frontier.claim(url)) return skip("duplicate");

  const file = await readOrRefuse(bytes, { name: url, url, contentType });
  if (file === undefined) return skip("unreadable");
  if (file.kind === "html") {
    if (!file.page.isNoFollow) addLinks(frontier, file, page.depth + 1);
    if (file.page.isNoIndex) return skip("noindex");
    const { canonical } = file.page;
    if (canonical !== undefined && pageKeyOf(crawlUrlOf(canonical)) !== pageKeyOf(url) && isSameHost(canonical, url)) {
      // The page that it is a copy of is fetched instead, once.
      frontier.add(canonical, page.depth);
      return skip("duplicate");
    }
  }
  await keepFile(visitor, page, url, file, bytes, skip);
};

const isSameHost = (a: string, b: string): boolean => new URL(a).host === new URL(b).host;

const addLinks = (frontier: Frontier, { page }: Extract<ReadFile, { kind: "html" }>, depth: number): void => {
  for (const url of page.specUrls) frontier.add(url, depth);
  for (const { url, rel } of page.links) {
    if (!rel.some((word) => word === "nofollow" || word === "stylesheet" || word === "preconnect" || word === "icon"))
      frontier.add(url, depth);
  }
};

const readOrRefuse = async (
  bytes: Uint8Array,
  about: Parameters<typeof readFile>[1],
): Promise<ReadFile | undefined> => {
  try {
    return await readFile(bytes, about);
  } catch (error) {
    if (error instanceof UnreadableFileError) return undefined;
    throw error;
  }
};

const keepFile = async (
  { frontier, bodies, documentation, nowMs, jobId }: Visitor,
  page: WaitingPage,
  url: string,
  file: ReadFile,
  bytes: Uint8Array,
  skip: (reason: Parameters<Frontier["skip"]>[0]) => void,
): Promise<void> => {
  const text = JSON.stringify(file.blocks);
  const isNew = frontier.learn(url, sha256(text).slice(0, 16), sha256(text.replace(/\d+/g, "")).slice(0, 16));
  if (!isNew) return skip("duplicate");
  const docId = documentIdOf(url);
  const bodyKey = file.kind === "openapi" ? await bodies.put(bytes, "application/octet-stream") : undefined;
  const metadata = { kind: file.kind, ...(bodyKey === undefined ? {} : { bodyKey }) };
  const createdAt = new Date(nowMs()).toISOString();
  const about = { url, ...(file.title === undefined ? {} : { title: file.title }) };
  const origin = { docId, source: "scraper", createdAt, scrapeJobId: jobId, metadata, ...about } as const;
  const chunks = documentChunks(file.blocks, origin);
  if (chunks.reduce((sum, { content }) => sum + content.length, 0) < minPageChars) return skip("empty");
  await documentation.put({ docId, source: "scraper", chunks, ...about });
  frontier.keep({ docId, kind: file.kind, chunks: chunks.length, ...about });
  frontier.settle(page, bytes.byteLength);
};
