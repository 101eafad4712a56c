import { UnreadableInputError } from "../errors.ts";

/** Time that a URL gets to answer in full. */
export const fetchTimeoutMs = 60_000;

const maxRedirects = 10;

/** Whether `source` is fetched and not opened. */
export function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/**
 * The bytes behind a URL and where they were found in the end.
 * @param mayFollow whether a redirect may lead to this URL
 * @throws UnreadableInputError, or what `fetch` throws
 */
export async function fetchSource(
  start: string,
  mayFollow: (url: string) => boolean = () => true,
): Promise<{ bytes: Uint8Array; url: string }> {
  const signal = AbortSignal.timeout(fetchTimeoutMs);
  let url = new URL(start);
  for (let redirects = 0; ; redirects++) {
    const response = await fetch(url, { signal, redirect: "manual" });
    const location = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      if (redirects === maxRedirects) throw new UnreadableInputError(start, `more than ${maxRedirects} redirects`);
      if (!URL.canParse(location, url.href)) throw new UnreadableInputError(start, "it redirects to what is no URL");
      url = new URL(location, url);
      if (!isUrl(url.href) || !mayFollow(url.href)) {
        throw new UnreadableInputError(start, `it redirects to ${url.href}, where this document may not lead`);
      }
      continue;
    }
    if (!response.ok) {
      throw new UnreadableInputError(start, `the server answered ${response.status} ${response.statusText}`.trimEnd());
    }
    return { bytes: new Uint8Array(await response.arrayBuffer()), url: url.href };
  }
}
