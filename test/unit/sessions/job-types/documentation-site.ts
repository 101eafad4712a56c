import type { RequestListener } from "node:http";

const sections = 24;
const pagesPerSection = 20;

/** Links that lead nowhere. */
export const missingPages = sections;

/** Copies that name the page they are copies of, and the copy that a redirect leads to. */
export const duplicates = sections + 1;

/** Pages that a crawl keeps: the start page, the sections, their pages, one from the sitemap, one document. */
export const keptPages = 1 + sections + sections * pagesPerSection + 2;

const html = (title: string, body: string, head = "") =>
  `<!doctype html><html><head><title>${title}</title>${head}</head><body>
<nav><a href="/docs/">Home</a> <a href="/pricing">Pricing</a> <a href="/docs/logo.png">Logo</a></nav>
<main><h1>${title}</h1>${body}</main><footer>Copyright</footer></body></html>`;

const words = ["account", "invoice", "order", "user", "token", "event", "report", "group"];
const wordOf = (section: number, page: number) =>
  `${words[section % words.length]}-${String.fromCharCode(97 + section)}-${String.fromCharCode(97 + page)}`;

/** A documentation site of some 500 pages with everything that a crawler falls into. */
export const documentationSite = (): RequestListener => {
  let isFlakyDown = true;
  let isBusy = true;
  const page = (section: number, number: number): string => {
    const word = wordOf(section, number);
    const next = number + 1 < pagesPerSection ? number + 1 : 0;
    return html(
      `The ${word} endpoint`,
      `<p>Reads the ${word} of an account. <a href="${wordOf(section, next)}?utm_source=docs#top">Next</a>
<a href="./">Section</a> <a href="${word};jsessionid=${section}${number}">Again</a>
${number > 0 ? "" : `<a href="${word}?print=1">Print</a> <a href="/docs/missing/${word}">Gone</a>`}</p>
<h2>Fields</h2><table><tr><th>Name</th><th>Type</th></tr><tr><td>${word}_id</td><td>string</td></tr></table>
<h2>Example</h2><pre>GET /v1/${word}/{id}</pre>`,
      `<link rel="canonical" href="/docs/s${String.fromCharCode(97 + section)}/${word}">`,
    );
  };

  return (request, response) => {
    const url = new URL(request.url ?? "/", "http://site");
    const send = (body: string, status = 200, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { "content-type": "text/html; charset=utf-8", ...headers });
      response.end(body);
    };
    const { pathname } = url;
    if (pathname === "/robots.txt")
      return send(
        `User-agent: *\nDisallow: /docs/private/\nSitemap: http://${request.headers.host}/sitemap.xml\n`,
        200,
        {
          "content-type": "text/plain",
        },
      );
    if (pathname === "/sitemap.xml")
      return send(`<urlset><url><loc>http://${request.headers.host}/docs/orphan</loc></url></urlset>`);
    if (pathname === "/docs/orphan")
      return send(html("Orphan", "<p>Only the sitemap knows this page of the docs.</p>"));
    if (pathname === "/docs/openapi.json")
      return send('{"openapi":"3.1.0","info":{"title":"Site","version":"1"},"paths":{"/v1/users":{"get":{}}}}');
    if (pathname === "/docs/hidden")
      return send(html("Hidden", "<p>Draft</p>", '<meta name="robots" content="noindex">'));
    if (pathname === "/docs/") {
      const links = Array.from(
        { length: sections },
        (_, at) => `<li><a href="s${String.fromCharCode(97 + at)}/">S</a></li>`,
      );
      return send(
        html(
          "Documentation",
          `<p>All of it.</p><ul>${links.join("")}</ul><a href="private/keys">Keys</a> <a href="hidden">Hidden</a>
<a href="calendar/2026/1">Calendar</a> <a href="deep/">Deep</a> <a href="openapi.json">API</a> <a href="moved">Moved</a>
<a href="https://elsewhere.invalid/docs/">Partner</a>`,
        ),
      );
    }
    if (pathname === "/docs/moved") return send("", 302, { location: "/docs/sa/" });
    const month = /^\/docs\/calendar\/(\d+)\/(\d+)$/.exec(pathname);
    if (month !== null)
      return send(
        html(
          "Calendar",
          `<p>Month ${month[2]} of ${month[1]}, nothing happens.</p><a href="${Number(month[2]) + 1}">Next</a>
<a href="../${Number(month[1]) + 1}/1">Next year</a>`,
        ),
      );
    if (pathname.startsWith("/docs/deep/"))
      return send(html("Deep", `<p>Deeper still, as ever.</p><a href="deep/">Deeper</a>`));
    const section = /^\/docs\/s([a-z])\/([a-z-]*)$/.exec(pathname);
    const at = (section?.[1]?.charCodeAt(0) ?? 0) - 97;
    if (section === null || at >= sections) return send("not found", 404);
    if (section[2] === "") {
      const links = Array.from({ length: pagesPerSection }, (_, n) => `<a href="${wordOf(at, n)}">Page</a>`);
      return send(html(`Section ${section[1]}`, `<p>What section ${section[1]} has: ${links.join(" ")}</p>`));
    }
    const number = Array.from({ length: pagesPerSection }, (_, n) => wordOf(at, n)).indexOf(section[2] ?? "");
    if (number === -1) return send("not found", 404);
    if (at === 1 && number === 1 && isFlakyDown) {
      isFlakyDown = false;
      return send("down", 503);
    }
    if (at === 2 && number === 2 && isBusy) {
      isBusy = false;
      return send("busy", 429, { "retry-after": "3" });
    }
    // Some pages are slow.
    if (number === 3) setTimeout(() => send(page(at, number)), 100);
    else send(page(at, number));
  };
};
