import { AppError } from "../errors.ts";
import { HostNotFoundError, TlsFailedError } from "../net/errors.ts";
import type { GuardedPost, PostRequest } from "../net/guarded-post.ts";
import type { Sent, Verdict } from "./verdict.ts";

/** What one POST came to, before it is judged. */
export type HttpAnswer =
  | { answer: "response"; status: number; bodyExcerpt: string; retryAtMs?: number; elapsedMs: number }
  | { answer: "failure"; error: AppError; elapsedMs: number };

/** `post`: a guarded client; `nowMs`: the clock in Unix milliseconds. */
export type HttpPorts = { post: GuardedPost; nowMs: () => number };

/** Posts JSON text. Errors that the client foresees are answers. */
export async function postJson(
  { headers, ...request }: Omit<PostRequest, "headers"> & { headers?: Record<string, string> },
  { post, nowMs }: HttpPorts,
): Promise<HttpAnswer> {
  const sentAtMs = nowMs();
  try {
    const sent = { ...request, headers: { "content-type": "application/json", ...headers } };
    return { answer: "response", ...(await post(sent)) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { answer: "failure", error, elapsedMs: nowMs() - sentAtMs };
  }
}

/** Client errors that are about the moment: time-out, too early, too many. */
const momentaryStatuses = new Set([408, 425, 429]);

/**
 * What an answer means where its receiver gives statuses their usual meaning.
 *
 * @param adviceOf what to do about a status that will not change; the default is for webhooks of one's own
 */
export function readHttpAnswer(answer: HttpAnswer, adviceOf: (status: number) => string = webhookAdvice): Verdict {
  if (answer.answer === "failure") {
    const { error } = answer;
    return { verdict: isWorthRetrying(error) ? "retry" : "permanent", reason: error.message };
  }
  const { status, retryAtMs } = answer;
  if (status >= 200 && status < 300) return { verdict: "delivered" };
  if (status >= 500 || momentaryStatuses.has(status)) {
    const reason = `The receiver answered ${status}.`;
    return { verdict: "retry", reason, ...(retryAtMs === undefined ? {} : { retryAtMs }) };
  }
  const advice = status < 400 ? "redirects are not followed; give the final URL." : adviceOf(status);
  return { verdict: "permanent", reason: `The receiver answered ${status}: ${advice}` };
}

const webhookAdvice = (): string =>
  "it refuses the message. Check the URL and whether it verifies with the secret of this channel.";

/**
 * A fetch fails at once when a host name or a certificate is wrong, so that its user learns of it. A delivery has three
 * days in which the receiver's operator may mend either, and an alert to lose.
 */
const isWorthRetrying = (error: AppError): boolean =>
  error.kind !== "permanent" || error instanceof HostNotFoundError || error instanceof TlsFailedError;

/** The attempt for the delivery log. */
export const sentOverHttp = (answer: HttpAnswer, verdict: Verdict): Sent => ({
  verdict,
  elapsedMs: answer.elapsedMs,
  ...(answer.answer === "response" ? { statusCode: answer.status, responseExcerpt: answer.bodyExcerpt } : {}),
});
