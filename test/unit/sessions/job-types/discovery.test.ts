import { expect, test } from "vitest";
import { createDiscovery } from "../../../../shared/sessions/job-types/discovery/discovery.ts";
import { type LocalServer, serve } from "../../net/local-server.ts";
import { documentationSite } from "./documentation-site.ts";
import { createJobWorld } from "./job-world.ts";

const openApi =
  '{"openapi":"3.1.0","info":{"title":"Acme API","version":"2"},"paths":{"/pets":{"get":{"summary":"List"}}}}';

const acmeSite = (): Promise<LocalServer> =>
  serve((request, response) => {
    const pages: Record<string, string> = {
      "/robots.txt": "User-agent: *\nDisallow: /docs\nSitemap: /sitemap.xml",
      "/": `<title>Acme</title><link rel="service-doc" href="/guide"><a href="/blog/api">Blog</a>
<a href="/careers">Jobs</a><a href="/api/reference">API reference</a><script>SwaggerUIBundle({ url: "/files/acme.json" })</script>`,
      "/files/acme.json": openApi,
      "/developers": "<title>Acme developers</title><h1>Developers</h1>",
    };
    const page = pages[request.url ?? ""];
    response.statusCode = page === undefined ? 404 : 200;
    response.end(page ?? "");
  });

test("links are ranked with their reasons: the document, then what the site itself names", async () => {
  const site = await acmeSite();
  const world = createJobWorld([site.hostAndPort]);
  const result = await world.run(createDiscovery([]), { applicationName: "Acme", startUrls: [`${site.origin}/`] });
  const at = (path: string) => site.origin + path;
  expect(result).toMatchObject({
    candidateLinks: [at("/files/acme.json"), at("/"), at("/guide"), at("/developers"), at("/api/reference")],
    searchQuery: "Acme API documentation",
    totalFound: 5,
    candidates: [
      {
        kind: "openapi",
        title: "Acme API",
        reasons: [
          "an OpenAPI document with 1 operations, found at the address that the start page names",
          "its title names Acme",
        ],
      },
      { kind: "documentation" },
      {
        kind: "documentation",
        reasons: ["the page names it as its API's description (RFC 8631)", "its address speaks of documentation"],
      },
      { title: "Acme developers" },
      { kind: "page" },
    ],
  });
  expect(site.requests.map(({ url }) => url)).not.toContain("/docs");
});

test("the catalog answers for a name, and its documentation is looked at", { timeout: 60_000 }, async () => {
  const site = await serve(documentationSite());
  const world = createJobWorld([site.hostAndPort]);
  const specUrl = "https://raw.example.com/site.json";
  const catalog = [
    { name: "Site", docsUrl: `${site.origin}/docs/`, specUrls: [{ name: "API", url: specUrl }] },
    { name: "Other", docsUrl: "https://other.example.com/", specUrls: [] },
  ];
  const result = await world.run(createDiscovery(catalog), { applicationName: "site", maxCandidateLinks: 3 });
  expect(result).toMatchObject({
    candidateLinks: [`${site.origin}/docs/openapi.json`, specUrl, `${site.origin}/docs/`],
  });
});

test("a name that nothing is known of ends with no links, not with a failure", async () => {
  const result = await createJobWorld([]).run(createDiscovery([]), { applicationName: "!!" });
  expect(result).toEqual({ candidateLinks: [], searchQuery: "!! API documentation", totalFound: 0, candidates: [] });
});

test("robots.txt of each origin is asked for first and once, sitemaps and catalogs that it forbids never, at its pace", async () => {
  const robots = "User-agent: *\nDisallow: /sitemap.xml\nDisallow: /.well-known/\nCrawl-delay: 4";
  const serveSite = (pages: Record<string, string>) =>
    serve((request, response) => {
      const page = pages[request.url ?? ""];
      response.statusCode = page === undefined ? 404 : 200;
      response.end(page ?? "");
    });
  const files = await serveSite({ "/robots.txt": "User-agent: *\nDisallow: /private/", "/sitemap.xml": "<urlset/>" });
  const site = await serveSite({
    "/robots.txt": `${robots}\nSitemap: ${files.origin}/private/map.xml\nSitemap: ${files.origin}/sitemap.xml`,
    "/": `<title>Acme</title><script>SwaggerUIBundle({ url: "${files.origin}/private/openapi.json" })</script>`,
  });
  const world = createJobWorld([site.hostAndPort, files.hostAndPort]);
  await world.run(createDiscovery([]), { applicationName: "Acme", startUrls: [`${site.origin}/`] });
  const asked = site.requests.map(({ url }) => url ?? "");
  const starts = world.turns.flatMap(({ host, turn }) =>
    turn.taken && host === site.hostAndPort ? [turn.startAtMs] : [],
  );
  // The first interval follows the request that learned of the delay.
  const pauses = starts.slice(2).map((startMs, at) => startMs - (starts[at + 1] ?? 0));
  expect([
    asked[0],
    asked.filter((url) => /robots|sitemap|well-known/.test(url)),
    files.requests.map(({ url }) => url),
    pauses.length > 5,
    pauses.filter((pauseMs) => pauseMs < 4_000),
  ]).toEqual(["/robots.txt", ["/robots.txt"], ["/robots.txt", "/sitemap.xml"], true, []]);
});
