import type { AppError } from "../errors.ts";
import { TruncatedBodyError, UpstreamNotFoundError, UpstreamRefusedError, UpstreamUnavailableError } from "./errors.ts";

const advice: Record<number, string> = {
  401: "it wants credentials. Set an authorization header for this dependency, or give a public URL.",
  403: "access is denied. Check the credentials of this dependency, and whether the document is public.",
  407: "a proxy wants credentials.",
  451: "the document is withheld for legal reasons.",
};

/** 408 and 425 are the two client errors that are about the moment (RFC 9110, section 15.5.9; RFC 8470). */
const momentaryStatuses = new Set([304, 408, 425]);

/**
 * The error that a final HTTP status means for a GET, or `undefined` when the body is to be read. 429 is not an error and
 * is for the caller, as are redirects that say where to.
 *
 * @param url the address for messages
 * @param retryAtMs from `Retry-After`
 * @param hasDroppedHeaders that the caller's headers were left behind at another origin, which explains a 401
 */
export function describeStatus(
  status: number,
  url: string,
  retryAtMs: number | undefined,
  hasDroppedHeaders: boolean,
): AppError | undefined {
  if (status === 206) return new TruncatedBodyError(url, "it answered 206 with a part that was not asked for");
  if (status >= 200 && status < 300) return undefined;
  if (status === 404 || status === 410) return new UpstreamNotFoundError(url, status);
  if (status >= 500 || momentaryStatuses.has(status)) {
    const reason = status >= 500 ? "the server has a problem" : "it cannot answer at the moment";
    const details = retryAtMs === undefined ? { status } : { status, retryAtMs };
    return new UpstreamUnavailableError(`${url} answered ${status}: ${reason}.`, details);
  }
  if (status < 400) return new UpstreamRefusedError(url, status, "a redirect that does not say where to.");
  const dropped =
    hasDroppedHeaders && (status === 401 || status === 403)
      ? " Headers are not sent on when a redirect leads to another origin: give this address itself."
      : "";
  return new UpstreamRefusedError(url, status, (advice[status] ?? "it refuses the request.") + dropped);
}
