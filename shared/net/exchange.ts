import { type Agent, type Dispatcher, request as sendRequest } from "undici";
import { AppError } from "../errors.ts";
import { urlForMessage } from "./address-guard.ts";
import { FetchTimedOutError, HeaderRefusedError } from "./errors.ts";
import { describeTransportFailure } from "./transport-failure.ts";

/** Headers that frame the message or choose the receiver; a caller that set them could get around the guard. */
const reservedHeaders = new Set([
  "accept-encoding",
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Lower-cases the names of a caller's headers.
 *
 * @throws HeaderRefusedError for names that Forewarn sets itself and for names or values that HTTP cannot carry
 */
export function checkHeaders(headers: Record<string, string> = {}): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lowerName = name.toLowerCase();
    if (reservedHeaders.has(lowerName)) throw new HeaderRefusedError(`The header ${name} cannot be set.`);
    // RFC 9110: a token for the name; no control characters in the value, which would start another header.
    const isSendable = /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(lowerName) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
    if (!isSendable) throw new HeaderRefusedError(`The header ${JSON.stringify(name)} cannot be sent in HTTP.`);
    checked[lowerName] = value;
  }
  return checked;
}

/** A deadline for a whole exchange, joined with the caller's own signal. */
export type Deadline = {
  signal: AbortSignal;
  /** The error to throw for what an operation under `signal` failed with: the caller's reason, or the time-out. */
  explain(error: unknown, url: URL, phase: "headers" | "body"): unknown;
};

/**
 * Starts the clock of one exchange. `headersTimeout` and the like fire on silence only; a server that drips a byte at a
 * time is stopped by this.
 */
export function startDeadline(totalTimeoutMs: number, callerSignal: AbortSignal | undefined): Deadline {
  const timeout = AbortSignal.timeout(totalTimeoutMs);
  return {
    signal: callerSignal === undefined ? timeout : AbortSignal.any([timeout, callerSignal]),
    explain(error, url, phase) {
      if (error instanceof AppError) return error;
      if (callerSignal?.aborted) return callerSignal.reason;
      if (!timeout.aborted) return describeTransportFailure(error, url, phase);
      const seconds = Math.ceil(totalTimeoutMs / 1000);
      return new FetchTimedOutError(`${urlForMessage(url)} did not answer in full within ${seconds} s.`);
    },
  };
}

/** undici's response with the headers that matter as single strings. */
export type Answer = {
  status: number;
  header(name: string): string | undefined;
  body: Dispatcher.ResponseData["body"];
};

/**
 * Sends one request to a URL that `assertFetchableUrl` has passed. Follows nothing, decodes nothing.
 *
 * @throws the errors of `describeTransportFailure`, or the reason of the caller's signal
 */
export async function exchange(
  agent: Agent,
  url: URL,
  request: { method: "GET" | "POST"; headers: Record<string, string>; body?: string; headersTimeoutMs: number },
  deadline: Deadline,
): Promise<Answer> {
  const { method, headers, body, headersTimeoutMs } = request;
  try {
    const response = await sendRequest(url, {
      dispatcher: agent,
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      headersTimeout: headersTimeoutMs,
      // The deadline ends a stalled body; a second clock would only race it.
      bodyTimeout: 0,
      signal: deadline.signal,
    });
    return {
      status: response.statusCode,
      header: (name) => {
        const value = response.headers[name];
        return Array.isArray(value) ? value.join(", ") : value;
      },
      body: response.body,
    };
  } catch (error) {
    throw deadline.explain(error, url, "headers");
  }
}

/** Closes the connection of an answer whose body nobody wants. */
export function discardBody(answer: Answer): void {
  // Destroying an unfinished body reports itself as an abort, which is what was asked for.
  answer.body.on("error", () => undefined);
  answer.body.destroy();
}
