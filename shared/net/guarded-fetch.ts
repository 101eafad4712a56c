import { type AddressPolicy, assertFetchableUrl, urlForMessage } from "./address-guard.ts";
import { acceptEncoding, readDecodedBody } from "./decode-body.ts";
import { BodyTooLargeError, PrivateAddressError, TooManyRedirectsError, UrlRefusedError } from "./errors.ts";
import { type Answer, checkHeaders, type Deadline, discardBody, exchange, startDeadline } from "./exchange.ts";
import { type ConnectorOptions, createGuardedAgent } from "./guarded-connector.ts";
import { defaultRetryAfterMs, retryAtMsFrom } from "./retry-after.ts";
import { describeStatus } from "./status-refusal.ts";

export type GuardedFetchOptions = ConnectorOptions & {
  /** Most bytes of a body after decompression. @default 52_428_800 (50 MiB) */
  maxBodyBytes?: number;
  /** Milliseconds for everything: redirects, headers and body. @default 60_000 */
  totalTimeoutMs?: number;
  /** Milliseconds from request to headers, for each redirect. @default 20_000 */
  headersTimeoutMs?: number;
  /** @default 5 */
  maxRedirects?: number;
  /** @default "Forewarn/0.1 (+https://github.com/forewarn)" */
  userAgent?: string;
  /** Unix milliseconds. @default Date.now */
  now?: () => number;
};

export type FetchRequest = {
  url: string;
  /** Validators of the copy at hand; the outcome may then be `notModified`. */
  etag?: string;
  lastModified?: string;
  /** Sent to the origin of `url` alone: any of them may be a credential. */
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

export type FetchedBody = {
  outcome: "body";
  /** Decompressed. */
  body: Uint8Array;
  /** Where the redirects ended. */
  finalUrl: string;
  status: number;
  contentType?: string;
  etag?: string;
  lastModified?: string;
  contentEncoding?: string;
  elapsedMs: number;
  /** The addresses redirected to, in order; the last equals `finalUrl`. */
  redirects: string[];
};

export type FetchOutcome =
  | FetchedBody
  | { outcome: "notModified"; etag?: string; lastModified?: string }
  | { outcome: "rateLimited"; retryAtMs: number };

/**
 * @throws UrlRefusedError | PrivateAddressError | HeaderRefusedError before anything is sent, or at a redirect
 * @throws HostNotFoundError | UpstreamNotFoundError | UpstreamRefusedError | TooManyRedirectsError | TlsFailedError
 *   | BodyTooLargeError | UnreadableBodyError for what another attempt cannot mend
 * @throws UpstreamUnavailableError | FetchTimedOutError | TruncatedBodyError for what it may
 */
export type GuardedFetch = (request: FetchRequest) => Promise<FetchOutcome>;

const defaultUserAgent = "Forewarn/0.1 (+https://github.com/forewarn)";

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/**
 * A GET that is safe to point at an address that a stranger chose: only public hosts, every redirect checked anew, and
 * limits on time, size and hops that a hostile server cannot get around.
 *
 * @example
 * const fetchGuarded = createGuardedFetch({ policy: publicOnlyPolicy });
 * const outcome = await fetchGuarded({ url: "https://api.example.com/openapi.json", etag: '"7"' });
 */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const {
    policy,
    maxBodyBytes = 50 * 1024 * 1024,
    totalTimeoutMs = 60_000,
    headersTimeoutMs = 20_000,
    maxRedirects = 5,
    userAgent = defaultUserAgent,
    now = Date.now,
  } = options;
  const agent = createGuardedAgent(options);

  return async (request) => {
    const startedAtMs = now();
    const deadline = startDeadline(totalTimeoutMs, request.signal);
    const arrival = await followRedirects(request, deadline);
    return await readOutcome(arrival, request, deadline, startedAtMs);
  };

  async function followRedirects(request: FetchRequest, deadline: Deadline): Promise<Arrival> {
    const firstUrl = assertFetchableUrl(request.url, policy);
    const callerHeaders = checkHeaders(request.headers);
    const redirects: string[] = [];
    let url = firstUrl;
    let hasLeftOrigin = false;
    let redirectedFrom: string | undefined;

    for (;;) {
      const headers = {
        accept: "application/json, application/yaml, text/yaml, */*;q=0.5",
        "user-agent": userAgent,
        ...(hasLeftOrigin ? {} : callerHeaders),
        ...definedOnly({ "if-none-match": request.etag, "if-modified-since": request.lastModified }),
        "accept-encoding": acceptEncoding,
      };
      const answer = await openAnswer(url, headers, deadline, redirectedFrom);
      const location = answer.header("location");
      if (!redirectStatuses.has(answer.status) || location === undefined) {
        return { answer, url, redirects, hasDroppedHeaders: hasLeftOrigin && Object.keys(callerHeaders).length > 0 };
      }
      discardBody(answer);
      if (redirects.length === maxRedirects) throw new TooManyRedirectsError(urlForMessage(firstUrl), maxRedirects);
      redirectedFrom = urlForMessage(url);
      url = resolveRedirect(location, url, policy);
      // Never taken back: a foreign origin could otherwise choose where on the first one the credentials go.
      hasLeftOrigin ||= url.origin !== firstUrl.origin;
      redirects.push(url.href);
    }
  }

  async function openAnswer(
    url: URL,
    headers: Record<string, string>,
    deadline: Deadline,
    redirectedFrom: string | undefined,
  ): Promise<Answer> {
    try {
      return await exchange(agent, url, { method: "GET", headers, headersTimeoutMs }, deadline);
    } catch (error) {
      if (!(error instanceof PrivateAddressError) || redirectedFrom === undefined) throw error;
      throw new PrivateAddressError(error.message, { redirectedFrom });
    }
  }

  async function readOutcome(
    { answer, url, redirects, hasDroppedHeaders }: Arrival,
    request: FetchRequest,
    deadline: Deadline,
    startedAtMs: number,
  ): Promise<FetchOutcome> {
    const { status, header } = answer;
    const validators = definedOnly({ etag: header("etag"), lastModified: header("last-modified") });
    if (status === 304 && (request.etag !== undefined || request.lastModified !== undefined)) {
      discardBody(answer);
      return { outcome: "notModified", ...validators };
    }
    const retryAtMs = retryAtMsFrom(header("retry-after"), now());
    if (status === 429) {
      discardBody(answer);
      return { outcome: "rateLimited", retryAtMs: retryAtMs ?? now() + defaultRetryAfterMs };
    }
    const refusal = describeStatus(status, urlForMessage(url), retryAtMs, hasDroppedHeaders);
    if (refusal !== undefined) {
      discardBody(answer);
      throw refusal;
    }
    const body = await readBody(answer, url, deadline);
    const content = definedOnly({ contentType: header("content-type"), contentEncoding: header("content-encoding") });
    const elapsedMs = now() - startedAtMs;
    return { outcome: "body", body, finalUrl: url.href, status, ...validators, ...content, elapsedMs, redirects };
  }

  async function readBody(answer: Answer, url: URL, deadline: Deadline): Promise<Uint8Array> {
    try {
      // A compressed body decodes to more than its length, so a length above the limit needs no reading.
      if (Number(answer.header("content-length") ?? 0) > maxBodyBytes) {
        throw new BodyTooLargeError(urlForMessage(url), maxBodyBytes);
      }
      return await readDecodedBody(answer.body, answer.header("content-encoding"), maxBodyBytes, urlForMessage(url));
    } catch (error) {
      discardBody(answer);
      throw deadline.explain(error, url, "body");
    }
  }
}

/** The answer that is not a redirect, and the way to it. */
type Arrival = { answer: Answer; url: URL; redirects: string[]; hasDroppedHeaders: boolean };

function resolveRedirect(location: string, from: URL, policy: AddressPolicy): URL {
  const context = { redirectedFrom: urlForMessage(from) };
  // Unparsable text goes to the guard as it is, which says so.
  const target = URL.canParse(location, from.href) ? new URL(location, from).href : location;
  const url = assertFetchableUrl(target, policy, context);
  if (from.protocol === "https:" && url.protocol === "http:") {
    throw new UrlRefusedError("A redirect from https to http would give up the encryption.", context);
  }
  return url;
}

/** `members` without the undefined ones, which would otherwise be stored and compared. */
function definedOnly<Members extends Record<string, string | undefined>>(members: Members) {
  const kept: { [Name in keyof Members]?: string } = {};
  for (const name in members) {
    const value = members[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}
