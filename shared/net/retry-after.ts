/** @default when a 429 does not say how long to wait */
export const defaultRetryAfterMs = 60_000;

/** The longest wait that an upstream may ask of us. */
export const maxRetryAfterMs = 60 * 60_000;

/**
 * Unix milliseconds that a `Retry-After` header (RFC 9110, section 10.2.3: seconds or an HTTP date) asks to wait until,
 * at most `maxRetryAfterMs` from now. `undefined` when the header is absent or unreadable.
 */
export function retryAtMsFrom(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? "";
  const askedMs = /^\d+$/.test(text) ? nowMs + Number(text) * 1000 : httpDateMs(text);
  if (askedMs === undefined) return undefined;
  return Math.min(Math.max(askedMs, nowMs), nowMs + maxRetryAfterMs);
}

function httpDateMs(text: string): number | undefined {
  // Date.parse reads nearly anything as a date; the three HTTP forms all begin with a weekday.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /.test(text)) return undefined;
  // The asctime form names no zone and means GMT.
  const parsed = Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
  return Number.isNaN(parsed) ? undefined : parsed;
}
