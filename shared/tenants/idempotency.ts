import type { StoredResponse } from "./ports.ts";

/** For how long a POST's answer is given again: a day. */
export const idempotencyRetentionMs = 24 * 60 * 60 * 1000;

/** After this long without an answer the first request is taken for dead: API Gateway gives up after 30 s. */
export const idempotencyInProgressMs = 60_000;

/** What is stored of a request that came with an `Idempotency-Key`. */
export type StoredRequest = {
  requestSha256: string;
  startedAtMs: number;
  expiresAtMs: number;
  response?: StoredResponse | undefined;
};

/** What a second request with the same key is told; `undefined` when it may begin as if it were the first. */
export const answerToRepeat = (
  stored: StoredRequest,
  requestSha256: string,
  nowMs: number,
): { outcome: "replay"; response: StoredResponse } | { outcome: "inProgress" | "mismatch" } | undefined => {
  if (stored.expiresAtMs <= nowMs) return undefined;
  if (stored.requestSha256 !== requestSha256) return { outcome: "mismatch" };
  if (stored.response !== undefined) return { outcome: "replay", response: stored.response };
  return nowMs - stored.startedAtMs < idempotencyInProgressMs ? { outcome: "inProgress" } : undefined;
};
