import { AppError } from "../errors.ts";

/** Which request field named the address, and which address redirected to it; both end up in the answer to a person. */
export type RefusalContext = { field?: string; redirectedFrom?: string };

const redirectPrefix = (context: RefusalContext): string =>
  context.redirectedFrom === undefined
    ? ""
    : `${context.redirectedFrom} redirects to an address that may not be fetched. `;

/** The URL is not one that Forewarn fetches, whatever its host resolves to. */
export class UrlRefusedError extends AppError {
  override readonly name = "UrlRefusedError";
  readonly kind = "permanent";
  readonly httpStatus = 400;
  override readonly code = "validation_error";
  override readonly field: string | undefined = undefined;

  constructor(reason: string, context: RefusalContext = {}) {
    super(redirectPrefix(context) + reason);
    if (context.field !== undefined) this.field = context.field;
  }
}

/** The host is, or resolves to, an address that is not on the public internet. */
export class PrivateAddressError extends AppError {
  override readonly name = "PrivateAddressError";
  readonly kind = "permanent";
  readonly httpStatus = 400;
  override readonly code = "validation_error";
  override readonly field: string | undefined = undefined;

  constructor(reason: string, context: RefusalContext = {}) {
    super(redirectPrefix(context) + reason);
    if (context.field !== undefined) this.field = context.field;
  }
}

/** A request header that Forewarn sets itself, or that could not be sent. */
export class HeaderRefusedError extends AppError {
  override readonly name = "HeaderRefusedError";
  readonly kind = "permanent";
  readonly httpStatus = 400;
  override readonly code = "validation_error";
  override readonly field = "headers";
}

/** `FOREWARN_ALLOWED_PRIVATE_HOSTS` has an entry that is not `host:port`. */
export class AllowedPrivateHostsError extends AppError {
  override readonly name = "AllowedPrivateHostsError";
  readonly kind = "permanent";
  readonly httpStatus = 500;

  constructor(entry: string) {
    super(`FOREWARN_ALLOWED_PRIVATE_HOSTS: "${entry}" is not host:port, for example 127.0.0.1:8080.`);
  }
}

export class TooManyRedirectsError extends AppError {
  override readonly name = "TooManyRedirectsError";
  readonly kind = "permanent";
  readonly httpStatus = 400;
  override readonly code = "validation_error";

  constructor(url: string, maxRedirects: number) {
    super(`${url} redirected more than ${maxRedirects} times. Give the URL that the redirects end at.`);
  }
}

/** DNS says that the name does not exist: a misspelt URL, or a service that is gone. */
export class HostNotFoundError extends AppError {
  override readonly name = "HostNotFoundError";
  readonly kind = "permanent";
  readonly httpStatus = 400;
  override readonly code = "validation_error";

  constructor(hostname: string) {
    super(`There is no host named ${hostname}. Check the spelling of the URL.`);
  }
}

/** 404 or 410. */
export class UpstreamNotFoundError extends AppError {
  override readonly name = "UpstreamNotFoundError";
  readonly kind = "permanent";
  readonly httpStatus = 400;
  override readonly code = "validation_error";
  readonly status: number;

  constructor(url: string, status: number) {
    super(
      status === 410
        ? `${url} answered 410: the document was withdrawn for good. Give its new URL.`
        : `${url} answered 404: there is no document at this URL. Check whether it was moved or deleted.`,
    );
    this.status = status;
  }
}

/** Any other answer that trying again will not change. */
export class UpstreamRefusedError extends AppError {
  override readonly name = "UpstreamRefusedError";
  readonly kind = "permanent";
  readonly httpStatus = 400;
  override readonly code = "validation_error";
  readonly status: number;

  constructor(url: string, status: number, advice: string) {
    super(`${url} answered ${status}: ${advice}`);
    this.status = status;
  }
}

/** 5xx, connection refused or reset, DNS out of order: the upstream may be back soon. */
export class UpstreamUnavailableError extends AppError {
  override readonly name = "UpstreamUnavailableError";
  readonly kind = "retryable";
  readonly httpStatus = 502;
  readonly status?: number;
  /** Unix milliseconds from the upstream's `Retry-After`; absent when it did not say. */
  readonly retryAtMs?: number;

  constructor(reason: string, details: { status?: number; retryAtMs?: number; cause?: unknown } = {}) {
    super(reason, { cause: details.cause });
    if (details.status !== undefined) this.status = details.status;
    if (details.retryAtMs !== undefined) this.retryAtMs = details.retryAtMs;
  }
}

/** Until when the host that failed so wants to be left alone (`Retry-After`), in epoch milliseconds. */
export const upstreamWaitOf = (error: unknown): number | undefined =>
  error instanceof UpstreamUnavailableError ? error.retryAtMs : undefined;

export class FetchTimedOutError extends AppError {
  override readonly name = "FetchTimedOutError";
  readonly kind = "retryable";
  readonly httpStatus = 504;
}

/** The TLS handshake failed. Certificates and ports are mended by people, so another attempt of this job cannot help. */
export class TlsFailedError extends AppError {
  override readonly name = "TlsFailedError";
  readonly kind = "permanent";
  readonly httpStatus = 400;
  override readonly code = "validation_error";
}

export class BodyTooLargeError extends AppError {
  override readonly name = "BodyTooLargeError";
  readonly kind = "permanent";
  readonly httpStatus = 400;
  override readonly code = "validation_error";
  readonly maxBodyBytes: number;

  constructor(url: string, maxBodyBytes: number) {
    const limit =
      maxBodyBytes >= 1024 * 1024 ? `${Math.floor(maxBodyBytes / (1024 * 1024))} MiB` : `${maxBodyBytes} bytes`;
    super(`The document at ${url} is larger than ${limit} (counted after decompression), the most that is read.`);
    this.maxBodyBytes = maxBodyBytes;
  }
}

/**
 * The body does not decode as its headers say, or the answer is not HTTP. TCP and TLS checksums rule out damage on the way,
 * so this is how the server is set up: permanent.
 */
export class UnreadableBodyError extends AppError {
  override readonly name = "UnreadableBodyError";
  readonly kind = "permanent";
  readonly httpStatus = 400;
  override readonly code = "validation_error";
}

/** The connection ended before the whole body was there; the next attempt usually gets all of it. */
export class TruncatedBodyError extends AppError {
  override readonly name = "TruncatedBodyError";
  readonly kind = "retryable";
  readonly httpStatus = 502;

  constructor(url: string, reason: string, cause?: unknown) {
    super(`The answer of ${url} was cut off: ${reason}.`, { cause });
  }
}

export class EmptyDocumentError extends AppError {
  override readonly name = "EmptyDocumentError";
  readonly kind = "permanent";
  readonly httpStatus = 400;
  override readonly code = "validation_error";

  constructor(url: string) {
    super(`${url} answered with an empty body where an OpenAPI document was expected.`);
  }
}

export class HtmlPageError extends AppError {
  override readonly name = "HtmlPageError";
  readonly kind = "permanent";
  readonly httpStatus = 400;
  override readonly code = "validation_error";
}

export class NotADocumentError extends AppError {
  override readonly name = "NotADocumentError";
  readonly kind = "permanent";
  readonly httpStatus = 400;
  override readonly code = "validation_error";

  constructor(url: string, found: string) {
    super(`${url} is ${found}, not an OpenAPI document. Give the URL of the JSON or YAML text itself.`);
  }
}
