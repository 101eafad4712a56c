import { errors as undiciErrors } from "undici";
import { AppError } from "../errors.ts";
import { urlForMessage } from "./address-guard.ts";
import {
  FetchTimedOutError,
  HostNotFoundError,
  TlsFailedError,
  TruncatedBodyError,
  UnreadableBodyError,
  UpstreamUnavailableError,
} from "./errors.ts";

/** How far an exchange had come; a closed connection means something else before and after the headers. */
export type ExchangePhase = "headers" | "body";

const refusedCodes: Record<string, string> = {
  ECONNREFUSED: "refused the connection",
  ECONNRESET: "reset the connection",
  EPIPE: "closed the connection",
  UND_ERR_SOCKET: "closed the connection without a whole answer",
  EHOSTUNREACH: "cannot be reached",
  ENETUNREACH: "cannot be reached",
  EADDRNOTAVAIL: "cannot be reached",
  ETIMEDOUT: "did not accept the connection in time",
};

const cutOffCodes = new Set(["UND_ERR_SOCKET", "UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "ECONNRESET", "EPIPE"]);

const timeoutReasons: Record<string, string> = {
  UND_ERR_CONNECT_TIMEOUT: "did not accept the connection in time",
  UND_ERR_HEADERS_TIMEOUT: "did not begin to answer in time",
  UND_ERR_BODY_TIMEOUT: "stopped sending in the middle of the answer",
};

/** What OpenSSL and Node call the failures of a handshake, by the beginning of the code. */
const tlsCodes = /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/;

/**
 * Translates what undici, the socket, TLS or DNS threw into the error of this module that says what happened to `url`.
 * Errors that are already ours pass through.
 */
export function describeTransportFailure(error: unknown, url: URL, phase: ExchangePhase): AppError {
  if (error instanceof AppError) return error;
  const code = errorCodeOf(error);
  const subject = urlForMessage(url);
  const details = { cause: error };

  const timeoutReason = timeoutReasons[code];
  if (timeoutReason !== undefined) return new FetchTimedOutError(`${subject} ${timeoutReason}.`, details);
  if (code === "ENOTFOUND" || code === "ENODATA") return new HostNotFoundError(url.hostname);
  if (code.startsWith("EAI_") || code === "ESERVFAIL" || code === "EREFUSED") {
    return new UpstreamUnavailableError(
      `The name ${url.hostname} cannot be resolved at the moment (${code}).`,
      details,
    );
  }
  if (tlsCodes.test(code)) return describeTlsFailure(code, url, error);
  const isCutOff = cutOffCodes.has(code) || isUnexpectedEnd(error);
  if (!isCutOff && (error instanceof undiciErrors.HTTPParserError || code === "UND_ERR_HEADERS_OVERFLOW")) {
    return new UnreadableBodyError(`${subject} did not answer in HTTP that can be read.`, details);
  }
  if (isCutOff && phase === "body") {
    return new TruncatedBodyError(subject, "the connection ended before the whole body had arrived", error);
  }
  const reason = refusedCodes[code] ?? `could not be fetched (${code || String(error)})`;
  return new UpstreamUnavailableError(`${subject} ${reason}.`, details);
}

/** undici reports a connection that ends inside a chunk as a protocol error; its text is all that tells. */
const isUnexpectedEnd = (error: unknown): boolean =>
  error instanceof undiciErrors.HTTPParserError && error.message.includes("EOF");

function describeTlsFailure(code: string, url: URL, cause: unknown): TlsFailedError {
  const speaksNoTls = code === "EPROTO" || code.startsWith("ERR_SSL_");
  const reason = speaksNoTls
    ? "does not speak TLS as expected; is this an http URL?"
    : "has a certificate that is not trusted for this host name.";
  return new TlsFailedError(`${url.host} ${reason} (${code})`, { cause });
}

/** The `code` of a Node or undici error, or an empty string. */
export const errorCodeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
