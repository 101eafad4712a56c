import { expect, test } from "vitest";
import * as z from "zod";
import {
  beginFrontier,
  defaultCrawlLimits,
  Frontier,
  frontierState,
} from "../../../../shared/sessions/job-types/scrape/frontier.ts";
import { createScrape, scrapeDocumentation } from "../../../../shared/sessions/job-types/scrape/scrape.ts";
import { serve } from "../../net/local-server.ts";
import { documentationSite, duplicates, keptPages, missingPages } from "./documentation-site.ts";
import { createJobWorld, WorkerKilled } from "./job-world.ts";

const startSite = async () => {
  const site = await serve(documentationSite());
  const world = createJobWorld([site.hostAndPort]);
  const input = { starterLinks: [`${site.origin}/docs/`], applicationName: "Site" };
  const asked = () => site.requests.map(({ url }) => new URL(url ?? "/", site.origin).href);
  return { site, world, input, asked };
};

const loadFrontier = async (world: ReturnType<typeof createJobWorld>) => {
  const { frontierKey } = z.object({ frontierKey: z.string() }).parse(world.savedProgress());
  return frontierState.parse(JSON.parse(Buffer.from((await world.ports.bodies.get(frontierKey)) ?? "").toString()));
};

test("a site of 500 pages is read once, although the worker is killed in the middle", {
  timeout: 180_000,
}, async () => {
  const { world, input, asked } = await startSite();
  await expect(world.run(scrapeDocumentation, input, { killAfterSaves: 250 })).rejects.toThrow(WorkerKilled);
  const known = await loadFrontier(world);
  const before = asked().length;
  const result = await world.run(scrapeDocumentation, input, { resume: true });

  const done = [...known.pages, ...known.failures].map(({ url }) => url);
  expect(done.length).toBeGreaterThan(200);
  const later = new Set(asked().slice(before));
  expect(done.filter((url) => later.has(url))).toEqual([]);
  // Of an address that was taken, only what the killed worker had in work is asked for again.
  const twice = asked().filter((url, at, all) => all.indexOf(url) < at && !url.endsWith("/robots.txt"));
  expect(twice.length).toBeLessThanOrEqual(4 + 2);

  expect(result).toMatchObject({
    failureCount: missingPages,
    skipped: { asset: 1, robots: 1, noindex: 1, duplicate: duplicates },
  });
  const urls = [...world.shelf.values()].map(({ url }) => url ?? "");
  const endless = urls.filter((url) => /\/(calendar|deep)\//.test(url));
  expect([urls.length - endless.length, endless.length < 20]).toEqual([keptPages, true]);
});

test("what robots.txt forbids, other hosts, and addresses without end are not asked for", {
  timeout: 120_000,
}, async () => {
  const { world, input, asked, site } = await startSite();
  const limits = { maxDepth: 2, maxPages: 60, maxBytes: 10_000_000 };
  await world.run(createScrape(limits), input);
  const paths = asked().map((url) => url.slice(site.origin.length));
  expect(
    paths.filter((path) => path.startsWith("/docs/private/") || path === "/pricing" || path.endsWith(".png")),
  ).toEqual([]);
  expect(
    paths.filter((path) => !["/robots.txt", "/sitemap.xml", "/docs/moved"].includes(path)).length,
  ).toBeLessThanOrEqual(60);
  const starts = world.turns.flatMap(({ turn }) => (turn.taken ? [turn.startAtMs] : [])).sort((a, b) => a - b);
  const tooSoon = starts.filter((startMs, at) => at > 0 && startMs - (starts[at - 1] ?? 0) < 250);
  expect(tooSoon).toEqual([]);
});

test("a page becomes Markdown chunks with its headings and tables", { timeout: 60_000 }, async () => {
  const page = `<title>Users</title><main><h1>Users</h1><p>${"All about users. ".repeat(30)}</p><h2>Fields</h2>
<table><tr><th>Name<th>Type<tr><td>user_id<td>string</table></main>`;
  const site = await serve((request, response) => {
    response.statusCode = request.url === "/users" ? 200 : 404;
    response.end(request.url === "/users" ? page : "");
  });
  const world = createJobWorld([site.hostAndPort]);
  await world.run(scrapeDocumentation, { starterLinks: [`${site.origin}/users`], applicationName: "Users" });
  const [document] = [...world.shelf.values()];
  expect([document?.title, document?.chunks.map(({ content, metadata }) => [content.slice(0, 70), metadata])]).toEqual([
    "Users",
    [
      [`# Users\n\n${"All about users. ".repeat(4).slice(0, 61)}`, { kind: "html", headings: ["Users"] }],
      [
        "## Fields\n\n| Name | Type |\n| --- | --- |\n| user_id | string |",
        { kind: "html", headings: ["Users", "Fields"] },
      ],
    ],
  ]);
});

test("starter links without a single readable page fail the job, and say why", { timeout: 60_000 }, async () => {
  const site = await serve((_, response) => {
    response.statusCode = 404;
    response.end();
  });
  const world = createJobWorld([site.hostAndPort]);
  const url = `${site.origin}/docs`;
  await expect(world.run(scrapeDocumentation, { starterLinks: [url], applicationName: "Gone" })).rejects.toThrow(
    `No documentation was found at ${url}.\n${url} answered 404: there is no document at this URL.`,
  );
});

test("a small site is read to its end: its first page alone names the others", { timeout: 60_000 }, async () => {
  const links = ["b", "c"].map((name) => `<a href="/docs/${name}">${name}</a>`).join(" ");
  const site = await serve((request, response) => {
    response.statusCode = request.url?.startsWith("/docs/") ? 200 : 404;
    response.end(`<h1>${request.url}</h1><p>${"All about it. ".repeat(10)} ${links}</p>`);
  });
  const world = createJobWorld([site.hostAndPort]);
  const input = { starterLinks: [`${site.origin}/docs/`], applicationName: "Small" };
  expect(await world.run(scrapeDocumentation, input)).toMatchObject({ savedDocumentationCount: 3, failureCount: 0 });
});

test("a page that is taken is not waited for, and when the next one is due, one can be taken", () => {
  const limits = { maxDepth: 9, maxPages: 2, maxBytes: 9 };
  const begun = beginFrontier(["https://a.test/a", "https://a.test/b", "https://a.test/c"], limits);
  const frontier = new Frontier(begun, limits);
  const takeNext = () => [frontier.nextAtMs(), frontier.take(1_000)] as const;
  const [, first] = takeNext();
  if (first === undefined) throw new Error("nothing to take");
  frontier.postpone(first, 5_000, false);
  const [, second] = takeNext();
  const [afterSecond, third] = takeNext();
  const atLimit = takeNext();
  if (second === undefined || third === undefined) throw new Error("nothing to take");
  frontier.settle(second, undefined);
  expect([first.url, second.url, afterSecond, third.url, atLimit, frontier.nextAtMs()]).toEqual([
    "https://a.test/a",
    "https://a.test/b",
    0,
    "https://a.test/c",
    [undefined, undefined],
    5_000,
  ]);
});

test("a site's own pace is kept, sitemaps wait for robots.txt, and that is asked for once", {
  timeout: 60_000,
}, async () => {
  const site = await serve((request, response) => {
    const page = request.url?.startsWith("/docs/") ? `<h1>${request.url}</h1><p>${"All about it. ".repeat(9)}</p>` : "";
    const map = ["a", "b", "c", "d"].map((name) => `<url><loc>http://${request.headers.host}/docs/${name}</loc></url>`);
    const files: Record<string, string> = {
      "/robots.txt": `User-agent: *\nCrawl-delay: 3\nDisallow: /closed/
Sitemap: http://${request.headers.host}/map.xml\nSitemap: http://${request.headers.host}/closed/map.xml`,
      "/map.xml": `<urlset>${map.join("")}</urlset>`,
    };
    const answer = files[request.url ?? ""] ?? page;
    response.statusCode = answer === "" ? 404 : 200;
    response.end(answer);
  });
  const world = createJobWorld([site.hostAndPort]);
  const starterLinks = ["x", "y", "z"].map((name) => `${site.origin}/docs/${name}`);
  const result = await world.run(scrapeDocumentation, { starterLinks, applicationName: "Slow" });
  const starts = world.turns.flatMap(({ turn }) => (turn.taken ? [turn.startAtMs] : [])).sort((a, b) => a - b);
  const tooSoon = starts.filter((startMs, at) => at > 1 && startMs - (starts[at - 1] ?? 0) < 3_000);
  expect(result).toMatchObject({ savedDocumentationCount: 7, skipped: { robots: 1 } });
  expect([site.requests.map(({ url }) => url)[0], tooSoon, site.requests.map(({ url }) => url).sort()]).toEqual([
    "/robots.txt",
    [],
    ["a", "b", "c", "d", "x", "y", "z"].map((name) => `/docs/${name}`).concat("/map.xml", "/robots.txt"),
  ]);
});

test("an address as long as a page is left out before anything else looks at it", () => {
  const frontier = new Frontier(beginFrontier(["https://a.test/docs"], defaultCrawlLimits), defaultCrawlLimits);
  frontier.add(`https://a.test/docs/${"openapi".repeat(100_000)}`, 1);
  const { waiting, skipped } = frontier.state();
  expect([waiting.length, skipped]).toEqual([1, { trap: 1 }]);
});

test("pages of one shape that differ in numbers alone are a trap after the fifth", () => {
  const limits = { maxDepth: 9, maxPages: 99, maxBytes: 9 };
  const empty = { scopes: [{ host: "a.test", pathPrefix: "/" }], waiting: [], seen: [], shapes: {}, queries: {} };
  const counts = { contents: [], robots: {}, pages: [], fetched: 0, bytes: 0, skipped: {}, failures: [] };
  const frontier = new Frontier({ ...empty, ...counts }, limits);
  frontier.add("https://a.test/calendar/2099/1", 1);
  for (let month = 0; month < 6; month++) frontier.learn(`https://a.test/calendar/2026/${month}`, `m${month}`, "month");
  frontier.add("https://a.test/calendar/2026/7", 1);
  frontier.add("https://a.test/guide", 1);
  const { waiting, skipped } = frontier.state();
  expect([waiting.map(({ url }) => url), skipped]).toEqual([["https://a.test/guide"], { trap: 2 }]);
});
