import { assertFetchableUrl } from "./address-guard.ts";
import { type Answer, checkHeaders, discardBody, exchange, startDeadline } from "./exchange.ts";
import { type ConnectorOptions, createGuardedAgent } from "./guarded-connector.ts";
import { retryAtMsFrom } from "./retry-after.ts";

export type GuardedPostOptions = ConnectorOptions & {
  /** Milliseconds for the whole exchange. @default 10_000 */
  totalTimeoutMs?: number;
  /** Bytes of the answer that are read, for the delivery log. @default 4096 */
  maxExcerptBytes?: number;
  /** @default "Forewarn/0.1 (+https://github.com/forewarn)" */
  userAgent?: string;
  /** Unix milliseconds. @default Date.now */
  now?: () => number;
};

export type PostRequest = { url: string; headers: Record<string, string>; body: string; signal?: AbortSignal };

/** Any HTTP answer, whatever its status: what a status means is for the sender to judge. */
export type PostOutcome = {
  status: number;
  /** Beginning of the answer's body as text; undecodable bytes are replaced. */
  bodyExcerpt: string;
  /** Unix milliseconds from `Retry-After`; absent when the answer did not say. */
  retryAtMs?: number;
  elapsedMs: number;
};

/**
 * @throws UrlRefusedError | PrivateAddressError | HeaderRefusedError | HostNotFoundError | TlsFailedError
 *   | UnreadableBodyError when another attempt cannot help
 * @throws UpstreamUnavailableError | FetchTimedOutError when no answer came; the receiver may have got the request
 */
export type GuardedPost = (request: PostRequest) => Promise<PostOutcome>;

/**
 * A POST to an address that a stranger chose, under the same guard as `createGuardedFetch`. Redirects are not followed: a
 * signed payload goes to the address that was configured and nowhere else.
 */
export function createGuardedPost(options: GuardedPostOptions): GuardedPost {
  const { policy, totalTimeoutMs = 10_000, maxExcerptBytes = 4096, now = Date.now } = options;
  const userAgent = options.userAgent ?? "Forewarn/0.1 (+https://github.com/forewarn)";
  const agent = createGuardedAgent(options);

  return async ({ url: text, headers, body, signal }) => {
    const startedAtMs = now();
    const url = assertFetchableUrl(text, policy);
    const sent = { "user-agent": userAgent, ...checkHeaders(headers) };
    const deadline = startDeadline(totalTimeoutMs, signal);
    const request = { method: "POST", headers: sent, body, headersTimeoutMs: totalTimeoutMs } as const;
    const answer = await exchange(agent, url, request, deadline);
    const bodyExcerpt = await readExcerpt(answer, maxExcerptBytes);
    const retryAtMs = retryAtMsFrom(answer.header("retry-after"), now());
    return {
      status: answer.status,
      bodyExcerpt,
      ...(retryAtMs === undefined ? {} : { retryAtMs }),
      elapsedMs: now() - startedAtMs,
    };
  };
}

/** The status is what counts and it has arrived: a body that fails or drips is simply cut short. */
async function readExcerpt(answer: Answer, maxExcerptBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let readBytes = 0;
  try {
    for await (const chunk of answer.body) {
      chunks.push(chunk);
      readBytes += chunk.length;
      if (readBytes >= maxExcerptBytes) break;
    }
  } catch {
    // What came before the failure is kept.
  } finally {
    discardBody(answer);
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, maxExcerptBytes), { stream: true });
}
