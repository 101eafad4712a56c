/** Query parameters that say how one came to a page or who one is, not what the page shows. */
const idleParameters =
  /^(utm_.*|gclid|fbclid|mc_[ce]id|ref|referrer|source|session_?id|sid|phpsessid|jsessionid|_ga|_gl|hsCtaTracking)$/i;

/** No page of documentation: what a browser would load with one, or a download. */
const assetExtension =
  /\.(?:png|jpe?g|gif|svg|webp|avif|ico|bmp|css|m?js|map|woff2?|ttf|eot|otf|mp[34]|webm|ogg|wav|avi|mov|zip|gz|tgz|bz2|xz|7z|rar|tar|exe|dmg|pkg|deb|rpm|msi|iso|jar|war|whl|docx?|xlsx?|pptx?|csv|rss|atom|wasm|bin)$/i;

/** Addresses beyond these measures come from links that are built without end. */
export const maxUrlChars = 1_000;
const maxSegments = 12;
const maxRepeats = 2;

/**
 * The one spelling of an address: no fragment, no idle parameters, the rest in order, no `;jsessionid`, no `index.html`.
 * @throws TypeError when it is no URL
 */
export const crawlUrlOf = (address: string): string => {
  const url = new URL(address);
  url.hash = "";
  const kept = [...url.searchParams].filter(([name]) => !idleParameters.test(name));
  kept.sort(([a, av], [b, bv]) => (a === b ? (av < bv ? -1 : 1) : a < b ? -1 : 1));
  url.search = new URLSearchParams(kept).toString();
  url.pathname = url.pathname
    .replace(/;[^/]*/g, "")
    .replace(/\/{2,}/g, "/")
    .replace(/\/index\.(?:html?|php)$/i, "/");
  return url.href;
};

/** What two addresses of one page have in common: scheme and a last slash do not matter. `url` as `crawlUrlOf` writes it. */
export const pageKeyOf = (url: string): string => {
  const { host, pathname, search } = new URL(url);
  return host + (pathname.endsWith("/") ? pathname.slice(0, -1) : pathname) + search;
};

/** Why nobody should go to this address, or `undefined`. */
export const refusalOf = (url: string): "asset" | "trap" | undefined => {
  const { pathname } = new URL(url);
  if (assetExtension.test(pathname)) return "asset";
  const segments = pathname.split("/").filter((segment) => segment !== "");
  if (url.length > maxUrlChars || segments.length > maxSegments) return "trap";
  const counts = new Map<string, number>();
  for (const segment of segments) counts.set(segment, (counts.get(segment) ?? 0) + 1);
  return Math.max(0, ...counts.values()) > maxRepeats ? "trap" : undefined;
};

/**
 * The pattern that a generated address belongs to: numbers are `#`, of the query only the names count. A calendar's months
 * have one shape, and so have the orders in which a list can be shown.
 */
export const shapeOf = (url: string): string => {
  const { host, pathname, searchParams } = new URL(url);
  const names = [...new Set(searchParams.keys())];
  return `${host}${pathname.replace(/\d+/g, "#")}${names.length === 0 ? "" : `?${names.join("&")}`}`;
};

/** Whether an address looks like an OpenAPI document: those are read wherever they are. */
export const looksLikeSpecUrl = (url: string): boolean => {
  const { pathname } = new URL(url);
  return /(?:openapi|swagger|api-docs?|apispec)[^/]*\.(?:json|ya?ml)$|\/v[23]\/api-docs$/i.test(pathname);
};

/**
 * What a crawl that begins at `starterLink` stays in: the host, and there the first folder of the starter's path, for
 * `https://example.com/docs/intro` everything below `/docs`.
 */
export const scopeOf = (starterLink: string): { host: string; pathPrefix: string } => {
  const { host, pathname } = new URL(starterLink);
  const [first = ""] = pathname.split("/").filter((segment) => segment !== "");
  return { host, pathPrefix: first === "" || /\.[a-z0-9]{1,5}$/i.test(first) ? "/" : `/${first}` };
};

export const isInScope = (url: string, { host, pathPrefix }: { host: string; pathPrefix: string }): boolean => {
  const target = new URL(url);
  if (target.host !== host) return false;
  return pathPrefix === "/" || target.pathname === pathPrefix || target.pathname.startsWith(`${pathPrefix}/`);
};
