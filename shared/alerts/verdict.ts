/** What an answer means, as the kind of the channel reads it. */
export type Verdict =
  | { verdict: "delivered" }
  /** It may pass: the retry schedule goes on, not before `retryAtMs` (Unix milliseconds). */
  | { verdict: "retry"; reason: string; retryAtMs?: number }
  /** This message will never be taken. */
  | { verdict: "permanent"; reason: string }
  /** The receiver wants no message at all any more: the channel is to be disabled. */
  | { verdict: "gone"; reason: string };

/** One attempt as the delivery log tells of it. */
export type Sent = {
  verdict: Verdict;
  /** Of an HTTP answer. */
  statusCode?: number;
  /** The beginning of what the receiver said. */
  responseExcerpt?: string;
  elapsedMs: number;
};
