import * as z from "zod";
import type { FetchedBody } from "../../../net/guarded-fetch.ts";
import type { PoliteFetch } from "../../crawl/polite-fetch.ts";
import type { RobotsReader } from "../../crawl/robots-reader.ts";
import { UnreadableFileError } from "../../reading/errors.ts";
import { type ReadFile, readFile } from "../../reading/read-file.ts";
import { readSitemap } from "../../reading/sitemap.ts";
import { crawlUrlOf } from "../scrape/crawl-url.ts";
import type { Clue } from "./candidate.ts";
import { apiCatalogPath, documentationPaths, scimPaths, wellKnownSpecPaths } from "./well-known.ts";

/** Links of one page, and pages of a sitemap, that become candidates. */
const maxLinks = 300;

export type Explorer = { fetch: PoliteFetch; robots: RobotsReader; integrationType: string; signal: AbortSignal };

/**
 * What one origin shows of its documentation: its start page and where that leads, its robots.txt and sitemap, and what is
 * at the well-known paths. What does not answer teaches nothing; what the robots.txt of its own origin forbids is not asked
 * for, sitemaps and API catalogs neither.
 * @param startUrl the page to begin at
 */
export const exploreOrigin = async (explorer: Explorer, startUrl: string, how: string): Promise<Clue[]> => {
  const { fetch, robots, signal, integrationType } = explorer;
  const { origin } = new URL(startUrl);
  const own = await robots(startUrl);
  // A host that cannot be reached, or does not say what it allows, is not asked for ten more paths.
  if (!("rules" in own)) return [];
  const get = async (url: string): Promise<FetchedBody | undefined> => {
    const read = await robots(url);
    if (!("rules" in read) || !read.rules.isAllowed(url)) return undefined;
    const answer = await fetch(url, { crawlDelayMs: read.rules.crawlDelayMs, signal });
    return answer.outcome === "body" ? answer : undefined;
  };
  const look = async (url: string): Promise<{ url: string; file?: ReadFile } | undefined> => {
    const answer = await get(url);
    if (answer === undefined) return undefined;
    const file = await readOrNothing(answer.body, answer.finalUrl, answer.contentType);
    return { url: crawlUrlOf(answer.finalUrl), ...(file === undefined ? {} : { file }) };
  };
  const clues: Clue[] = [];

  const start = await look(startUrl);
  const specUrls = new Set<string>();
  if (start?.file !== undefined) {
    clues.push(...cluesOf(start.url, start.file, how, 15));
    if (start.file.kind === "html") for (const url of start.file.page.specUrls) specUrls.add(url);
    if (start.file.kind === "html")
      for (const { url, rel } of start.file.page.links) if (rel.includes("service-desc")) specUrls.add(url);
  }
  for (const path of wellKnownSpecPaths) specUrls.add(origin + path);
  for (const url of specUrls) {
    const found = await look(url);
    if (found?.file?.kind !== "openapi") continue;
    clues.push(
      ...cluesOf(
        found.url,
        found.file,
        isWellKnown(url) ? "a well-known address" : "the address that the start page names",
        0,
      ),
    );
    // The first document of an origin is it; the other paths usually lead to the same one.
    break;
  }
  for (const path of integrationType === "SCIM" ? scimPaths : []) {
    if ((await get(origin + path)) !== undefined)
      clues.push({ url: origin + path, reason: "a SCIM service answers there", weight: 60 });
  }
  const catalog = await get(origin + apiCatalogPath);
  if (catalog !== undefined) clues.push(...catalogClues(catalog.body));
  for (const path of documentationPaths) {
    const found = await look(origin + path);
    if (found?.file?.kind === "html") clues.push(...cluesOf(found.url, found.file, `${path} of the host`, 12));
  }
  for (const sitemap of [...own.rules.sitemaps, `${origin}/sitemap.xml`].slice(0, 2)) {
    const answer = await get(sitemap);
    if (answer === undefined) continue;
    for (const url of readSitemap(new TextDecoder().decode(answer.body)).pages.slice(0, maxLinks))
      clues.push({ url: crawlUrlOf(url), reason: "the sitemap lists it", weight: 3 });
    break;
  }
  return clues;
};

const isWellKnown = (url: string): boolean => wellKnownSpecPaths.some((path) => url === new URL(path, url).href);

const readOrNothing = async (body: Uint8Array, url: string, contentType?: string): Promise<ReadFile | undefined> => {
  try {
    return await readFile(body, { name: url, url, contentType });
  } catch (error) {
    if (error instanceof UnreadableFileError) return undefined;
    throw error;
  }
};

const cluesOf = (url: string, file: ReadFile, how: string, weight: number): Clue[] => {
  const title = file.title === undefined ? {} : { title: file.title };
  if (file.kind === "openapi") {
    const operations = file.model.operations.length;
    const reason = `an OpenAPI document with ${operations} operations, found at ${how}`;
    return [{ url, reason, weight: 100 + Math.min(operations, 20), kind: "openapi", ...title }];
  }
  const clues: Clue[] = [{ url, reason: how, weight, ...title }];
  if (file.kind !== "html") return clues;
  if (file.page.specUrls.length > 0)
    clues.push({ url, reason: "it shows an OpenAPI document", weight: 30, kind: "documentation" });
  for (const link of file.page.links.slice(0, maxLinks)) {
    const isService = link.rel.includes("service-desc") || link.rel.includes("service-doc");
    if (link.rel.includes("stylesheet") || link.rel.includes("icon") || link.rel.includes("preconnect")) continue;
    const reason = isService
      ? "the page names it as its API's description (RFC 8631)"
      : `${new URL(url).host} links to it`;
    const kind = isService ? ({ kind: "documentation" } as const) : {};
    clues.push({ url: crawlUrlOf(link.url), reason, weight: isService ? 40 : 5, title: link.text, ...kind });
  }
  return clues;
};

const linkset = z.object({ linkset: z.array(z.record(z.string(), z.unknown())) });
const targets = z.array(z.object({ href: z.url({ protocol: /^https?$/ }) }));

const catalogClues = (body: Uint8Array): Clue[] => {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return [];
  }
  const read = linkset.safeParse(value);
  const contexts = read.success ? read.data.linkset : [];
  return contexts.flatMap((context) =>
    ["service-desc", "service-doc", "item"].flatMap((relation) => {
      const found = targets.safeParse(context[relation]);
      const reason = `the host's API catalog names it (${relation})`;
      return (found.success ? found.data : []).map(({ href }) => ({ url: crawlUrlOf(href), reason, weight: 40 }));
    }),
  );
};
